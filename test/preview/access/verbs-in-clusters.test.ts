import assert from "node:assert/strict";

import type { ResourceSketch } from "../../support/rendering";
import { abilities, kubernetes } from "./cases";

describe("what Vault's capabilities come to", () => {
    const entry: ResourceSketch = {
        type: "vault:kv/secretV2:SecretV2",
        name: "db",
        inputs: { mount: "secret", name: "app/db" },
    };
    const login: ResourceSketch = {
        type: "vault:kubernetes/authBackendRole:AuthBackendRole",
        name: "api",
        inputs: { roleName: "api", backend: "k", tokenPolicies: ["p"], tokenNoDefaultPolicy: true },
    };
    const policy = (path: string, ...capabilities: readonly string[]): ResourceSketch => ({
        type: "vault:index/policy:Policy",
        name: "p",
        inputs: { name: "p", policy: JSON.stringify({ path: { [path]: { capabilities } } }) },
    });
    const rows: readonly (readonly [path: string, capability: string, gives: readonly string[]])[] = [
        ["secret/data/app/db", "read", ["read"]],
        ["secret/data/app/db", "update", ["write"]],
        ["secret/data/app/db", "patch", ["write"]],
        ["secret/data/app/db", "delete", ["delete"]],
        ["secret/metadata/app/db", "read", ["list"]],
        ["secret/metadata/app/db", "delete", ["delete"]],
        ["secret/metadata/app/", "list", ["list"]],
        ["secret/metadata/app", "list", ["list"]],
        ["secret/metadata/ap", "list", []],
        ["secret/subkeys/app/db", "read", ["list"]],
        ["secret/undelete/app/db", "update", ["write"]],
        ["secret/destroy/app/db", "update", ["delete"]],
        ["sys/policies/acl/*", "update", ["grant"]],
        ["sys/policies/acl/own", "create", ["grant"]],
        ["sys/policies/acl/*", "read", []],
        ["auth/k/role/x", "update", ["grant"]],
        ["auth/token/create", "update", []],
        ["auth/token/create", "sudo", ["grant"]],
        ["identity/group/name/x", "update", ["grant"]],
        ["sys/health", "update", []],
    ];
    for (const [path, capability, gives] of rows)
        it(`${capability} on ${path}: ${gives.join(", ") || "nothing"}`, () => {
            const found = abilities([entry, login, policy(path, capability)], "api");
            assert.deepEqual(
                found,
                gives.map((verb) => `${verb} secret/app/db`),
            );
        });

    it("makes an account for whoever reads a role of the database engine", () => {
        const lease: ResourceSketch = {
            type: "vault:database/secretBackendRole:SecretBackendRole",
            name: "l",
            inputs: { backend: "db", name: "app" },
        };
        assert.deepEqual(abilities([lease, login, policy("db/creds/app", "read")], "api"), [
            "read db/creds/app",
        ]);
        assert.deepEqual(abilities([lease, login, policy("db/roles/app", "update")], "api"), [
            "write db/creds/app",
        ]);
    });
});

describe("what Kubernetes' verbs come to", () => {
    const NS = "app-prod";
    const rules = (...some: readonly object[]): ResourceSketch[] => [
        kubernetes("Secret", "db", NS, {}),
        kubernetes("ServiceAccount", "api", NS, {}),
        kubernetes("Role", "r", NS, { rules: some as never }),
        kubernetes("RoleBinding", "r", NS, {
            roleRef: { kind: "Role", name: "r" },
            subjects: [{ kind: "ServiceAccount", name: "api", namespace: NS }],
        }),
    ];
    const one = (
        resources: string,
        verbs: readonly string[],
        apiGroups = [""],
        names?: readonly string[],
    ): object => ({
        apiGroups,
        resources: [resources],
        verbs,
        ...(names && { resourceNames: names }),
    });
    const RBAC = ["rbac.authorization.k8s.io"];
    const rows: readonly (readonly [title: string, rules: readonly object[], gives: readonly string[]])[] = [
        ["get", [one("secrets", ["get"])], ["read"]],
        ["list, which returns values", [one("secrets", ["list"])], ["list", "read"]],
        ["create", [one("secrets", ["create"])], ["write"]],
        ["create of a name, which no rule can tell", [one("secrets", ["create"], [""], ["db"])], []],
        ["patch of the name", [one("secrets", ["patch"], [""], ["db"])], ["write"]],
        ["delete", [one("secrets", ["delete"])], ["delete"]],
        ["deletecollection of a name", [one("secrets", ["deletecollection"], [""], ["db"])], []],
        ["bind", [one("roles", ["bind"], RBAC)], ["grant"]],
        ["escalate", [one("roles", ["escalate"], RBAC)], ["grant"]],
        ["bind of cluster roles by name", [one("clusterroles", ["bind"], RBAC, ["view"])], ["grant"]],
        ["binding, without a right to pass on", [one("rolebindings", ["create"], RBAC)], []],
        [
            "binding, with a right to pass on",
            [one("rolebindings", ["create"], RBAC), one("secrets", ["get"])],
            ["grant", "read"],
        ],
        ["a pod, which may mount it", [one("pods", ["create"])], ["read"]],
        ["a deployment", [one("deployments", ["patch"], ["apps"])], ["read"]],
        ["a shell in a pod", [one("pods/exec", ["create"])], ["read"]],
        ["nodes, which stand outside a namespace", [one("nodes/proxy", ["get"])], []],
        ["looking at pods", [one("pods", ["get", "list"])], []],
        ["everything", [one("*", ["*"], ["*"])], ["delete", "grant", "list", "read", "write"]],
    ];
    for (const [title, some, gives] of rows)
        it(`${title}: ${gives.join(", ") || "nothing"}`, () => {
            assert.deepEqual(
                abilities(rules(...some), `${NS}/api`),
                gives.map((verb) => `${verb} ${NS}/db`),
            );
        });

    it("reads what a pod of it mounts, in each way that a pod can", () => {
        const pod = (spec: object): ResourceSketch => ({
            type: "kubernetes:apps/v1:Deployment",
            name: "api",
            inputs: {
                metadata: { name: "api", namespace: NS },
                spec: { template: { spec: { serviceAccountName: "api", ...spec } } },
            },
        });
        const container = (more: object): object => ({ containers: [{ name: "c", ...more }] });
        for (const spec of [
            { volumes: [{ name: "v", secret: { secretName: "db" } }] },
            { volumes: [{ name: "v", projected: { sources: [{ secret: { name: "db" } }] } }] },
            { imagePullSecrets: [{ name: "db" }] },
            container({ envFrom: [{ secretRef: { name: "db" } }] }),
            container({ env: [{ name: "A", valueFrom: { secretKeyRef: { name: "db", key: "a" } } }] }),
            { initContainers: [{ name: "i", envFrom: [{ secretRef: { name: "db" } }] }] },
        ])
            assert.deepEqual(
                abilities([...rules(), pod(spec)], `${NS}/api`),
                [`read ${NS}/db`],
                JSON.stringify(spec),
            );
        assert.deepEqual(
            abilities(
                [...rules(), pod(container({ envFrom: [{ configMapRef: { name: "db" } }] }))],
                `${NS}/api`,
            ),
            [],
        );
    });
});
