import { UNKNOWN, type Rendered, type Table } from "../support/case";

const type = "kubernetes:external-secrets.io/v1:SecretStore";
const serviceAccountRef = { name: "backend" };
const selector = { name: "credentials", key: "token" };
const by = (provider: Readonly<Record<string, unknown>>) => ({ type, props: { spec: { provider } } });
const uses =
    (provider: string) =>
    ({ props }: Rendered): boolean =>
        Object.hasOwn((props as { spec: { provider: object } }).spec.provider, provider);

export const table: Table = {
    policy: "eso-03-stores-log-in-as-service-accounts",
    clean: by({ aws: { region: "us-east-1", auth: { jwt: { serviceAccountRef } } } }),
    cases: [
        {
            title: "keys of an IAM user",
            change: { "spec.provider.aws.auth": { secretRef: { accessKeyIDSecretRef: selector } } },
            expect: ['"spec.provider.aws.auth.secretRef" logs in', '"spec.provider.aws.auth" names no'],
        },
        {
            title: "near miss: keys beside the service account",
            change: { "spec.provider.aws.auth.secretRef": { accessKeyIDSecretRef: selector } },
            expect: ["spec.provider.aws.auth.secretRef"],
        },
        {
            title: "near miss: the operator's own identity",
            change: { "spec.provider.aws.auth": undefined },
            expect: ["logs in as itself"],
        },
        {
            title: "near miss: a service account without a name",
            change: { "spec.provider.aws.auth.jwt.serviceAccountRef": {} },
            expect: ["names no service account"],
        },
        {
            title: "the consumer's role, with the operator's session tags",
            ...by({ aws: { role: "arn:aws:iam::210987654321:role/a", sessionTagsPolicy: "Simple" } }),
            expect: "clean",
        },
        {
            title: "near miss: the consumer's role, without tags",
            ...by({ aws: { role: "arn:aws:iam::210987654321:role/a" } }),
            expect: ["logs in as itself"],
        },
        {
            title: "near miss: the operator's tags, without a role",
            ...by({ aws: { sessionTagsPolicy: "Simple" } }),
            expect: ["logs in as itself"],
        },
        {
            title: "near miss: tags that the store writes itself",
            ...by({
                aws: {
                    role: "arn:aws:iam::210987654321:role/a",
                    sessionTagsPolicy: "Simple",
                    sessionTags: [{ key: "esoNamespace", value: "other" }],
                },
            }),
            expect: ["logs in as itself"],
        },
        {
            title: "workload identity of GKE",
            ...by({ gcpsm: { projectID: "acme-prod", auth: { workloadIdentity: { serviceAccountRef } } } }),
            expect: "clean",
        },
        {
            title: "federation, whose configuration names no key",
            ...by({
                gcpsm: {
                    auth: {
                        workloadIdentityFederation: {
                            serviceAccountRef,
                            credConfig: { name: "federation", key: "config.json" },
                        },
                    },
                },
            }),
            expect: "clean",
        },
        {
            title: "near miss: federation with credentials of AWS",
            ...by({
                gcpsm: {
                    auth: {
                        workloadIdentityFederation: {
                            serviceAccountRef,
                            awsSecurityCredentials: { awsCredentialsSecretRef: { name: "keys" } },
                        },
                    },
                },
            }),
            expect: ["awsCredentialsSecretRef"],
        },
        {
            title: "a key of a GCP service account",
            ...by({ gcpsm: { auth: { secretRef: { secretAccessKeySecretRef: selector } } } }),
            expect: ["gcpsm.auth.secretRef", "names no service account"],
        },
        {
            title: "Vault by the token of a service account, and its public certificate",
            ...by({
                vault: {
                    auth: { kubernetes: { role: "a", serviceAccountRef } },
                    caProvider: { type: "Secret", name: "vault-ca", key: "ca.crt" },
                },
            }),
            expect: "clean",
        },
        {
            title: "Vault's token",
            ...by({ vault: { auth: { tokenSecretRef: selector } } }),
            expect: ["tokenSecretRef", "names no service account"],
        },
        {
            title: "near miss: Vault by the operator's own token",
            ...by({ vault: { auth: { kubernetes: { role: "a" } } } }),
            expect: ["logs in as itself"],
        },
        {
            title: "near miss: a token of Kubernetes that a Secret keeps",
            ...by({ vault: { auth: { kubernetes: { role: "a", serviceAccountRef, secretRef: selector } } } }),
            expect: ["auth.kubernetes.secretRef"],
        },
        {
            title: "near miss: a role id that a Secret keeps, by another name",
            ...by({
                vault: {
                    auth: {
                        appRole: { roleRef: selector },
                        jwt: { kubernetesServiceAccountToken: { serviceAccountRef } },
                    },
                },
            }),
            expect: ["auth.appRole.roleRef"],
        },
        {
            title: "near miss: a certificate for the client, whose key a Secret keeps",
            ...by({
                vault: {
                    auth: { kubernetes: { role: "a", serviceAccountRef } },
                    tls: { keySecretRef: selector },
                },
            }),
            expect: ["tls.keySecretRef"],
        },
        {
            title: "another cluster by a bearer token",
            ...by({ kubernetes: { auth: { token: { bearerToken: selector } } } }),
            expect: ["auth.token.bearerToken", "names no service account"],
        },
        {
            title: "a provider that has tokens alone",
            ...by({ onepassword: { auth: { secretRef: { connectTokenSecretRef: selector } } } }),
            expect: ["onepassword.auth.secretRef"],
        },
        {
            title: "the generator that leases, with a token",
            type: "kubernetes:generators.external-secrets.io/v1alpha1:VaultDynamicSecret",
            props: { spec: { provider: { server: "https://a", auth: { tokenSecretRef: selector } } } },
            expect: ['"spec.provider.auth.tokenSecretRef"', '"spec.provider.auth" names no'],
        },
        {
            title: "a store of the whole cluster",
            type: "kubernetes:external-secrets.io/v1:ClusterSecretStore",
            props: {
                spec: { provider: { aws: { auth: { jwt: { serviceAccountRef }, secretRef: {} } } } },
            },
            expect: ["spec.provider.aws.auth.secretRef"],
        },
        {
            title: "an unknown part does not hide a reference beside it",
            change: {
                "spec.provider.aws.region": UNKNOWN,
                "spec.provider.aws.auth.secretRef": { accessKeyIDSecretRef: selector },
            },
            expect: ["spec.provider.aws.auth.secretRef"],
        },
        {
            title: "an unknown login waits",
            change: { "spec.provider.aws.auth": UNKNOWN },
            expect: "can't run",
        },
    ],
    mutations: [
        {
            title: "keys of an IAM user",
            type,
            where: uses("aws"),
            change: { "spec.provider.aws.auth.secretRef": { accessKeyIDSecretRef: selector } },
        },
        {
            title: "a key of a GCP service account",
            type,
            where: uses("gcpsm"),
            change: { "spec.provider.gcpsm.auth.secretRef": { secretAccessKeySecretRef: selector } },
        },
        {
            title: "Vault's token",
            type,
            where: uses("vault"),
            change: { "spec.provider.vault.auth.tokenSecretRef": selector },
        },
        {
            title: "the operator's own token for Vault",
            type,
            where: uses("vault"),
            change: { "spec.provider.vault.auth.kubernetes.serviceAccountRef": undefined },
        },
    ],
};
