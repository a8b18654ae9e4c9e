import assert from "node:assert/strict";
import fc from "fast-check";
import { costOf } from "../../../review/cost";
import { PRICED_ON, PRICES, SOURCES } from "../../../review/cost/prices";
import { readsPerMonth } from "../../../review/cost/reads";
import type { SnapshotResource } from "../../../review/snapshot";

/**
 * What is declared, as calls and dollars. What this does not prove: that the prices are still so, and that the operator
 * of another version asks as often.
 */

type Inputs = SnapshotResource["inputs"];

const resource = (
    type: string,
    name: string,
    inputs: Inputs,
    more: Partial<SnapshotResource> = {},
): SnapshotResource => ({
    urn: `urn:pulumi:prod::shop::${type}::${name}`,
    ...{ type, name, inputs, custom: true, read: false, options: {}, dependencies: [] },
    provider: "cluster",
    ...more,
});

const SECRET = "aws:secretsmanager/secret:Secret";
const namespace = "shop";
const store = (name: string, provider: Inputs): SnapshotResource =>
    resource("kubernetes:external-secrets.io/v1:SecretStore", name, {
        metadata: { name, namespace },
        spec: { provider },
    });
const external = (name: string, of: string, spec: Inputs): SnapshotResource =>
    resource("kubernetes:external-secrets.io/v1:ExternalSecret", name, {
        metadata: { name, namespace },
        spec: { secretStoreRef: { name: of }, ...spec },
    });
const data = (...keys: readonly string[]) => keys.map((key) => ({ remoteRef: { key }, secretKey: key }));

const SECRETS_MANAGER = store("sm", { aws: { service: "SecretsManager" } });
const PARAMETERS = store("ps", { aws: { service: "ParameterStore" } });
const GCP = store("gcp", { gcpsm: { projectID: "shop" } });
const VAULT = store("vault", { vault: { path: "secret" } });

const calls = (...resources: readonly SnapshotResource[]): Record<string, number> =>
    Object.fromEntries(
        [...readsPerMonth(resources)].map(([name, keys]) => [
            name,
            [...keys.values()].reduce((a, b) => a + b, 0),
        ]),
    );

describe("what reading costs", () => {
    it("is one call a key and refresh at Secrets Manager, however many properties are taken", () => {
        const spec = { refreshInterval: "1h", data: data("shop/db", "shop/db", "shop/jwt") };
        assert.deepEqual(calls(SECRETS_MANAGER, external("api", "sm", spec)), {
            "aws-secrets-manager": 1460,
        });
    });

    it("is one call a reference at Parameter Store and at Google Cloud", () => {
        const spec = {
            refreshInterval: "1h",
            data: data("/a", "/a"),
            dataFrom: [{ extract: { key: "/b" } }],
        };
        assert.deepEqual(calls(PARAMETERS, GCP, external("api", "ps", spec), external("web", "gcp", spec)), {
            "aws-parameter-store": 2190,
            "gcp-secret-manager": 2190,
        });
    });

    it("is nothing at Vault, of another cluster's store, once created, and for an interval that is none", () => {
        const spec = { data: data("shop/db") };
        const elsewhere = { ...SECRETS_MANAGER, provider: "another" };
        assert.deepEqual(calls(VAULT, external("api", "vault", spec)), {});
        assert.deepEqual(calls(elsewhere, external("api", "sm", spec)), {});
        for (const more of [
            { refreshPolicy: "CreatedOnce" },
            { refreshInterval: "0s" },
            { refreshInterval: "never" },
        ])
            assert.deepEqual(calls(SECRETS_MANAGER, external("api", "sm", { ...spec, ...more })), {});
    });

    it("is once an hour where nothing is said", () => {
        assert.deepEqual(calls(SECRETS_MANAGER, external("api", "sm", { data: data("shop/db") })), {
            "aws-secrets-manager": 730,
        });
    });

    it("doubles when the interval is halved", () => {
        fc.assert(
            fc.property(
                fc.integer({ min: 1, max: 600 }),
                fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }),
                (minutes, keys) => {
                    const at = (interval: number): number =>
                        calls(
                            SECRETS_MANAGER,
                            external("api", "sm", {
                                refreshInterval: `${String(interval)}m`,
                                data: data(...keys),
                            }),
                        )["aws-secrets-manager"] ?? 0;
                    assert.ok(Math.abs(at(minutes) - 2 * at(2 * minutes)) < 1e-6);
                },
            ),
        );
    });

    it("is what 5,000 ExternalSecrets are known to cost, at a minute and at an hour", () => {
        const estate = (refreshInterval: string): readonly SnapshotResource[] => [
            SECRETS_MANAGER,
            ...Array.from({ length: 5_000 }, (_, n) =>
                external(`e${String(n)}`, "sm", { refreshInterval, data: data(`shop/${String(n)}`) }),
            ),
        ];
        const [minute, hour] = [costOf({ resources: estate("1m") }), costOf({ resources: estate("1h") })];
        assert.deepEqual([minute.callsPerMonth, minute.dollarsPerMonth], [219_000_000, 1095]);
        assert.deepEqual([hour.callsPerMonth, hour.dollarsPerMonth], [3_650_000, 18.25]);
    });
});

