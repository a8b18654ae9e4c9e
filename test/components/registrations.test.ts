import assert from "node:assert/strict";
import type { RenderedResource, Rendering } from "../../preview/rendering";
import { Secret } from "../../preview/engine/values";
import { kindAndName, one, renderShop } from "../support/render-shop";

/**
 * What the components register, exactly, for one small platform in each store. What this does not prove: that a
 * provider accepts the inputs.
 */

const DRAWN = [
    "RandomPassword shop/db.password-g3",
    "RandomPassword shop/db.password-g4",
    "RandomPassword shop/jwt.key-g2",
    "RandomPassword shop/jwt.key-g3",
];
const DOCUMENTS = ["Document shop/db", "Document shop/jwt", "Document shop/vendor"];
const CONSUMER = [
    "Consumer shop/api",
    "Namespace shop",
    "Role shop/api",
    "RoleBinding shop/api",
    "ServiceAccount shop/api",
];
const SYNCED = [
    "ExternalSecret shop/api",
    "Role shop/operator",
    "RoleBinding shop/operator",
    "SecretStore shop/api",
];
const COMMON = ["Platform shop", ...DRAWN, ...DOCUMENTS, ...CONSUMER];

const STORES: Readonly<Record<string, { config: string; registers: readonly string[] }>> = {
    "aws-secrets-manager": {
        config: "aws-parameter-store",
        registers: [
            ...SYNCED,
            "ExternalSecret shop/api-config",
            "SecretStore shop/api-config",
            "Parameter shop/config.host",
            "Role shop-prod-api",
            "RolePolicy shop-prod-api-decrypt",
            "RolePolicy shop-prod-api-read",
            "Secret shop/db",
            "Secret shop/jwt",
            "Secret shop/vendor",
            "SecretPolicy shop/db",
            "SecretPolicy shop/jwt",
            "SecretPolicy shop/vendor",
            "SecretVersion shop/db",
            "SecretVersion shop/jwt",
        ],
    },
    "aws-parameter-store": {
        config: "kubernetes",
        registers: [
            ...SYNCED,
            "ConfigMap shop/api",
            "Parameter shop/db",
            "Parameter shop/jwt",
            "Role shop-prod-api",
            "RolePolicy shop-prod-api-decrypt",
            "RolePolicy shop-prod-api-read",
        ],
    },
    "gcp-secret-manager": {
        config: "kubernetes",
        registers: [
            ...SYNCED,
            "Account shop-prod-api",
            "ConfigMap shop/api",
            "IAMMember shop-prod-api-workload",
            "Secret shop/db",
            "Secret shop/jwt",
            "Secret shop/vendor",
            "SecretIamMember shop-prod-api-shop/db",
            "SecretIamMember shop-prod-api-shop/jwt",
            "SecretIamMember shop-prod-api-shop/vendor",
            "SecretVersion shop/db",
            "SecretVersion shop/jwt",
        ],
    },
    vault: {
        config: "kubernetes",
        registers: [
            ...SYNCED,
            "AuthBackendRole shop-prod-api",
            "ConfigMap shop/api",
            "Policy shop-prod-api",
            "SecretV2 shop/db",
            "SecretV2 shop/jwt",
        ],
    },
    kubernetes: { config: "kubernetes", registers: ["ConfigMap shop/api", "Secret shop/api"] },
};

const rendered = new Map<string, Promise<Rendering>>();
function shopIn(secrets: string): Promise<Rendering> {
    const known = rendered.get(secrets) ?? renderShop({ secrets, config: STORES[secrets]!.config });
    rendered.set(secrets, known);
    return known;
}

/** The platform and what stands below it. */
function platformResources({ resources }: Rendering): RenderedResource[] {
    const below = new Set<string>();
    return resources.filter(({ urn, type, parent }) => {
        const isBelow = type === "strongroom:stacks:Platform" || (parent !== undefined && below.has(parent));
        if (isBelow) below.add(urn);
        return isBelow;
    });
}

