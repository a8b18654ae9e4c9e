import { UNKNOWN, type Table } from "../support/case";

const sensitive = {
    level: "Metadata",
    resources: [
        { group: "", resources: ["secrets", "configmaps", "serviceaccounts/token"] },
        { group: "authentication.k8s.io", resources: ["tokenreviews"] },
    ],
};
const about = (level: string, more: object = {}): object => ({
    level,
    resources: [{ group: "", resources: ["secrets"] }],
    ...more,
});
const rest = { level: "Metadata" };
const policy = (...rules: object[]): object => ({ apiVersion: "audit.k8s.io/v1", kind: "Policy", rules });
const IN_YAML = `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: RequestResponse
    resources:
      - group: ""
        resources: [secrets, configmaps]
  - level: Metadata
`;

export const table: Table = {
    policy: "aud-03-api-servers-record-secrets-without-values",
    clean: {
        type: "strongroom:audit:KubernetesAuditPolicy",
        props: {
            policy: { ...policy(sensitive, { level: "RequestResponse" }), omitStages: ["RequestReceived"] },
        },
    },
    cases: [
        { title: "everything at Metadata", change: { policy: policy(rest) }, expect: "clean" },
        {
            title: "secrets with request and response, as an example of the documentation has them",
            change: { policy: policy(about("RequestResponse"), rest) },
            expect: ["about secrets"],
        },
        {
            title: "secrets with the request",
            change: { policy: policy(about("Request"), rest) },
            expect: ["about secrets"],
        },
        {
            title: "secrets not at all",
            change: { policy: policy(about("None"), rest) },
            expect: ["about secrets"],
        },
        {
            title: "near miss: the right rule comes second",
            change: { policy: policy({ level: "RequestResponse" }, sensitive) },
            expect: [
                "about secrets",
                "about configmaps",
                "about serviceaccounts/token",
                "about tokenreviews",
            ],
        },
        {
            title: "near miss: one user goes unrecorded before the right rule",
            change: { policy: policy({ level: "None", users: ["system:kube-proxy"] }, sensitive) },
            expect: [
                "about secrets",
                "about configmaps",
                "about serviceaccounts/token",
                "about tokenreviews",
            ],
        },
        {
            title: "near miss: a verb, and nothing for the others",
            change: { policy: policy(about("Metadata", { verbs: ["get"] })) },
            expect: [
                "all requests about secrets",
                "all requests about configmaps",
                "all requests about serviceaccounts/token",
                "all requests about tokenreviews",
            ],
        },
        {
            title: "one Secret with its content",
            change: {
                policy: policy(
                    {
                        level: "Request",
                        resources: [{ group: "", resources: ["secrets"], resourceNames: ["one"] }],
                    },
                    sensitive,
                ),
            },
            expect: ["about secrets"],
        },
        {
            title: "a wildcard with content, which is about Secrets too",
            change: {
                policy: policy({ level: "Request", resources: [{ group: "", resources: ["*"] }] }, rest),
            },
            expect: ["about secrets", "about configmaps", "about serviceaccounts/token"],
        },
        {
            title: "a group without names with content, which is all of it",
            change: {
                policy: policy(
                    { level: "Request", resources: [{ group: "authentication.k8s.io" }] },
                    sensitive,
                ),
            },
            expect: ["about tokenreviews"],
        },
        {
            title: "a subresource of every kind",
            change: {
                policy: policy(
                    { level: "Request", resources: [{ group: "", resources: ["*/token"] }] },
                    sensitive,
                ),
            },
            expect: ["about serviceaccounts/token"],
        },
        {
            title: "near miss: the accounts, and not their tokens",
            change: {
                policy: policy(
                    { level: "Request", resources: [{ group: "", resources: ["serviceaccounts"] }] },
                    sensitive,
                ),
            },
            expect: "clean",
        },
        {
            title: "pages of no resource may be left out",
            change: { policy: policy({ level: "None", nonResourceURLs: ["/healthz*"] }, sensitive) },
            expect: "clean",
        },
        {
            title: "other resources may be recorded as they are",
            change: {
                policy: policy(
                    { level: "RequestResponse", resources: [{ group: "rbac.authorization.k8s.io" }] },
                    sensitive,
                ),
            },
            expect: "clean",
        },
        {
            title: "no rules",
            change: { policy: policy() },
            expect: [
                "about secrets",
                "about configmaps",
                "about serviceaccounts/token",
                "about tokenreviews",
            ],
        },
        {
            title: "the end of requests is left out",
            change: { "policy.omitStages": ["ResponseComplete"] },
            expect: ["how a request ended"],
        },
        {
            title: "the end of requests is left out by the rule",
            change: { policy: policy({ ...sensitive, omitStages: ["ResponseComplete"] }) },
            expect: Array.from({ length: 4 }, () => "how a request ended"),
        },
        {
            title: "another version",
            change: { "policy.apiVersion": "audit.k8s.io/v1beta1" },
            expect: ["policy.apiVersion"],
        },
        {
            title: "in a ConfigMap",
            type: "kubernetes:core/v1:ConfigMap",
            props: { data: { "policy.yaml": IN_YAML } },
            expect: ["about secrets", "about configmaps"],
        },
        {
            title: "in an entry of Vault",
            type: "vault:kv/secretV2:SecretV2",
            props: { dataJson: JSON.stringify({ policy: JSON.stringify(policy(about("None"), rest)) }) },
            expect: ["about secrets"],
        },
        {
            title: "a ConfigMap of other content",
            type: "kubernetes:core/v1:ConfigMap",
            props: { data: { kind: "Policy" } },
            expect: "not applicable",
        },
        { title: "an unknown policy", change: { policy: UNKNOWN }, expect: "can't run" },
    ],
    mutations: [
        {
            title: "Secrets with request and response",
            type: "strongroom:audit:KubernetesAuditPolicy",
            change: { "policy.rules.0.level": "RequestResponse" },
        },
        {
            title: "Secrets not at all",
            type: "strongroom:audit:KubernetesAuditPolicy",
            change: { "policy.rules.0.level": "None" },
        },
        {
            title: "without ConfigMaps, whose reads then go unrecorded",
            type: "strongroom:audit:KubernetesAuditPolicy",
            change: { "policy.rules.0.resources.0.resources": ["secrets", "serviceaccounts/token"] },
        },
        {
            title: "the end of requests left out",
            type: "strongroom:audit:KubernetesAuditPolicy",
            change: { "policy.omitStages": ["ResponseComplete"] },
        },
    ],
};
