import { UNKNOWN, type Table } from "../support/case";
import { withRule } from "../support/rbac";

const type = "kubernetes:rbac.authorization.k8s.io/v1:Role";
const clusterRole = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole";
const reader = { apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames: ["db"] };
const rule = (group: string, resource: string, ...verbs: string[]) => ({
    apiGroups: [group],
    resources: [resource],
    verbs,
});
const token = { ...rule("", "serviceaccounts/token", "create"), resourceNames: ["backend"] };

export const table: Table = {
    policy: "k8s-05-readers-run-no-code-as-others",
    clean: {
        type,
        props: {
            metadata: { name: "reader", namespace: "devplatform-prod" },
            rules: [reader, rule("", "pods", "get", "list"), token],
        },
    },
    cases: [
        {
            title: "creating pods",
            change: { "rules.1.verbs": ["create"] },
            expect: ['"rules[1]" makes pods'],
        },
        { title: "every verb on pods", change: { "rules.1.verbs": ["*"] }, expect: ["makes pods"] },
        {
            title: "changing a Deployment, whose new pods are of the changer's making",
            change: { "rules.1": rule("apps", "deployments", "patch") },
            expect: ["makes pods (deployments)"],
        },
        {
            title: "creating CronJobs",
            change: { "rules.1": rule("batch", "cronjobs", "create") },
            expect: ["makes pods (cronjobs)"],
        },
        {
            title: "near miss: jobs of another group",
            change: { "rules.1": rule("acme.example", "jobs", "create") },
            expect: "clean",
        },
        {
            title: "near miss: reading Deployments",
            change: { "rules.1": rule("apps", "deployments", "get", "watch") },
            expect: "clean",
        },
        { title: "exec", change: { "rules.1": rule("", "pods/exec", "create") }, expect: ["runs code"] },
        {
            title: "near miss: exec by get, which opens the stream as well",
            change: { "rules.1": rule("", "pods/exec", "get") },
            expect: ["pods/exec"],
        },
        {
            title: "near miss: exec by a wildcard of parts",
            change: { "rules.1": rule("", "pods/*", "create") },
            expect: ["runs code"],
        },
        {
            title: "near miss: exec by a wildcard of wholes",
            change: { "rules.1": rule("", "*/exec", "create") },
            expect: ["runs code"],
        },
        {
            title: "attach",
            change: { "rules.1": rule("", "pods/attach", "create") },
            expect: ["pods/attach"],
        },
        {
            title: "ephemeral containers",
            change: { "rules.1": rule("", "pods/ephemeralcontainers", "patch") },
            expect: ["pods/ephemeralcontainers"],
        },
        {
            title: "near miss: looking at ephemeral containers",
            change: { "rules.1": rule("", "pods/ephemeralcontainers", "get") },
            expect: "clean",
        },
        {
            title: "near miss: logs",
            change: { "rules.1": rule("", "pods/log", "get") },
            expect: "clean",
        },
        {
            title: "nodes by their proxy",
            type: clusterRole,
            props: { rules: [rule("", "nodes/proxy", "get")] },
            expect: ["nodes/proxy"],
        },
        {
            title: "near miss: nodes themselves",
            type: clusterRole,
            props: { rules: [rule("", "nodes", "get", "list")] },
            expect: "clean",
        },
        {
            title: "tokens of any service account",
            change: { "rules.2.resourceNames": undefined },
            expect: ['"rules[2]" draws tokens'],
        },
        {
            title: "near miss: an empty list of service accounts",
            change: { "rules.2.resourceNames": [] },
            expect: ["rules[2]"],
        },
        {
            title: "near miss: an empty name among named service accounts",
            change: { "rules.2.resourceNames": ["backend", ""] },
            expect: ["rules[2]"],
        },
        {
            title: "tokens of named service accounts, in every namespace",
            type: clusterRole,
            props: { rules: [token] },
            expect: ["draws tokens"],
        },
        {
            title: "everything at once",
            change: { "rules.1": rule("*", "*", "*") },
            expect: ["makes pods", "runs code", "draws tokens"],
        },
        {
            title: "a role that deploys",
            change: { "rules.1.verbs": ["create"] },
            settings: { rolesThatDeploy: ["devplatform-prod/reader"] },
            expect: "clean",
        },
        {
            title: "near miss: a role of that name in another namespace deploys",
            change: { "rules.1.verbs": ["create"] },
            settings: { rolesThatDeploy: ["devplatform-prod-eu/reader"] },
            expect: ["makes pods"],
        },
        {
            title: "a role that deploys, and enters pods",
            change: { "rules.1.resources": ["pods", "pods/exec"], "rules.1.verbs": ["create"] },
            settings: { rolesThatDeploy: ["devplatform-prod/reader"] },
            expect: ["runs code"],
        },
        {
            title: "an unknown rule does not hide another",
            change: { "rules.0": UNKNOWN, "rules.1.verbs": ["create"] },
            expect: ["rules[1]"],
        },
        { title: "unknown resources wait", change: { "rules.1.resources": UNKNOWN }, expect: "can't run" },
    ],
    mutations: [
        { title: "a reader that makes pods", type, mutate: withRule(rule("", "pods", "create")) },
        {
            title: "a reader that changes workloads",
            type,
            mutate: withRule(rule("apps", "deployments", "patch")),
        },
        { title: "a reader that enters pods", type, mutate: withRule(rule("", "pods/exec", "get")) },
        { title: "a reader that attaches", type, mutate: withRule(rule("", "pods/attach", "create")) },
        {
            title: "a reader that adds containers",
            type,
            mutate: withRule(rule("", "pods/ephemeralcontainers", "update")),
        },
        {
            title: "a reader that draws tokens of any service account",
            type,
            mutate: withRule(rule("", "serviceaccounts/token", "create")),
        },
        { title: "a reader that asks kubelets", type, mutate: withRule(rule("", "nodes/proxy", "get")) },
    ],
};
