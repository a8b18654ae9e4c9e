import assert from "node:assert/strict";
import { Names } from "../../../components/domain/names";
import { externalSecretData } from "../../../components/delivery/external-secret";
import { asEnvironment, asFiles } from "../../../components/delivery/mounts";
import { configVariables, secretVariables } from "../../../components/delivery/variables";
import { stampAnnotations } from "../../../components/domain/rotation/stamp";
import type { LiveGeneration } from "../../../components/domain/rotation/stages";
import { KubernetesStore } from "../../../components/stores/kubernetes";
import type { RemoteRef, SyncedStore } from "../../../components/stores/store";
import { devplatform } from "../../../stacks/catalogue/devplatform";

const live = (generation: number): LiveGeneration => ({ generation, since: "2026-09-01", reason: "initial" });
const ledger = {
    "devplatform/db.password": { current: live(1) },
    "devplatform/jwt.secret_key": {
        next: live(3),
        current: live(2),
        previous: { generation: 1, until: "2026-11-29" },
    },
};
const frontend = devplatform.consumers["frontend"]!;

describe("the variables of a consumer", () => {
    it("come by document, with the other live generations of a field that overlaps", () => {
        const consumer = { ...frontend, reads: ["DATABASE_URL", "JWT_SECRET_KEY"] };
        assert.deepEqual(secretVariables(devplatform, consumer, ledger), {
            db: [{ variable: "DATABASE_URL", storedField: "url" }],
            jwt: [
                { variable: "JWT_SECRET_KEY_NEXT", storedField: "secret_key_next" },
                { variable: "JWT_SECRET_KEY", storedField: "secret_key" },
                { variable: "JWT_SECRET_KEY_PREVIOUS", storedField: "secret_key_previous" },
            ],
        });
    });
    it("of configuration are those that have a value", () => {
        const consumer = { ...frontend, reads: ["APP_ENV", "S3_ENDPOINT_URL"] };
        assert.deepEqual(configVariables(devplatform, consumer, { app_env: "development" }), [
            { variable: "APP_ENV", name: "app_env", value: "development" },
        ]);
    });
});

describe("the parts of a pod", () => {
    it("are variables by secretKeyRef", () => {
        assert.deepEqual(
            asEnvironment(
                "app-secrets",
                ["DB_PASSWORD"],
                { "strongroom.io/generations": "shop/db: password=4" },
                { name: "app-config", isSecret: false },
            ),
            {
                annotations: { "strongroom.io/generations": "shop/db: password=4" },
                env: [
                    {
                        name: "DB_PASSWORD",
                        valueFrom: { secretKeyRef: { name: "app-secrets", key: "DB_PASSWORD" } },
                    },
                ],
                envFrom: [{ configMapRef: { name: "app-config" } }],
                volumeMounts: [],
                volumes: [],
            },
        );
    });
    it("are files under /run/secrets, with the variables that say where", () => {
        assert.deepEqual(asFiles("app-secrets", ["DB_PASSWORD"], { name: "app-config", isSecret: true }), {
            annotations: {},
            env: [{ name: "DB_PASSWORD_FILE", value: "/run/secrets/db_password" }],
            envFrom: [{ secretRef: { name: "app-config" } }],
            volumeMounts: [{ name: "app-secrets", mountPath: "/run/secrets", readOnly: true }],
            volumes: [
                {
                    name: "app-secrets",
                    secret: {
                        secretName: "app-secrets",
                        defaultMode: 0o440,
                        items: [{ key: "DB_PASSWORD", path: "db_password" }],
                    },
                },
            ],
        });
    });
});

describe("externalSecretData", () => {
    it("maps each variable to its field, sorted", () => {
        const names = new Names("shop", "prod");
        const store = {
            remoteRef: (entry: { storedName: string }, property: string): RemoteRef => ({
                key: entry.storedName,
                property,
            }),
        } as unknown as SyncedStore;
        const variables = [
            { variable: "B", storedField: "b" },
            { variable: "A", storedField: "a" },
        ];
        assert.deepEqual(
            externalSecretData(store, [{ entry: { names, storedName: "db", format: "json" }, variables }]),
            [
                { secretKey: "A", remoteRef: { key: "db", property: "a" } },
                { secretKey: "B", remoteRef: { key: "db", property: "b" } },
            ],
        );
    });
});

describe("stampAnnotations", () => {
    it("name documents and generations sorted, and the oldest rotation", () => {
        const annotations = stampAnnotations(
            ["shop/jwt", "shop/api", "shop/db"],
            [
                { id: "shop/jwt", stamp: { generations: "key=2", rotated: "2026-10-01" } },
                { id: "shop/db", stamp: { generations: "password=4", rotated: "2026-09-01" } },
            ],
        );
        assert.deepEqual(annotations, {
            "strongroom.io/documents": "shop/api,shop/db,shop/jwt",
            "strongroom.io/generations": "shop/db: password=4; shop/jwt: key=2",
            "strongroom.io/rotated": "2026-09-01",
        });
    });
});

describe("the cluster as a store", () => {
    it("refers to the Secret that a field goes into, and to none where nobody reads it", () => {
        const store = new KubernetesStore({
            locate: (_, field) => (field === "a" ? { secretName: "app-secrets", key: "A" } : undefined),
        });
        const entry = { names: new Names("shop", "prod"), storedName: "db", format: "json" } as const;
        assert.equal(store.reference(entry, "a"), "kubernetes:shop-prod/app-secrets#A");
        assert.equal(store.reference(entry, "b"), undefined);
    });
});
