import assert from "node:assert/strict";
import type { Catalogue, Document, Platform } from "../../../components/domain/catalogue";
import { catalogueProblems, MAX_DOCUMENTS } from "../../../components/domain/catalogue-check";
import { documentOrder } from "../../../components/domain/document-order";
import {
    accessKey,
    composed,
    external,
    generated,
    hex,
    literal,
    never,
    password,
} from "../../../components/domain/fields";
import { catalogue } from "../../../stacks/catalogue";
import { overlap, swap, twoKey } from "../../support/rotation-classes";

const db: Document = {
    description: "Database",
    category: "database",
    holders: ["team"],
    fields: {
        username: literal("User", "app"),
        password: generated("Password", password(32), swap("90 days"), { variable: "DB_PASSWORD" }),
    },
};
const shop: Platform = {
    name: "shop",
    title: "Shop",
    owner: "team",
    documents: { db },
    config: { region: { description: "Region", required: true, variable: "REGION" } },
    consumers: {
        api: { workload: "Deployment/api", secretName: "api-secrets", takes: "env", reads: ["DB_PASSWORD"] },
    },
};
const api = shop.consumers["api"]!;

const keys = accessKey("storage", twoKey("30 days"), { description: "Id" }, { description: "Secret" });

function withDocument(change: Partial<Document>, name = "db"): Catalogue {
    return [{ ...shop, documents: { ...shop.documents, [name]: { ...db, ...change } } }];
}
const withField = (name: string, field: Document["fields"][string]): Catalogue =>
    withDocument({ fields: { ...db.fields, [name]: field } });

