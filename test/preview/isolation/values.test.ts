import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import fc from "fast-check";

import { Secret, Unknown } from "../../../preview/engine/values";
import { printReport, toJson } from "../../../preview/report";
import { rendering, urnOf } from "../../support/rendering";
import { forms } from "../../support/sealed";
import { between, platform, told } from "./support";

const VALUE = "cAnArY-5e1f9d7a2b4c6e8f";
const external = { kind: "external", required: true };

describe("a value that stands in two places", () => {
    it("is found in two environments, in what is configured", () => {
        assert.deepEqual(
            told({
                dev: { issued: { "shop/db.password": VALUE } },
                prod: { issued: { "shop/db.password": VALUE } },
            }),
            ["equal-value: 'shop/db.password' in dev and 'shop/db.password' in prod have the same value"],
        );
    });

    it("is found in two fields, where one is configured and the other stands in an entry", () => {
        const findings = between({
            dev: { issued: { "shop/api.key": VALUE } },
            prod: { resources: platform("prod", { password: external }, { password: VALUE }) },
        });
        assert.deepEqual(
            findings.map(({ kind, places }) => ({ kind, places })),
            [
                {
                    kind: "equal-value",
                    places: [
                        { stack: "dev", what: "shop/api.key" },
                        { stack: "prod", what: "shop/db.password" },
                    ],
                },
            ],
        );
    });

    it("is found in two fields of one environment, in parts of it too", () => {
        const parts = {
            "prod.shop": { issued: { "shop/db.password": VALUE } },
            "prod.bank": { issued: { "bank/db.password": VALUE } },
        };
        assert.deepEqual(told(parts), [
            "equal-value: 'bank/db.password' in prod and 'shop/db.password' in prod have the same value",
        ]);
    });

    it("is found with blanks around it", () => {
        const stacks = {
            dev: { issued: { "shop/db.password": `${VALUE}\n` } },
            prod: { issued: { "shop/db.password": VALUE } },
        };
        assert.equal(between(stacks).length, 1);
    });

    it("is one value where a field's entry holds what is configured, and what was drawn for it", () => {
        const fields = { password: external, token: { kind: "generated", required: true } };
        const resources = [
            ...platform("prod", fields, { password: VALUE, token: `${VALUE}-2` }),
            {
                type: "random:index/randomPassword:RandomPassword",
                name: "shop/db.token-g1",
                outputs: { result: new Secret(`${VALUE}-2`) },
            },
        ];
        assert.deepEqual(told({ prod: { resources, issued: { "shop/db.password": VALUE } } }), []);
    });

    it("is found in two generations of a field: its rotation changed nothing", () => {
        const fields = { key: { kind: "generated", required: true } };
        const drawn = (generation: number) => ({
            type: "random:index/randomPassword:RandomPassword",
            name: `shop/db.key-g${String(generation)}`,
            outputs: { result: new Secret(VALUE) },
        });
        for (const resources of [
            platform("prod", fields, { key: VALUE, key_previous: VALUE }),
            [...platform("prod", fields), drawn(1), drawn(2)],
            [...platform("prod", fields, { key: VALUE, key_previous: VALUE }), drawn(1), drawn(2)],
        ]) {
            const [finding, ...others] = told({ prod: { resources } });
            assert.match(finding ?? "", /^equal-value: 'shop\/db\.key\S+ in prod and 'shop\/db\.key/);
            assert.deepEqual(others, []);
        }
    });

    it("is found in a cluster's Secret, in clear and in base64, by the reference of the field", () => {
        const field = { ...external, reference: "kubernetes:shop-dev/app#PASSWORD" };
        const secret = (inputs: Record<string, Record<string, string>>) => ({
            type: "kubernetes:core/v1:Secret",
            name: "shop/app",
            inputs: { metadata: { name: "app", namespace: "shop-dev" }, ...inputs },
        });
        for (const inputs of [
            { stringData: { PASSWORD: VALUE } },
            { data: { PASSWORD: Buffer.from(VALUE).toString("base64") } },
        ]) {
            const resources = [...platform("dev", { password: field }), secret(inputs)];
            const stacks = { dev: { resources }, prod: { issued: { "shop/api.key": VALUE } } };
            assert.equal(between(stacks).length, 1);
        }
    });

    it("is fine for literal fields, composed ones, and what is not known", () => {
        const fields = {
            username: { kind: "literal", required: true },
            url: { kind: "composed", required: true },
            password: external,
        };
        const content = { username: "shop", url: "postgresql://shop@db" };
        const resources = (stack: string) => [
            ...platform(stack, fields, content),
            {
                type: "random:index/randomPassword:RandomPassword",
                name: "shop/db.token-g1",
                outputs: { result: new Secret(Unknown.value) },
            },
        ];
        const stacks = {
            dev: { resources: resources("dev"), issued: { "shop/db.password": "  " } },
            prod: { resources: resources("prod"), issued: { "shop/db.password": "" } },
        };
        assert.deepEqual(told(stacks), []);
    });
});

