import { UNKNOWN, type Table } from "../support/case";
import { withRule } from "../support/rbac";

const type = "kubernetes:rbac.authorization.k8s.io/v1:Role";
const rbac = "rbac.authorization.k8s.io";
const reader = { apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames: ["db"] };
const rule = (group: string, resource: string, ...verbs: string[]) => ({
    apiGroups: [group],
    resources: [resource],
    verbs,
});

export const table: Table = {
    policy: "k8s-04-roles-cannot-escalate",
    clean: { type, props: { rules: [reader, rule(rbac, "roles", "get", "create")] } },
    cases: [
        { title: "escalate", change: { "rules.1.verbs": ["escalate"] }, expect: ['"rules[1].verbs"'] },
        {
            title: "bind among others",
            change: { "rules.1.verbs": ["get", "bind"] },
            expect: ["rules[1].verbs"],
        },
        {
            title: "impersonate",
            change: { "rules.1": rule("", "serviceaccounts", "impersonate") },
            expect: ["rules[1].verbs"],
        },
        {
            title: "a newer form of impersonation",
            change: { "rules.1": rule("authentication.k8s.io", "users", "impersonate:user-info") },
            expect: ["rules[1].verbs"],
        },
        {
            title: "impersonate as one verb of named users",
            change: { "rules.1": { ...rule("", "users", "impersonate"), resourceNames: ["alice"] } },
            expect: ["rules[1].verbs"],
        },
        {
            title: "near miss: a wildcard of verbs on service accounts holds impersonate",
            change: { "rules.1": rule("", "serviceaccounts", "*") },
            expect: ["wildcard"],
        },
        {
            title: "near miss: a wildcard of verbs on roles, by wildcards of group and resource",
            change: { "rules.1": rule("*", "*", "*") },
            expect: ["wildcard"],
        },
        {
            title: "near miss: a wildcard of verbs in the third rule",
            change: { "rules.2": rule(rbac, "clusterroles", "*") },
            expect: ["rules[2].verbs"],
        },
        {
            title: "near miss: a wildcard of verbs on pods holds none of the three",
            change: { "rules.1": rule("", "pods", "*") },
            expect: "clean",
        },
        {
            title: "near miss: a verb that only begins like one",
            change: { "rules.1": rule("acme.example", "invoices", "binder") },
            expect: "clean",
        },
        {
            title: "near miss: another spelling, which no API server takes for the verb today",
            change: { "rules.1.verbs": ["Escalate"] },
            expect: ["rules[1].verbs"],
        },
        {
            title: "a ClusterRole",
            type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
            props: { rules: [rule(rbac, "clusterroles", "bind")] },
            expect: ["rules[0].verbs"],
        },
        {
            title: "an unknown rule does not hide another",
            change: { "rules.0": UNKNOWN, "rules.1.verbs": ["bind"] },
            expect: ["rules[1].verbs"],
        },
        { title: "unknown verbs wait", change: { "rules.1.verbs": UNKNOWN }, expect: "can't run" },
    ],
    mutations: [
        {
            title: "a reader that is also somebody else",
            type,
            mutate: withRule(rule("", "serviceaccounts", "impersonate")),
        },
        { title: "a reader that binds any role", type, mutate: withRule(rule(rbac, "roles", "bind")) },
        { title: "a reader that escalates", type, mutate: withRule(rule(rbac, "roles", "escalate")) },
        {
            title: "a reader with every verb on roles",
            type,
            mutate: withRule(rule(rbac, "roles", "*")),
            alsoBreaks: ["K8S-03"],
        },
    ],
};