describe("the check of a catalogue", () => {
    it("finds nothing wrong with our own, nor with the example of this test", () => {
        assert.deepEqual(catalogueProblems(catalogue), []);
        assert.deepEqual(catalogueProblems([shop]), []);
    });

    const cases: [string, Catalogue, string, RegExp, RegExp?][] = [
        ["a platform's name", [{ ...shop, name: "Shop" }], "Shop", /lower-case/],
        ["two platforms of one name", [shop, shop], "shop", /two platforms/],
        ["no owner", [{ ...shop, owner: "" }], "shop", /no owner/],
        ["a document's name", withDocument({}, "d_b"), "shop/d_b", /lower-case/],
        ["no holders", withDocument({ holders: [] }), "shop/db", /no holders/],
        ["a text document of two fields", withDocument({ format: "text" }), "shop/db", /exactly one field/],
        [
            "a reserved field name",
            withField("key_next", literal("x", "x")),
            "shop/db.key_next",
            /generations/,
        ],
        [
            "a composed field that names a missing field",
            withField("url", composed("URL", "pg://{username}:{pasword}@h")),
            "shop/db.url",
            /'db\.pasword', and that document has no such field/,
            /Did you mean 'password'/,
        ],
        [
            "a composed field that names a missing document",
            withField("url", composed("URL", "{dbs.password}")),
            "shop/db.url",
            /no document 'dbs'/,
            /Did you mean 'db'/,
        ],
        [
            "a composed field that names missing configuration",
            withField("url", composed("URL", "{config.reigon}")),
            "shop/db.url",
            /'reigon', which is missing/,
            /Did you mean 'region'/,
        ],
        [
            "a value that is also set at a host that the configuration does not name",
            withField("pin", generated("Pin", hex(32), never, { alsoSet: { in: "redis", host: "regoin" } })),
            "shop/db.pin",
            /configuration value 'regoin'/,
            /Did you mean 'region'/,
        ],
        [
            "a user of MinIO made of a field that is not there",
            withField(
                "pin",
                generated("Pin", hex(32), never, { alsoSet: { in: "minio", id: "usrname", secret: "pin" } }),
            ),
            "shop/db.pin",
            /field 'usrname'/,
            /Did you mean 'username'/,
        ],
        [
            "an issuer's page that is no address",
            withField("key", external("Key", "Vendor", never, { issuerUrl: "vendor.example.com" })),
            "shop/db.key",
            /no address/,
        ],
        ["a template with an open brace", withField("url", composed("URL", "{x")), "shop/db.url", /brace/],
        [
            "a period that is none",
            withField("key", generated("Key", hex(32), swap("quarterly"))),
            "shop/db.key",
            /'quarterly' is not a duration/,
        ],
        [
            "a short password",
            withField("key", generated("Key", password(12), never)),
            "shop/db.key",
            /22 characters/,
        ],
        ["a short key", withField("key", generated("Key", hex(8), never)), "shop/db.key", /16 bytes/],
        [
            "a secret as literal",
            withField("key", literal("Key", "AKIAQWERTYUIOPASDFGH")),
            "shop/db.key",
            /looks like/,
        ],
        [
            "half of an access key",
            withField("key", keys.id),
            "shop/db",
            /access key has no secret/,
            /one accessKey/,
        ],
        [
            "two access keys in a document",
            withDocument({ fields: { a: keys.id, b: keys.secret, c: keys.id } }),
            "shop/db",
            /access key has 2 ids/,
        ],
        [
            "an access key in a text document",
            withDocument({ format: "text", fields: { key: keys.id, secret: keys.secret } }),
            "shop/db",
            /an access key has two/,
        ],
        [
            "a variable taken twice",
            withField("copy", literal("Copy", "x", { variable: "DB_PASSWORD" })),
            "shop/db.copy",
            /taken by shop\/db\.password/,
        ],
        [
            "a reserved variable",
            withField("p", literal("x", "x", { variable: "PATH" })),
            "shop/db.p",
            /sets itself/,
        ],
        [
            "a requirement on missing configuration",
            withField("k", external("K", "us", never, { required: { config: "mode", is: "x" } })),
            "shop/db.k",
            /no such configuration value/,
        ],
        [
            "a consumer of something unknown",
            [{ ...shop, consumers: { api: { ...api, reads: ["DB_PASSWORD", "DB_PASWORD"] } } }],
            "shop/api",
            /reads 'DB_PASWORD', which no document/,
            /Did you mean 'DB_PASSWORD'/,
        ],
        [
            "the default service account",
            [{ ...shop, consumers: { default: api } }],
            "shop/default",
            /everybody's/,
        ],
        [
            "a Secret of two consumers",
            [{ ...shop, consumers: { api, web: api } }],
            "shop/web",
            /is the one of shop\/api/,
        ],
        [
            "a document that nobody reads",
            withDocument({ fields: { key: generated("Key", hex(32), overlap("90 days")) } }, "spare"),
            "shop/spare",
            /no consumer reads it/,
        ],
    ];
    for (const [title, wrong, place, message, fix] of cases) {
        it(`refuses ${title}`, () => {
            const [problem, ...others] = catalogueProblems(wrong).filter((found) =>
                message.test(found.message),
            );
            assert.deepEqual(others, []);
            assert.equal(problem?.place, place);
            if (fix !== undefined) assert.match(problem.fix ?? "", fix);
        });
    }

    it("refuses documents that are composed of each other's fields", () => {
        const other = {
            ...db,
            fields: { key: generated("Key", hex(32), never), url: composed("U", "{db.password}") },
        };
        const mine = { ...db, fields: { ...db.fields, url: composed("U", "{other.key}") } };
        const [problem, ...others] = catalogueProblems([{ ...shop, documents: { db: mine, other } }]);
        assert.deepEqual(others, []);
        assert.equal(problem?.place, "shop");
        assert.match(problem.message, /composed of each other: db → other → db/);
    });

    it("tells all mistakes at once", () => {
        const wrong = { ...shop, name: "Shop", owner: "", consumers: { api: { ...api, reads: ["X"] } } };
        assert.equal(catalogueProblems([wrong]).length, 4);
    });

    it("refuses more documents than a stack takes, at once", () => {
        const documents = Object.fromEntries(
            Array.from({ length: MAX_DOCUMENTS + 1 }, (_, i) => [`d${String(i)}`, db]),
        );
        const problems = catalogueProblems([{ ...shop, documents }]);
        assert.equal(problems.length, 1);
        assert.match(problems[0]!.message, /5001 documents/);
    });
});

describe("documentOrder", () => {
    const composedOf = (template: string): Document => ({
        ...db,
        fields: { url: composed("URL", template) },
    });
    it("puts a document after those it is composed of", () => {
        const documents = { a: composedOf("{db.password}"), b: composedOf("{a.url}"), db };
        assert.deepEqual(documentOrder({ ...shop, documents }), ["db", "a", "b"]);
    });
    it("names documents that are composed of each other", () => {
        const documents = { a: composedOf("{b.url}"), b: composedOf("{a.url}") };
        assert.throws(() => documentOrder({ ...shop, documents }), /a → b → a/);
    });
});