interface SyncedVariable {
    readonly secretKey: string;
    readonly remoteRef: { readonly key: string; readonly property?: string };
}

function syncedVariables(rendering: Rendering, name = "ExternalSecret shop/api"): readonly SyncedVariable[] {
    return (one(rendering, name).inputs["spec"] as unknown as { data: readonly SyncedVariable[] }).data;
}

describe("a platform", function () {
    this.timeout("1 minute");

    for (const [secrets, { registers }] of Object.entries(STORES)) {
        it(`in ${secrets} registers exactly its documents, their entries, its readers and their grants`, async () => {
            const rendering = await shopIn(secrets);
            assert.deepEqual(rendering.diagnostics, []);
            const found = platformResources(rendering).map(kindAndName).sort();
            assert.deepEqual(found, [...COMMON, ...registers].sort());
        });
    }

    it("hands its consumer the same variables, whatever the store", async () => {
        const variables = ["DB_URL", "JWT_KEY", "JWT_KEY_NEXT", "VENDOR_TOKEN"];
        for (const secrets of Object.keys(STORES)) {
            const { outputs } = await shopIn(secrets);
            const workloads = outputs["workloads"] as unknown as {
                shop: { api: { env: { name: string }[] } };
            };
            assert.deepEqual(
                workloads.shop.api.env.map(({ name }) => name),
                variables,
                secrets,
            );
        }
    });

    const keys: [string, string, string][] = [
        ["aws-secrets-manager", "shop/prod/db", "shop/prod/jwt"],
        ["aws-parameter-store", "/shop/prod/db", "/shop/prod/jwt"],
        ["gcp-secret-manager", "shop_prod_db", "shop_prod_jwt"],
        ["vault", "shop/prod/db", "shop/prod/jwt"],
    ];
    for (const [secrets, db, jwt] of keys) {
        it(`in ${secrets} syncs each variable from its entry, and the optional one without a value not at all`, async () => {
            assert.deepEqual(syncedVariables(await shopIn(secrets)), [
                { secretKey: "DB_URL", remoteRef: { key: db, property: "url" } },
                { secretKey: "JWT_KEY", remoteRef: { key: jwt, property: "key" } },
                { secretKey: "JWT_KEY_NEXT", remoteRef: { key: jwt, property: "key_next" } },
                {
                    secretKey: "VENDOR_TOKEN",
                    remoteRef: { key: jwt.replace("jwt", "vendor"), property: "token" },
                },
            ]);
        });
    }

    const versions: [string, string][] = [
        ["aws-secrets-manager", "SecretVersion"],
        ["aws-parameter-store", "Parameter"],
        ["gcp-secret-manager", "SecretVersion"],
        ["vault", "SecretV2"],
    ];
    for (const [secrets, kind] of versions) {
        it(`in ${secrets} has what is synced wait for the values, since a sync at once would stamp old ones as new`, async () => {
            const rendering = await shopIn(secrets);
            const written = ["db", "jwt"].map((document) => one(rendering, `${kind} shop/${document}`).urn);
            const { dependencies } = one(rendering, "ExternalSecret shop/api");
            assert.deepEqual(
                written.filter((urn) => !dependencies.includes(urn)),
                [],
            );
        });
    }

    it("keeps a value that was set a secret where it is written, in each store", async () => {
        const written: [string, string, string][] = [
            ["aws-secrets-manager", "SecretVersion shop/vendor", "secretString"],
            ["aws-parameter-store", "Parameter shop/vendor", "value"],
            ["gcp-secret-manager", "SecretVersion shop/vendor", "secretData"],
            ["vault", "SecretV2 shop/vendor", "dataJson"],
        ];
        for (const [secrets, resource, property] of written) {
            const { config } = STORES[secrets]!;
            const rendering = await renderShop({
                secrets,
                config,
                values: { "shop/vendor.token": "made-up-token" },
            });
            const value = one(rendering, resource).inputs[property];
            assert.ok(value instanceof Secret, `${secrets}: ${resource}.${property}`);
            assert.equal(value.reveal(), JSON.stringify({ token: "made-up-token" }));
        }
    });

    it("stamps generations and the oldest rotation on entries, on what syncs them and on what is synced", async () => {
        const tags = one(await shopIn("aws-secrets-manager"), "Secret shop/db").inputs["tags"];
        assert.deepEqual(tags, {
            environment: "prod",
            platform: "shop",
            owner: "team",
            class: "database",
            "managed-by": "strongroom",
            "rotation-days": "90",
            generations: "password=4",
            rotated: "2026-10-01",
            due: "2026-12-30",
        });
        const { metadata, spec } = one(await shopIn("vault"), "ExternalSecret shop/api")
            .inputs as unknown as {
            metadata: { annotations: Record<string, string> };
            spec: { target: { template: { metadata: { annotations: Record<string, string> } } } };
        };
        const annotations = {
            "strongroom.io/documents": "shop/db,shop/jwt,shop/vendor",
            "strongroom.io/generations": "shop/db: password=4; shop/jwt: key=2 key_next=3",
            "strongroom.io/rotated": "2026-09-01",
            "strongroom.io/due": "2026-11-30",
        };
        // Beside the refresh interval, which it bounds; the Secret has no use for it.
        const lag = { "strongroom.io/consumer-lag": "3 hours" };
        assert.deepEqual(metadata.annotations, { ...annotations, ...lag });
        assert.deepEqual(spec.target.template.metadata.annotations, annotations);
    });
});

