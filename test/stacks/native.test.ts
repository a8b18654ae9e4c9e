import assert from "node:assert/strict";
import type { Catalogue, Document, Platform } from "../../components/domain/catalogue";
import { composed, external, generated, hex, password } from "../../components/domain/fields";
import { stackFields } from "../../stacks/config/stack-ledger";
import { catalogue } from "../components/native-program/catalogue";
import { overlap, reissue, swap } from "../support/rotation-classes";
import { problemsOf } from "../support/stack-config";

const ARN = "arn:aws:lambda:us-east-1:210987654321:function:rotate";
const own = { by: "aws-secrets-manager", functionArn: ARN };
const application = {
    engine: "postgres",
    version: "1.1.671",
    subnetIds: ["subnet-0a1b2c3d"],
    securityGroupIds: ["sg-0a1b2c3d"],
};
const leased = { by: "vault-database", host: "db.example.com", database: "shop" };
const VAULT = { address: "https://vault.example.com", mount: "secret" };

const [shop] = catalogue as [Platform];
const account = shop.documents["account"]!;
const withAccount = (change: Partial<Document>): Catalogue => [
    { ...shop, documents: { ...shop.documents, account: { ...account, ...change } } },
];
const { username, password: secret } = account.fields as Record<string, Document["fields"][string]>;
const bare = withAccount({ fields: { username: username!, password: secret! } });

/** Problems of a platform whose documents are rotated so. */
function problems(
    native: object,
    { secrets = "aws-secrets-manager", of = catalogue, ...more }: Record<string, unknown> = {},
) {
    const cluster = { context: "eks", distribution: "eks", oidcIssuer: "oidc.example.com/id/1" };
    return problemsOf(
        {
            vault: VAULT,
            clusters: { eks: { ...cluster, vaultAuthMount: "kubernetes" } },
            platforms: { shop: { cluster: "eks", secrets, config: "kubernetes", native } },
            ...more,
        },
        ["values"],
        "prod",
        of as Catalogue,
    );
}
const inVault = { secrets: "vault", of: bare };

const NATIVE = "strongroom:platforms.shop.native";
const AT = `${NATIVE}.account`;

