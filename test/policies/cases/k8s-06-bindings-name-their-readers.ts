import { UNKNOWN, type Table } from "../support/case";

const type = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
const subject = (kind: string, name: string) => ({ kind, name });

export const table: Table = {
    policy: "k8s-06-bindings-name-their-readers",
    clean: {
        type,
        props: {
            roleRef: { kind: "Role", name: "reader" },
            subjects: [
                { kind: "ServiceAccount", name: "backend", namespace: "devplatform-prod" },
                subject("Group", "acme:operators"),
            ],
        },
    },
    cases: [
        {
            title: "the default service account",
            change: { "subjects.0.name": "default" },
            expect: ['"subjects[0]" is the default service account'],
        },
        {
            title: "near miss: the default service account as a user",
            change: { "subjects.1": subject("User", "system:serviceaccount:devplatform-prod:default") },
            expect: ["subjects[1]"],
        },
        {
            title: "near miss: another service account as a user",
            change: { "subjects.1": subject("User", "system:serviceaccount:devplatform-prod:backend") },
            expect: "clean",
        },
        {
            title: "near miss: a service account that begins like it",
            change: { "subjects.0.name": "default-reader" },
            expect: "clean",
        },
        ...[
            "system:authenticated",
            "system:unauthenticated",
            "system:masters",
            "system:serviceaccounts",
            "system:serviceaccounts:devplatform-prod",
        ].map((group) => ({
            title: `the group ${group}`,
            change: { "subjects.1.name": group },
            expect: ["subjects[1]"],
        })),
        {
            title: "near miss: a group that begins like one of the system",
            change: { "subjects.1.name": "system:authenticated-partners" },
            expect: "clean",
        },
        {
            title: "who does not say who they are",
            change: { "subjects.1": subject("User", "system:anonymous") },
            expect: ["subjects[1]"],
        },
        {
            title: "a wildcard of users",
            change: { "subjects.1": subject("User", "*") },
            expect: ["names nobody in particular"],
        },
        {
            title: "near miss: a user within a wildcard",
            change: { "subjects.1": subject("User", "*@acme.example") },
            expect: ["names nobody in particular"],
        },
        { title: "no name", change: { "subjects.1.name": undefined }, expect: ["names nobody"] },
        {
            title: "near miss: a kind in another spelling",
            change: { "subjects.0.kind": "serviceaccount" },
            expect: ["no kind that RBAC knows"],
        },
        { title: "no subjects", change: { subjects: [] }, expect: "clean" },
        {
            title: "a ClusterRoleBinding",
            type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
            props: {
                roleRef: { kind: "ClusterRole", name: "system:auth-delegator" },
                subjects: [subject("Group", "system:masters")],
            },
            expect: ["subjects[0]"],
        },
        {
            title: "an unknown subject does not hide another",
            change: { "subjects.0": UNKNOWN, "subjects.1.name": "system:masters" },
            expect: ["subjects[1]"],
        },
        { title: "an unknown name waits", change: { "subjects.0.name": UNKNOWN }, expect: "can't run" },
    ],
    mayBreak: ["ISO-08", "K8S-01"],
    mutations: [
        { title: "the default service account", type, change: { "subjects.0.name": "default" } },
        {
            title: "everybody who has logged in",
            type,
            change: {
                "subjects.0": {
                    apiGroup: "rbac.authorization.k8s.io",
                    kind: "Group",
                    name: "system:authenticated",
                },
            },
            alsoBreaks: ["ISO-08"],
        },
        {
            title: "all service accounts",
            type,
            change: {
                "subjects.0": {
                    apiGroup: "rbac.authorization.k8s.io",
                    kind: "Group",
                    name: "system:serviceaccounts",
                },
            },
            alsoBreaks: ["ISO-08"],
        },
    ],
};