describe("a document", function () {
    this.timeout("1 minute");
    const vault = { secrets: "vault", config: "kubernetes" };

    it("whose values are set out of band is granted and synced, and not written", async () => {
        const rendering = await renderShop({ ...vault, outOfBand: ["shop/vendor.token"] });
        const names = rendering.resources.map(kindAndName);
        assert.ok(!names.includes("SecretV2 shop/vendor"));
        assert.ok(syncedVariables(rendering).some(({ secretKey }) => secretKey === "VENDOR_TOKEN"));
        assert.match(
            JSON.stringify(one(rendering, "Policy shop-prod-api").inputs["policy"]),
            /secret\/data\/shop\/prod\/vendor/,
        );
        const { fields } = one(rendering, "Document shop/vendor").inputs as unknown as {
            fields: { token: object };
        };
        assert.ok(!("needsValue" in fields.token));
    });

    it("that comes back while its name is blocked takes a new one, for readers too", async () => {
        const rendering = await renderShop({ ...vault, recreated: { db: 2 } });
        assert.equal(one(rendering, "SecretV2 shop/db").inputs["name"], "shop/prod/db-r2");
        assert.deepEqual(syncedVariables(rendering)[0]?.remoteRef, {
            key: "shop/prod/db-r2",
            property: "url",
        });
        assert.match(
            JSON.stringify(one(rendering, "Policy shop-prod-api").inputs["policy"]),
            /shop\/prod\/db-r2/,
        );
    });
});

describe("the encryption of etcd", function () {
    this.timeout("1 minute");

    it("tells its shape, keeps its keys, and goes to a store outside the cluster", async () => {
        const rendering = await shopIn("vault");
        const configuration = JSON.stringify(one(rendering, "EtcdEncryption etcd").inputs["configuration"]);
        assert.match(
            configuration,
            /"providers":\[\{"secretbox":\{"keys":\[\{"name":"g1"\},\{"name":"g2"\}\]\}\},\{"identity":\{\}\}\]/,
        );
        const entry = one(rendering, "SecretV2 control-plane/encryption-config");
        assert.equal(entry.inputs["name"], "control-plane/prod/encryption-config");
        assert.equal(entry.parent, one(rendering, "EtcdEncryption etcd").urn);
    });
});