describe("the configuration of what a store rotates", () => {
    it("is accepted when it is sound", () => {
        assert.deepEqual(problems({ account: own }), []);
        assert.deepEqual(problems({ account: { by: "aws-secrets-manager", application } }), []);
        assert.deepEqual(problems({ account: leased }, inVault), []);
    });

    const cases: [string, object, Record<string, unknown>, string, RegExp, RegExp?][] = [
        [
            "a document that is not there",
            { acount: own },
            {},
            `${NATIVE}.acount`,
            /no such document/,
            /Did you mean 'account'/,
        ],
        [
            "another store",
            { account: own },
            { secrets: "kubernetes" },
            AT,
            /can't rotate/,
            /secrets: aws-sec/,
        ],
        ["another store than Vault", { account: leased }, { of: bare }, AT, /can't rotate/, /secrets: vault/],
        ["nothing that rotates", { account: { by: "hand" } }, {}, `${AT}.by`, /must be/],
        [
            "a typo in a key",
            { account: { ...own, valueSet: true } },
            {},
            `${AT}.valueSet`,
            /no such key/,
            /Did you mean 'valueIsSet'/,
        ],
        [
            "a typo below a key",
            { account: { by: "aws-secrets-manager", application: { ...application, subnetId: "x" } } },
            {},
            `${AT}.application.subnetId`,
            /no such key/,
            /Did you mean 'subnetIds'/,
        ],
        ["no function", { account: { by: "aws-secrets-manager" } }, {}, AT, /no function to call/],
        ["two functions", { account: { ...own, application } }, {}, AT, /two functions/],
        [
            "a function elsewhere",
            { account: { ...own, functionArn: ARN.replace("us-east-1", "eu-west-1") } },
            {},
            `${AT}.functionArn`,
            /another account or region/,
        ],
        [
            "a subnet that is none",
            { account: { by: "aws-secrets-manager", application: { ...application, subnetIds: ["a"] } } },
            {},
            `${AT}.application.subnetIds.0`,
            /such as 'subnet-/,
        ],
        [
            "a document without what AWS's function reads",
            { account: { by: "aws-secrets-manager", application } },
            { of: withAccount({ fields: { username: username!, password: secret!, engine: username! } }) },
            AT,
            /reads the field 'host'/,
        ],
        [
            "no period",
            { account: own },
            { of: withAccount({ fields: { username: username! } }) },
            AT,
            /has a period/,
        ],
        [
            "a period that Secrets Manager does not take",
            { account: own },
            { of: withAccount({ fields: { key: generated("K", password(32), swap("3 years")) } }) },
            AT,
            /1000 days at most/,
        ],
        [
            "a composed field in it",
            { account: own },
            { of: withAccount({ fields: { ...account.fields, url: composed("U", "x{password}") } }) },
            AT,
            /'shop\/account.url' is composed of it/,
        ],
        [
            "a composed field elsewhere of it",
            { account: own },
            {
                of: [
                    {
                        ...shop,
                        documents: {
                            ...shop.documents,
                            urls: { ...account, fields: { url: composed("U", "x{account.password}") } },
                        },
                    },
                ],
            },
            AT,
            /'shop\/urls.url' is composed of it/,
        ],
        [
            "a field that rotates by overlap",
            { account: own },
            { of: withAccount({ fields: { key: generated("K", hex(32), overlap("90 days")) } }) },
            AT,
            /knows no next and previous/,
        ],
        ["an access key", { bucket: own }, {}, `${NATIVE}.bucket`, /'id' is an access key/, /by the ledger/],
        [
            "a text document",
            { account: own },
            { of: withAccount({ format: "text", fields: { password: secret! } }) },
            AT,
            /writes JSON/,
        ],
        [
            "a value in the configuration",
            { account: own },
            {
                of: withAccount({ fields: { token: external("T", "us", reissue("9 days")) } }),
                values: { "shop/account.token": "made-up-token-for-this" },
            },
            'strongroom:values["shop/account.token"]',
            /rotated by its store/,
        ],
        [
            "a field that no account has",
            { account: leased },
            { secrets: "vault" },
            AT,
            /an account has no 'engine'/,
        ],
        [
            "an account without a variable for its user",
            { account: leased },
            { secrets: "vault", of: withAccount({ fields: { password: secret! } }) },
            AT,
            /a 'username', which no variable takes/,
        ],
        [
            "a consumer that knows the password only",
            { account: leased },
            {
                secrets: "vault",
                of: [
                    {
                        ...bare[0]!,
                        consumers: { web: { ...shop.consumers["api"]!, reads: ["DB_PASSWORD"] } },
                    },
                ],
            },
            "shop/web",
            /reads 'DB_PASSWORD' alone/,
        ],
        [
            "a consumer that takes variables",
            { account: leased },
            {
                secrets: "vault",
                of: [{ ...bare[0]!, consumers: { web: { ...shop.consumers["api"]!, takes: "env" } } }],
            },
            "shop/web",
            /stay as they are while the account behind them ends/,
            /take files/,
        ],
        [
            "a reader that is not there",
            { account: { ...leased, readOnly: ["reprot"] } },
            inVault,
            `${AT}.readOnly`,
            /no consumer 'reprot'/,
            /Did you mean 'report'/,
        ],
        [
            "a lease that ends before the next account comes",
            { account: { ...leased, lease: "90 minutes" } },
            inVault,
            `${AT}.lease`,
            /outlive two refreshes, 2 hours/,
        ],
        [
            "a longest lease that is the shorter one",
            { account: { ...leased, maxLease: "12 hours" } },
            inVault,
            `${AT}.maxLease`,
            /shorter than the lease/,
        ],
        [
            "a login that is the identity of a consumer",
            { account: leased },
            {
                secrets: "vault",
                of: [
                    {
                        ...bare[0]!,
                        consumers: { ...shop.consumers, "api-account": shop.consumers["api"]! },
                    },
                ],
            },
            "shop/account",
            /the login 'shop-prod-api-account' is the identity of the consumer 'api-account'/,
        ],
        [
            "a name that would be SQL",
            { account: { ...leased, schema: 'public"; DROP' } },
            inVault,
            `${AT}.schema`,
            /letters, digits/,
        ],
    ];
    for (const [title, native, change, place, message, fix] of cases) {
        it(`refuses ${title}`, () => {
            const [problem, ...others] = problems(native, change).filter((found) =>
                message.test(found.message),
            );
            assert.deepEqual(others, []);
            assert.equal(problem?.place, place);
            if (fix !== undefined) assert.match(problem.fix ?? "", fix);
        });
    }

    it("takes its fields out of the ledger", () => {
        const fields = (native: object) => [
            ...stackFields(
                { platforms: JSON.stringify({ shop: { secrets: "vault", native } }) },
                catalogue,
            ).keys(),
        ];
        assert.deepEqual(fields({}), ["shop/bucket.id", "shop/account.password"]);
        assert.deepEqual(fields({ account: leased }), ["shop/bucket.id"]);
    });
});
