import { UNKNOWN, type Table } from "../support/case";

const group = "kubernetes:rbac.authorization.k8s.io/v1:";

export const table: Table = {
    policy: "k8s-02-no-cluster-role-reaches-secrets",
    clean: {
        type: `${group}ClusterRoleBinding`,
        props: {
            roleRef: { kind: "ClusterRole", name: "system:auth-delegator" },
            subjects: [{ kind: "ServiceAccount", name: "vault", namespace: "vault" }],
        },
    },
    cases: [
        { title: "a reader", change: { "roleRef.name": "secret-reader" }, expect: ['"roleRef.name"'] },
        {
            title: "a role that the configuration allows",
            change: { "roleRef.name": "node-viewer" },
            settings: { allowedClusterRoles: ["node-viewer"] },
            expect: "clean",
        },
        { title: "an unknown role waits", change: { "roleRef.name": UNKNOWN }, expect: "can't run" },
        {
            title: "a ClusterRole that reaches Secrets, by name or not",
            type: `${group}ClusterRole`,
            props: {
                rules: [
                    { apiGroups: [""], resources: ["pods"], verbs: ["get"] },
                    { apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames: ["db"] },
                ],
            },
            expect: ["rules[1]"],
        },
        {
            title: "a ClusterRole that does not",
            type: `${group}ClusterRole`,
            props: { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] },
            expect: "clean",
        },
        {
            title: "a ClusterRole that others fill",
            type: `${group}ClusterRole`,
            props: { rules: [], aggregationRule: { clusterRoleSelectors: [] } },
            expect: ["aggregationRule"],
        },
        {
            title: "a RoleBinding to what every cluster has",
            type: `${group}RoleBinding`,
            props: { roleRef: { kind: "ClusterRole", name: "edit" }, subjects: [] },
            expect: ["roleRef.name"],
        },
        {
            title: "near miss: view leaves Secrets out",
            type: `${group}RoleBinding`,
            props: { roleRef: { kind: "ClusterRole", name: "view" }, subjects: [] },
            expect: "clean",
        },
        {
            title: "near miss: a ClusterRole in a namespace whose rules nobody sees",
            type: `${group}RoleBinding`,
            props: { roleRef: { kind: "ClusterRole", name: "external-secrets-controller" }, subjects: [] },
            expect: ["may reach all Secrets of the namespace"],
        },
        {
            title: "near miss: view, in every namespace",
            change: { "roleRef.name": "view" },
            expect: ["is bound in every namespace"],
        },
        {
            title: "a ClusterRole that the configuration allows in a namespace",
            type: `${group}RoleBinding`,
            props: { roleRef: { kind: "ClusterRole", name: "node-viewer" }, subjects: [] },
            settings: { allowedInNamespace: ["node-viewer"] },
            expect: "clean",
        },
        {
            title: "near miss: a role without a kind",
            change: { roleRef: { name: "secret-reader" } },
            expect: ["roleRef.name"],
        },
        {
            title: "a ClusterRole that reaches Secrets by a part of them",
            type: `${group}ClusterRole`,
            props: { rules: [{ apiGroups: [""], resources: ["secrets/*"], verbs: ["get"] }] },
            expect: ["rules[0]"],
        },
        {
            title: "an unknown rule of a ClusterRole waits",
            type: `${group}ClusterRole`,
            props: { rules: [UNKNOWN] },
            expect: "can't run",
        },
        {
            title: "near miss: a Role that is named edit",
            type: `${group}RoleBinding`,
            props: { roleRef: { kind: "Role", name: "edit" }, subjects: [] },
            expect: "clean",
        },
    ],
    // A Role that becomes a ClusterRole no longer lets its namespace's Secrets be read by the name that a target has.
    mayBreak: ["K8S-01", "K8S-05", "ESO-05"],
    mutations: [
        {
            title: "the same for the whole cluster",
            type: "kubernetes:rbac.authorization.k8s.io/v1:Role",
            mutate: (resource) => ({
                ...resource,
                type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
            }),
        },
        {
            title: "bound in every namespace",
            type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
            mutate: (resource) => ({
                ...resource,
                type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
            }),
        },
        ...["edit", "admin", "cluster-admin"].map((role) => ({
            title: `the cluster's own role ${role}`,
            type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
            change: { "roleRef.kind": "ClusterRole", "roleRef.name": role },
        })),
    ],
};
