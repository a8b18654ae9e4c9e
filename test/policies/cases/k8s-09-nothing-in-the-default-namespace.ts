import { UNKNOWN, type Table } from "../support/case";

const type = "kubernetes:core/v1:ConfigMap";
const provider = (namespace?: string) => ({
    provider: {
        type: "pulumi:providers:kubernetes",
        name: "prod-eks",
        props: { context: "eks-prod", namespace },
    },
});
const nowhere = { metadata: { name: "reader" } };

export const table: Table = {
    policy: "k8s-09-nothing-in-the-default-namespace",
    clean: { type, props: { metadata: { name: "config", namespace: "devplatform-prod" } } },
    cases: [
        {
            title: "the default namespace",
            change: { "metadata.namespace": "default" },
            expect: ['"metadata.namespace" is the default one'],
        },
        { title: "none", change: { "metadata.namespace": undefined }, expect: ["is not named"] },
        { title: "near miss: an empty one", change: { "metadata.namespace": "" }, expect: ["is not named"] },
        { title: "no metadata", change: { metadata: undefined }, expect: ["is not named"] },
        {
            title: "near miss: one that begins like it",
            change: { "metadata.namespace": "default-prod" },
            expect: "clean",
        },
        {
            title: "that of the provider",
            change: { "metadata.namespace": undefined },
            with: provider("devplatform-prod"),
            expect: "clean",
        },
        {
            title: "near miss: a provider that names the default one",
            change: { "metadata.namespace": undefined },
            with: provider("default"),
            expect: ["is not named"],
        },
        {
            title: "near miss: a provider that names none",
            change: { "metadata.namespace": undefined },
            with: provider(),
            expect: ["is not named"],
        },
        ...[
            "rbac.authorization.k8s.io/v1:RoleBinding",
            "external-secrets.io/v1:ExternalSecret",
            "external-secrets.io/v1beta1:SecretStore",
            "generators.external-secrets.io/v1alpha1:VaultDynamicSecret",
            "apps/v1:DeploymentPatch",
            "networking.k8s.io/v1:NetworkPolicy",
        ].map((kind) => ({
            title: `a ${kind} without one`,
            type: `kubernetes:${kind}`,
            props: nowhere,
            expect: ["is not named"],
        })),
        {
            title: "near miss: the second of a list",
            type: "kubernetes:core/v1:ConfigMapList",
            props: {
                items: [{ metadata: { namespace: "yosai-prod" } }, { metadata: { namespace: "default" } }],
            },
            expect: ["metadata.namespace"],
        },
        {
            title: "near miss: a kind of the whole cluster",
            type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
            props: nowhere,
            expect: "clean",
        },
        { title: "an unknown one waits", change: { "metadata.namespace": UNKNOWN }, expect: "can't run" },
    ],
    mutations: [
        { title: "a ConfigMap in default", type, change: { "metadata.namespace": "default" } },
        {
            title: "a ConfigMap in none",
            type,
            change: { "metadata.namespace": undefined },
            alsoBreaks: ["ISO-02"],
        },
        {
            title: "a Secret in none",
            type: "kubernetes:core/v1:Secret",
            change: { "metadata.namespace": undefined },
            alsoBreaks: ["ISO-02"],
        },
    ],
};