describe("findings about values", () => {
    it("hold neither the value nor a digest of it, nor does any report of them", () => {
        const stacks = {
            dev: { issued: { "shop/db.password": VALUE } },
            prod: {
                issued: { "shop/db.password": VALUE },
                resources: platform("prod", { key: external }, { key: VALUE }),
            },
        };
        const findings = between(stacks);
        assert.equal(findings.length, 1);
        const renderings = Object.entries(stacks).map(([stack, sketch]) => rendering({ stack, ...sketch }));
        const texts = [
            JSON.stringify(findings),
            printReport(renderings, { tree: "full" }, findings),
            JSON.stringify(toJson(renderings, findings)),
        ].join("\n");
        const digests = (["sha256", "sha512", "sha1", "md5"] as const).flatMap((algorithm) =>
            (["hex", "base64", "base64url"] as const).map((encoding) =>
                createHash(algorithm).update(VALUE).digest(encoding).slice(0, 12),
            ),
        );
        for (const form of [...forms(VALUE), ...digests]) assert.ok(!texts.includes(form));
        assert.match(texts, /shop\/db\.password/);
    });

    it("are the same in each run, though the key that values are compared with is not", () => {
        const stacks = {
            dev: { issued: { "shop/a.x": VALUE, "shop/b.x": "other-value-1" } },
            prod: { issued: { "shop/a.y": "other-value-1", "shop/b.x": VALUE } },
        };
        assert.equal(between(stacks).length, 2);
        assert.deepEqual(between(stacks), between(stacks));
    });

    it("name exactly the fields whose values are equal, whatever there is", () => {
        const stack = fc.dictionary(
            fc.constantFrom("shop/a.x", "shop/a.y", "shop/b.x", "bank/a.x"),
            fc.constantFrom("one-value", "two-value", "three-value", ""),
            { noNullPrototype: true },
        );
        fc.assert(
            fc.property(stack, stack, stack, (dev, staging, prod) => {
                const stacks = { dev, staging, prod };
                const byValue = new Map<string, string[]>();
                for (const [name, values] of Object.entries(stacks)) {
                    for (const [field, value] of Object.entries(values))
                        byValue.set(value, [...(byValue.get(value) ?? []), `${name} ${field}`]);
                }
                const expected = [...byValue]
                    .filter(([value, places]) => value !== "" && places.length > 1)
                    .map(([, places]) => places.sort().join(", "))
                    .sort();
                const found = between({
                    dev: { issued: dev },
                    staging: { issued: staging },
                    prod: { issued: prod },
                });
                assert.deepEqual(
                    found
                        .map(({ places }) =>
                            places
                                .map((place) => `${place.stack} ${place.what}`)
                                .sort()
                                .join(", "),
                        )
                        .sort(),
                    expected,
                );
                const text = JSON.stringify(found);
                for (const value of ["one-value", "two-value", "three-value"])
                    assert.ok(!text.includes(value));
            }),
        );
    });
});

describe("fields that one environment has", () => {
    const optional = { kind: "external", required: false };
    const stacks = (prod: Record<string, typeof external>) => ({
        dev: { resources: platform("dev", { password: external, token: external }) },
        prod: { resources: platform("prod", prod) },
    });

    it("and another lacks are told, of a platform that runs in both", () => {
        assert.deepEqual(told(stacks({ password: external })), [
            "missing-field: 'shop/db.token' is needed in dev and is missing in prod",
        ]);
    });

    it("and nobody needs may be missing", () => {
        const found = told({
            dev: { resources: platform("dev", { password: external, token: optional }) },
            prod: { resources: platform("prod", { password: external }) },
        });
        assert.deepEqual(found, []);
    });

    it("are nothing where the other does not run the platform, or where its program failed", () => {
        const { dev, prod } = stacks({ password: external });
        assert.deepEqual(told({ dev, prod: { resources: [] } }), []);
        assert.deepEqual(told({ dev, prod: { ...prod, complete: false } }), []);
    });

    it("are looked for in all parts of an environment", () => {
        const { dev } = stacks({});
        const parts = {
            dev,
            "prod.a": { resources: platform("prod.a", { password: external, token: external }) },
            "prod.b": { resources: platform("prod.b", { key: external }, undefined, "bank/db") },
        };
        assert.deepEqual(told(parts), []);
    });

    it("are the catalogue's, so that a whole document that is missing is told field by field", () => {
        const both = [
            ...platform("dev", { password: external }),
            {
                type: "strongroom:secrets:Document",
                name: "shop/api",
                inputs: { platform: "shop", fields: { key: external } },
                parent: urnOf("strongroom:stacks:Platform", "shop", "dev"),
            },
        ];
        assert.deepEqual(
            told({ dev: { resources: both }, prod: { resources: platform("prod", { password: external }) } }),
            ["missing-field: 'shop/api.key' is needed in dev and is missing in prod"],
        );
    });
});
