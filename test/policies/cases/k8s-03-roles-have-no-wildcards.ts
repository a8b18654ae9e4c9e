import { UNKNOWN, type Table } from "../support/case";

const type = "kubernetes:rbac.authorization.k8s.io/v1:Role";
const reader = { apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames: ["db"] };

export const table: Table = {
    policy: "k8s-03-roles-have-no-wildcards",
    clean: {
        type,
        props: { rules: [reader, { apiGroups: ["apps"], resources: ["deployments"], verbs: ["list"] }] },
    },
    cases: [
        { title: "verbs", change: { "rules.0.verbs": ["*"] }, expect: ['"rules[0].verbs"'] },
        {
            title: "near miss: the wildcard in the second rule",
            change: { "rules.1.resources": ["*"] },
            expect: ["rules[1].resources"],
        },
        {
            title: "near miss: a subresource",
            change: { "rules.1.resources": ["pods/*"] },
            expect: ["resources"],
        },
        {
            title: "all at once",
            change: { "rules.1": { apiGroups: ["*"], resources: ["*"], verbs: ["*"] } },
            expect: ["apiGroups", "resources", "verbs"],
        },
        {
            title: "near miss: a wildcard of wholes",
            change: { "rules.1.resources": ["*/scale"] },
            expect: ["rules[1].resources"],
        },
        {
            title: "near miss: a wildcard behind a beginning",
            change: { "rules.1.apiGroups": ["*.acme.example"] },
            expect: ["rules[1].apiGroups"],
        },
        {
            title: "near miss: one wildcard among names, in a ClusterRole's third rule",
            type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
            props: { rules: [reader, reader, { ...reader, verbs: ["get", "*"] }] },
            expect: ["rules[2].verbs"],
        },
        { title: "URLs", change: { "rules.1.nonResourceURLs": ["*"] }, expect: ["nonResourceURLs"] },
        {
            title: "an unknown list does not hide a wildcard beside it",
            change: { "rules.1.apiGroups": UNKNOWN, "rules.1.verbs": ["*"] },
            expect: ["rules[1].verbs"],
        },
        { title: "an unknown list waits", change: { "rules.1.verbs": UNKNOWN }, expect: "can't run" },
    ],
    mayBreak: ["K8S-05", "K8S-01"],
    mutations: [
        ...["verbs", "resources"].map((key) => ({
            title: `a wildcard in ${key}, of rules about Secrets`,
            type,
            change: { [`rules.0.${key}`]: ["*"] },
        })),
        { title: "a wildcard in groups", type, change: { "rules.0.apiGroups": ["*"] } },
        {
            title: "a wildcard in a second rule",
            type,
            change: { "rules.1": { apiGroups: ["apps"], resources: ["*"], verbs: ["get"] } },
        },
        {
            title: "a subresource of everything",
            type,
            change: { "rules.1": { apiGroups: ["apps"], resources: ["*/scale"], verbs: ["get"] } },
        },
    ],
};
