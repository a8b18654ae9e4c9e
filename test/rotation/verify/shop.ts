import assert from "node:assert/strict";
import { catalogue } from "../../components/program/catalogue";
import { readRotatingStack } from "../../../rotation/stack";
import type { RotatingStack } from "../../../rotation/stack";
import type { KeptObject, PlayedOptions } from "../../support/api-server";
import { CANARY } from "../../support/estuary";
import { DIRECTORY, shopSettings } from "../../support/render-shop";

export const NAMESPACE = "shop-prod";
export const STAMP = { "strongroom.io/generations": "shop/db: password=4; shop/jwt: key=2 key_next=3" };

/** The small platform of `components/program`, its documents in Vault. */
export function shopStack(): RotatingStack {
    const values = shopSettings({ secrets: "vault", config: "kubernetes" });
    const { stack, problems } = readRotatingStack(
        DIRECTORY,
        { stack: "prod", values, secretKeys: [] },
        catalogue,
    );
    assert.deepEqual(problems, []);
    assert.ok(stack !== undefined);
    return stack;
}

export const PATHS = {
    externalSecret: `/apis/external-secrets.io/v1/namespaces/${NAMESPACE}/externalsecrets/api`,
    secret: `/api/v1/namespaces/${NAMESPACE}/secrets/api-secrets`,
    scale: `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/api/scale`,
    replicaSets: `/apis/apps/v1/namespaces/${NAMESPACE}/replicasets`,
    pods: `/api/v1/namespaces/${NAMESPACE}/pods`,
} as const;

export const SYNCED = "2026-11-20T08:00:00Z";
export const STARTED = "2026-11-20T08:05:00Z";

const owned = (kind: string, name: string) => [
    { apiVersion: "apps/v1", kind, name, uid: "5f0", controller: true, blockOwnerDeletion: true },
];

export function pod(
    name: string,
    change: Readonly<Record<string, unknown>> = {},
    phase = "Running",
): KeptObject {
    return {
        kind: "Pod",
        metadata: {
            name,
            namespace: NAMESPACE,
            creationTimestamp: STARTED,
            annotations: STAMP,
            ownerReferences: owned("ReplicaSet", "api-7d9"),
            ...change,
        },
        // What nobody should do, and a reader must not come across.
        spec: { containers: [{ name: "api", env: [{ name: "PLAIN", value: CANARY }] }] },
        status: { phase },
    };
}

/** A cluster in which everything is as the ledger says; the canary is wherever a value could be. */
export function cluster(changes: PlayedOptions["objects"] = {}): PlayedOptions["objects"] {
    return {
        [PATHS.externalSecret]: {
            kind: "ExternalSecret",
            apiVersion: "external-secrets.io/v1",
            metadata: { name: "api", namespace: NAMESPACE, generation: 7, annotations: STAMP },
            spec: { target: { name: "api-secrets" } },
            status: {
                refreshTime: SYNCED,
                syncedResourceVersion: "7-0f6a",
                conditions: [
                    {
                        type: "Ready",
                        status: "True",
                        reason: "SecretSynced",
                        message: `quoted by a store: ${CANARY}`,
                        lastTransitionTime: "2026-09-01T00:00:00Z",
                    },
                ],
            },
        },
        [PATHS.secret]: {
            kind: "Secret",
            metadata: {
                name: "api-secrets",
                namespace: NAMESPACE,
                annotations: { ...STAMP, "kubectl.kubernetes.io/last-applied-configuration": CANARY },
                managedFields: [
                    { manager: "helm", operation: "Update", time: "2026-09-01T00:00:00Z" },
                    { manager: "externalsecrets.external-secrets.io/api", operation: "Update", time: SYNCED },
                ],
            },
            type: "Opaque",
            data: { DB_URL: Buffer.from(CANARY).toString("base64") },
        },
        [PATHS.scale]: {
            kind: "Scale",
            apiVersion: "autoscaling/v1",
            metadata: { name: "api", namespace: NAMESPACE },
            spec: { replicas: 2 },
            status: { replicas: 2, selector: "app=api" },
        },
        [PATHS.replicaSets]: [
            {
                kind: "ReplicaSet",
                metadata: { name: "api-7d9", ownerReferences: owned("Deployment", "api") },
            },
            { kind: "ReplicaSet", metadata: { name: "web-1", ownerReferences: owned("Deployment", "web") } },
        ],
        [PATHS.pods]: [
            pod("api-7d9-a"),
            pod("api-7d9-b"),
            pod("api-7d9-done", { annotations: {} }, "Succeeded"),
            pod("web-1-x", { annotations: {}, ownerReferences: owned("ReplicaSet", "web-1") }),
        ],
        ...changes,
    };
}
