import { UNKNOWN, type Table } from "../support/case";

const type = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
const metadata = { name: "backend-secret-reader", namespace: "devplatform-prod" };
const account = (name: string, namespace?: string): object => ({
    kind: "ServiceAccount",
    name,
    ...(namespace === undefined ? {} : { namespace }),
});
const binds = (...subjects: unknown[]): Record<string, unknown> => ({
    metadata,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "backend-secret-reader" },
    subjects,
});

export const table: Table = {
    policy: "iso-08-subjects-live-in-the-bindings-namespace",
    clean: { type, props: binds(account("backend", "devplatform-prod")) },
    cases: [
        {
            title: "a service account of another namespace",
            change: { "subjects.0.namespace": "yosai-prod" },
            expect: ['"subjects[0]"'],
        },
        {
            title: "near miss: a namespace that begins like the binding's",
            change: { "subjects.0.namespace": "devplatform-prod-eu" },
            expect: ['"subjects[0]"'],
        },
        {
            title: "the wrong one behind the right one",
            type,
            props: binds(account("backend", "devplatform-prod"), account("backend", "devplatform-dev")),
            expect: ['"subjects[1]"'],
        },
        {
            title: "a service account without a namespace",
            type,
            props: binds(account("backend")),
            expect: ['"subjects[0]"'],
        },
        {
            title: "a binding without a namespace, which lands in whatever the context says",
            change: { metadata: { name: "x" } },
            expect: ['"subjects[0]"'],
        },
        {
            title: "the operator",
            type,
            props: binds(account("external-secrets", "external-secrets")),
            expect: "clean",
        },
        {
            title: "near miss: another account in the operator's namespace",
            type,
            props: binds(account("external-secrets-webhook", "external-secrets")),
            expect: ['"subjects[0]"'],
        },
        {
            title: "no operator where none is allowed",
            type,
            props: binds(account("external-secrets", "external-secrets")),
            settings: { operators: [] },
            expect: ['"subjects[0]"'],
        },
        {
            title: "a person and a group",
            type,
            props: binds({ kind: "User", name: "jane" }, { kind: "Group", name: "system:masters" }),
            expect: ['"subjects[0]"', '"subjects[1]"'],
        },
        {
            title: "service accounts by the names of their users and groups",
            type,
            props: binds(
                { kind: "User", name: "system:serviceaccount:devplatform-prod:backend" },
                { kind: "User", name: "system:serviceaccount:devplatform-dev:backend" },
                { kind: "Group", name: "system:serviceaccounts:devplatform-prod" },
                { kind: "Group", name: "system:serviceaccounts:devplatform-dev" },
                { kind: "Group", name: "system:serviceaccounts" },
            ),
            expect: ['"subjects[1]"', '"subjects[3]"', '"subjects[4]"'],
        },
        {
            title: "a patch of a binding",
            type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBindingPatch",
            props: binds(account("backend", "yosai-prod")),
            expect: ['"subjects[0]"'],
        },
        {
            title: "a list of bindings",
            type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBindingList",
            props: {
                items: [
                    binds(account("backend", "devplatform-prod")),
                    binds(account("backend", "devplatform-dev")),
                ],
            },
            expect: ['"items[1].subjects[0]"'],
        },
        { title: "nobody", type, props: binds(), expect: "clean" },
        { title: "unknown subjects", change: { subjects: UNKNOWN }, expect: "can't run" },
        {
            title: "an unknown namespace beside a wrong one",
            type,
            props: binds(account("backend", "yosai-prod"), account("backend", UNKNOWN)),
            expect: ['"subjects[0]"'],
        },
    ],
    mayBreak: ["K8S-01"],
    mutations: [
        {
            title: "a subject of another namespace",
            type,
            change: { "subjects.0.namespace": "default" },
        },
        {
            title: "a subject of no namespace",
            type,
            change: { "subjects.0": { kind: "User", name: "jane" } },
        },
    ],
};