describe("what a stack costs", () => {
    it("is nothing for nothing", () => {
        assert.deepEqual(costOf({ resources: [] }), {
            lines: [],
            callsPerMonth: 0,
            dollarsPerMonth: 0,
            prices: { on: PRICED_ON, sources: SOURCES },
        });
    });

    it("is the sum of what it keeps and what is read, the dearest first", () => {
        const gcp = resource("gcp:secretmanager/secret:Secret", "g", {
            replication: { userManaged: { replicas: [{}, {}] } },
        });
        const version = (n: string): SnapshotResource =>
            resource("gcp:secretmanager/secretVersion:SecretVersion", n, {}, { dependencies: [gcp.urn] });
        const resources = [
            resource(SECRET, "a", { name: "shop/a", kmsKeyId: "key", replicas: [{ region: "us-west-2" }] }),
            resource(SECRET, "b", { name: "shop/b" }),
            resource(SECRET, "read", { name: "shop/c" }, { read: true }),
            resource("aws:kms/key:Key", "k", {}),
            resource("aws:kms/replicaKey:ReplicaKey", "k2", {}),
            resource("aws:ssm/parameter:Parameter", "p", { name: "/p", tier: "Advanced", keyId: "key" }),
            resource("aws:ssm/parameter:Parameter", "q", { name: "/q", tier: "Intelligent-Tiering" }),
            resource("aws:cloudwatch/metricAlarm:MetricAlarm", "m", {
                metricQueries: [
                    { id: "e", expression: "m" },
                    { id: "m", metric: {} },
                ],
            }),
            gcp,
            ...[version("1"), version("2")],
            resource("gcp:kms/cryptoKey:CryptoKey", "c", {}),
            ...[SECRETS_MANAGER, PARAMETERS, GCP],
            external("api", "sm", { refreshInterval: "1m", data: data("shop/a", "shop/b") }),
            external("conf", "ps", { refreshInterval: "1m", data: data("/p", "/q") }),
            external("web", "gcp", { refreshInterval: "1m", data: data("g") }),
        ];
        const { lines, callsPerMonth, dollarsPerMonth } = costOf({ resources });
        assert.deepEqual(
            lines.map(({ what, callsPerMonth: count, dollarsPerMonth: dollars }) => [what, count, dollars]),
            [
                ["AWS KMS: 1 key", undefined, 1],
                ["AWS KMS: 1 key replica", undefined, 1],
                ["AWS Secrets Manager: 2 secrets", undefined, 0.8],
                ["AWS Secrets Manager: GetSecretValue", 87_600, 0.44],
                ["AWS Secrets Manager: 1 replica", undefined, 0.4],
                ["AWS KMS: Decrypt for what is read", 87_600, 0.26],
                ["GCP Secret Manager: 4 active versions", undefined, 0.24],
                ["AWS Parameter Store: GetParameter, advanced", 43_800, 0.22],
                ["GCP Secret Manager: AccessSecretVersion", 43_800, 0.13],
                ["AWS CloudWatch: 1 metric of alarms", undefined, 0.1],
                ["GCP KMS: 1 key version", undefined, 0.06],
                ["AWS Parameter Store: 1 advanced parameter", undefined, 0.05],
                ["AWS Parameter Store: GetParameter", 43_800, 0],
            ],
        );
        // What KMS is asked follows from what a store is asked.
        assert.equal(callsPerMonth, 87_600 + 43_800 + 43_800 + 43_800);
        assert.equal(dollarsPerMonth, 4.7);
    });

    it("has a page for each price, and a day", () => {
        assert.match(PRICED_ON, /^\d{4}-\d{2}-\d{2}$/);
        for (const { dollars, source } of Object.values(PRICES)) {
            assert.ok(dollars >= 0 && dollars <= 1);
            assert.match(source, /^https:\/\/(?:aws\.amazon|cloud\.google)\.com\/[a-z/-]+pricing\/?$/);
        }
    });
});
