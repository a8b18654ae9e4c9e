import { UNKNOWN, type Rendered, type Table } from "../support/case";

const type = "pulumi:providers:aws";
const kubernetes = "pulumi:providers:kubernetes";
const gcp = "pulumi:providers:gcp";
const vault = "pulumi:providers:vault";
const secret = "gcp:secretmanager/secret:Secret";
const entry = "vault:kv/secretV2:SecretV2";

const server = { address: "https://vault.prod.acme.internal:8200" };

const onDefaultProvider = (resource: Rendered): Rendered => ({
    ...resource,
    ...(resource.provider && { provider: { ...resource.provider, name: "default_1_2_3" } }),
});

export const table: Table = {
    policy: "iso-10-providers-are-pinned",
    clean: {
        type,
        name: "prod-aws",
        props: { region: "us-east-1", allowedAccountIds: '["222222222222"]' },
    },
    cases: [
        {
            title: "another account",
            change: { allowedAccountIds: '["111111111111"]' },
            expect: ['"allowedAccountIds"'],
        },
        {
            title: "near miss: this account and another",
            change: { allowedAccountIds: '["222222222222","111111111111"]' },
            expect: ['"allowedAccountIds"'],
        },
        { title: "no fence", change: { allowedAccountIds: undefined }, expect: ['"allowedAccountIds"'] },
        { title: "a list as it is", change: { allowedAccountIds: ["222222222222"] }, expect: "clean" },
        { title: "no list", change: { allowedAccountIds: "not JSON" }, expect: ['"allowedAccountIds"'] },
        {
            title: "an account that is not asked for",
            change: { skipRequestingAccountId: "true" },
            expect: ['"skipRequestingAccountId"'],
        },
        { title: "an unknown fence waits", change: { allowedAccountIds: UNKNOWN }, expect: "can't run" },
        {
            title: "a default provider, even with a fence",
            change: {},
            with: { name: "default_7_48_0" },
            expect: ["lie around"],
        },
        {
            title: "near miss: a provider that is only called like one",
            change: {},
            with: { name: "defaults" },
            expect: "clean",
        },
        { title: "a project", type: gcp, props: { project: "acme-prod" }, expect: "clean" },
        { title: "another project", type: gcp, props: { project: "acme-dev" }, expect: ['"project"'] },
        { title: "no project", type: gcp, props: {}, expect: ['"project"'] },
        { title: "a context", type: kubernetes, props: { context: "gke-prod" }, expect: "clean" },
        {
            title: "near miss: a context that begins like ours",
            type: kubernetes,
            props: { context: "eks-prod-eu" },
            expect: ["eks-prod or gke-prod"],
        },
        {
            title: "a cluster beside the context",
            type: kubernetes,
            props: { context: "eks-prod", cluster: "dev" },
            expect: ['"cluster"'],
        },
        { title: "whatever context is current", type: kubernetes, props: {}, expect: ['"context"'] },
        { title: "a server", type: vault, props: server, expect: "clean" },
        {
            title: "another server, and a namespace",
            type: vault,
            props: { address: "https://vault.dev.acme.internal:8200", namespace: "dev" },
            expect: ['"address"', '"namespace"'],
        },
        {
            title: "a system that the environment does not have",
            type: "pulumi:providers:azure-native",
            props: {},
            expect: ["does not have"],
        },
        {
            title: "a resource on a default provider",
            type: secret,
            props: { secretId: "devplatform_prod_db", project: "acme-prod" },
            provider: { type: gcp, name: "default_9_37_0", props: {} },
            expect: ["lie around"],
        },
        {
            title: "a resource that goes to another project by itself",
            type: secret,
            props: { secretId: "devplatform_prod_db", project: "acme-dev" },
            provider: { type: gcp, name: "prod-gcp", props: { project: "acme-prod" } },
            expect: ['"project"'],
        },
        {
            title: "a resource that leaves the project to its provider",
            type: secret,
            props: { secretId: "devplatform_prod_db" },
            provider: { type: gcp, name: "prod-gcp", props: { project: "acme-prod" } },
            expect: "clean",
        },
        {
            title: "an entry in another namespace of Vault",
            type: entry,
            props: { mount: "secret", name: "devplatform/prod/db", namespace: "dev" },
            provider: { type: vault, name: "prod-vault", props: server },
            expect: ['"namespace"'],
        },
    ],
    mutations: [
        { title: "another account", type, change: { allowedAccountIds: '["111111111111"]' } },
        { title: "no fence", type, change: { allowedAccountIds: undefined } },
        { title: "another project", type: gcp, change: { project: "other" } },
        { title: "another cluster", type: kubernetes, change: { context: "other" } },
        { title: "whatever cluster is current", type: kubernetes, change: { context: undefined } },
        { title: "another server", type: vault, change: { address: "https://vault.example.org:8200" } },
        {
            title: "a secret on a default provider",
            type: secret,
            mutate: onDefaultProvider,
        },
        {
            title: "an entry of Vault on a default provider",
            type: entry,
            mutate: onDefaultProvider,
        },
        { title: "a secret of another project", type: secret, change: { project: "other" } },
        { title: "an entry in another namespace of Vault", type: entry, change: { namespace: "other" } },
    ],
};
