import type { KeptObject } from "../../support/api-server";
import { CANARY } from "../../support/estuary";
import { consumer, PROVIDER } from "./clean";

const STAMP = { "strongroom.io/generations": "shop/db: password=4" };
export const SYNCED = "2026-11-20T08:30:00Z";
export const NS = "shop-prod";
export const PATHS = {
    sync: `/apis/external-secrets.io/v1/namespaces/${NS}/externalsecrets/api`,
    store: `/apis/external-secrets.io/v1/namespaces/${NS}/secretstores/api`,
    account: `/api/v1/namespaces/${NS}/serviceaccounts/api`,
    secret: `/api/v1/namespaces/${NS}/secrets/api-secrets`,
    events: `/api/v1/namespaces/${NS}/events`,
};
const owner = (kind: string, name: string) => [{ kind, name, controller: true }];
export const ready = (reason: string, status = "True", message = "") => ({
    conditions: [{ type: "Ready", status, reason, message, lastTransitionTime: SYNCED }],
});

/** The clean facts as a cluster would have them; a canary is wherever a value could be. */
export const CLUSTER: Readonly<Record<string, KeptObject | readonly KeptObject[]>> = {
    [PATHS.sync]: {
        kind: "ExternalSecret",
        metadata: { name: "api", namespace: NS, generation: 7, annotations: STAMP },
        spec: {
            refreshInterval: "1h0m0s",
            secretStoreRef: { kind: "SecretStore", name: "api" },
            target: { name: "api-secrets" },
            data: [
                { secretKey: "DB_URL", remoteRef: { key: "shop/prod/db", property: "url" } },
                { secretKey: "JWT_KEY", remoteRef: { key: "shop/prod/jwt", property: "key" } },
            ],
        },
        status: { ...ready("SecretSynced"), refreshTime: SYNCED, syncedResourceVersion: "7-0f6a" },
    },
    [PATHS.store]: {
        kind: "SecretStore",
        metadata: { name: "api", namespace: NS },
        spec: {
            provider: {
                aws: {
                    region: PROVIDER["aws.region"],
                    service: PROVIDER["aws.service"],
                    auth: { jwt: { serviceAccountRef: { name: "api" } } },
                },
            },
        },
        status: ready("Valid"),
    },
    [PATHS.account]: {
        kind: "ServiceAccount",
        metadata: { name: "api", namespace: NS, annotations: consumer.annotations },
    },
    [PATHS.secret]: {
        kind: "Secret",
        metadata: {
            name: "api-secrets",
            annotations: { ...STAMP, "kubectl.kubernetes.io/last-applied-configuration": CANARY },
            managedFields: [
                { time: SYNCED, fieldsV1: { "f:data": { ".": {}, "f:DB_URL": {}, "f:JWT_KEY": {} } } },
            ],
        },
        data: { DB_URL: Buffer.from(CANARY).toString("base64") },
    },
    [PATHS.events]: [],
    [`/apis/apps/v1/namespaces/${NS}/deployments/api/scale`]: {
        kind: "Scale",
        metadata: { name: "api" },
        spec: { replicas: 1 },
    },
    [`/apis/apps/v1/namespaces/${NS}/replicasets`]: [
        { kind: "ReplicaSet", metadata: { name: "api-7d9f8", ownerReferences: owner("Deployment", "api") } },
    ],
    [`/api/v1/namespaces/${NS}/pods`]: [
        {
            kind: "Pod",
            metadata: {
                name: "api-7d9f8-abcde",
                annotations: STAMP,
                creationTimestamp: "2026-11-20T08:40:00Z",
                ownerReferences: owner("ReplicaSet", "api-7d9f8"),
            },
            spec: { containers: [{ name: "api", env: [{ name: "PLAIN", value: CANARY }] }] },
        },
    ],
};
