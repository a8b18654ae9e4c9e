import { UNKNOWN, type Table } from "../support/case";

const type = "pulumi:providers:vault";
const address = "https://vault.prod.acme.internal:8200";
const store = (vault: unknown, kind = "SecretStore"): { type: string; props: Record<string, unknown> } => ({
    type: `kubernetes:external-secrets.io/v1:${kind}`,
    props: { metadata: { name: "api", namespace: "yosai-prod" }, spec: { provider: { vault } } },
});
const role = { auth: { kubernetes: { role: "yosai-prod-api" } } };
const STORE = "kubernetes:external-secrets.io/v1:SecretStore";
const ofVault = ({ props }: { readonly props: Readonly<Record<string, unknown>> }): boolean =>
    JSON.stringify(props["spec"]).includes('"vault":');

export const table: Table = {
    policy: "vlt-05-vault-is-reached-by-tls",
    clean: { type, props: { address, maxRetries: "2" } },
    cases: [
        {
            title: "without TLS",
            change: { address: "http://vault.prod.acme.internal:8200" },
            expect: ["no address with TLS"],
        },
        {
            title: "near miss: an address that only mentions it",
            change: { address: "http://vault?next=https://x" },
            expect: ["no address with TLS"],
        },
        { title: "no address", change: { address: undefined }, expect: ["no address with TLS"] },
        { title: "any certificate", change: { skipTlsVerify: "true" }, expect: ["any certificate"] },
        {
            title: "any certificate, as a boolean",
            change: { skipTlsVerify: true },
            expect: ["any certificate"],
        },
        {
            title: "near miss: the flag says that it looks",
            change: { skipTlsVerify: "false" },
            expect: "clean",
        },
        { title: "a token", change: { token: "hvs.example" }, expect: ['"token" is a credential'] },
        {
            title: "a password of a login",
            change: { authLoginUserpass: JSON.stringify({ username: "x", password: "y" }) },
            expect: ["authLoginUserpass.password"],
        },
        {
            title: "a secret id among the parameters of a login",
            change: {
                authLogin: JSON.stringify({
                    path: "auth/approle/login",
                    parameters: { role_id: "a", secret_id: "b" },
                }),
            },
            expect: ["authLogin.parameters.secret_id"],
        },
        {
            title: "near miss: a login by the role that runs it",
            change: { authLoginAws: JSON.stringify({ role: "deployer", awsRegion: "us-east-1" }) },
            expect: "clean",
        },
        {
            title: "a token in a header",
            change: { headers: JSON.stringify([{ name: "X-Vault-Token", value: "hvs.example" }]) },
            expect: ["headers[0].value"],
        },
        { title: "a store by TLS", ...store({ server: address, ...role }), expect: "clean" },
        {
            title: "a store without TLS",
            ...store({ server: "http://vault:8200", ...role }),
            expect: ["spec.provider.vault.server"],
        },
        {
            title: "a cluster's store without TLS, by another version",
            ...store({ server: "http://vault:8200", ...role }, "ClusterSecretStore"),
            expect: ["no address with TLS"],
        },
        {
            title: "a token in a store's header",
            ...store({ server: address, headers: { "x-vault-token": "hvs.example" } }),
            expect: ["written down"],
        },
        {
            title: "near miss: a store of another provider",
            type: STORE,
            props: { spec: { provider: { aws: { region: "us-east-1" } } } },
            expect: "clean",
        },
        {
            title: "a lease without TLS",
            type: "kubernetes:generators.external-secrets.io/v1alpha1:VaultDynamicSecret",
            props: { spec: { provider: { server: "http://vault:8200" } } },
            expect: ["spec.provider.server"],
        },
        {
            title: "the API server that Vault asks, without TLS",
            type: "vault:kubernetes/authBackendConfig:AuthBackendConfig",
            props: { backend: "kubernetes", kubernetesHost: "http://10.0.0.1" },
            expect: ["kubernetesHost"],
        },
        {
            title: "Vault's own operator, with any certificate",
            type: "kubernetes:secrets.hashicorp.com/v1beta1:VaultConnection",
            props: { spec: { address, skipTLSVerify: true } },
            expect: ["any certificate"],
        },
        { title: "an unknown address waits", change: { address: UNKNOWN }, expect: "can't run" },
        {
            title: "an unknown address hides nothing of the rest",
            change: { address: UNKNOWN, skipTlsVerify: "true" },
            expect: ["any certificate"],
        },
    ],
    mutations: [
        {
            title: "without TLS",
            type,
            change: { address: "http://vault.prod.example.com:8200" },
            alsoBreaks: ["ISO-10"],
        },
        { title: "any certificate", type, change: { skipTlsVerify: "true" } },
        { title: "a token", type, change: { token: "hvs.example" } },
        {
            title: "a store without TLS",
            type: STORE,
            where: ofVault,
            mutate: (resource) => ({
                ...resource,
                props: JSON.parse(
                    JSON.stringify(resource.props).replace('"https://vault', '"http://vault'),
                ) as Record<string, unknown>,
            }),
            alsoBreaks: ["ISO-05"],
        },
        {
            title: "the API server that Vault asks, without TLS",
            type: "vault:kubernetes/authBackendConfig:AuthBackendConfig",
            change: { kubernetesHost: "http://10.0.0.1" },
        },
    ],
};
