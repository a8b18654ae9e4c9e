import assert from "node:assert/strict";
import { UNKNOWN, type Sketch, type Table } from "../support/case";
import type { Rendered } from "../support/case";
import { has, movedAt, movedBelow } from "../support/mutations";

const type = "kubernetes:external-secrets.io/v1:SecretStore";
const account = {
    type: "kubernetes:core/v1:ServiceAccount",
    props: {
        metadata: {
            name: "backend",
            namespace: "devplatform-prod",
            annotations: {
                "eks.amazonaws.com/role-arn": "arn:aws:iam::222222222222:role/devplatform-prod-backend",
                "iam.gke.io/gcp-service-account":
                    "devplatform-prod-backend@acme-prod.iam.gserviceaccount.com",
            },
        },
    },
};
const metadata = { name: "aws", namespace: "devplatform-prod" };
const annotated = (annotations: Record<string, string>): (typeof account)[] => [
    {
        ...account,
        props: {
            metadata: {
                ...account.props.metadata,
                annotations: { ...account.props.metadata.annotations, ...annotations },
            },
        },
    },
];
/** The identity is an output of a resource beside it. */
const yielded = (annotation: string, type: string, props: Record<string, unknown>): readonly Sketch[] => {
    const maker = { type, name: "maker" };
    const [account] = annotated({ [annotation]: UNKNOWN });
    assert.ok(account);
    return [
        { ...account, computedFrom: { metadata: maker } },
        { ...maker, props },
    ];
};
const gcp = (block: object): Record<string, unknown> => ({
    metadata,
    spec: {
        provider: {
            gcpsm: {
                projectID: "acme-prod",
                auth: { workloadIdentity: { serviceAccountRef: { name: "backend" } } },
                ...block,
            },
        },
    },
});
const vault = (block: object): Record<string, unknown> => ({
    metadata,
    spec: {
        provider: {
            vault: {
                server: "https://vault.prod.acme.internal:8200",
                path: "secret",
                version: "v2",
                auth: { kubernetes: { mountPath: "kubernetes", role: "devplatform-prod-backend" } },
                ...block,
            },
        },
    },
});

const leases = "kubernetes:generators.external-secrets.io/v1alpha1:VaultDynamicSecret";
const generator = (provider: object): Record<string, unknown> => ({
    metadata,
    spec: {
        path: "devplatform-prod-database/creds/devplatform-prod-backend-db",
        provider: {
            server: "https://vault.prod.acme.internal:8200",
            auth: { kubernetes: { mountPath: "kubernetes", role: "devplatform-prod-backend-db" } },
            ...provider,
        },
    },
});

/** By provider, what breaks a store. */
const BREAKING: Readonly<Record<string, readonly (readonly [path: string, value: unknown])[]>> = {
    aws: [
        ["region", "eu-central-1"],
        ["role", "arn:aws:iam::210987654321:role/devplatform-dev-backend"],
        ["auth", undefined],
    ],
    gcpsm: [
        ["projectID", "strongroom-dev"],
        ["auth", undefined],
    ],
    vault: [
        ["path", "kv"],
        ["namespace", "shared"],
        ["auth", { tokenSecretRef: { name: "token", key: "token" } }],
    ],
};

export const table: Table = {
    policy: "iso-05-secret-stores-point-at-this-environment",
    clean: {
        type,
        props: {
            metadata,
            spec: {
                provider: {
                    aws: {
                        service: "SecretsManager",
                        region: "us-east-1",
                        auth: { jwt: { serviceAccountRef: { name: "backend" } } },
                    },
                },
            },
        },
        beside: [account],
    },
    cases: [
        { title: "a generator of leases", type: leases, props: generator({}), expect: "clean" },
        {
            title: "a generator that asks another server",
            type: leases,
            props: generator({ server: "https://vault.dev.acme.internal:8200" }),
            expect: ["spec.provider.server"],
        },
        {
            title: "a generator that logs in as another environment's role",
            type: leases,
            props: generator({
                auth: { kubernetes: { mountPath: "kubernetes", role: "devplatform-dev-backend-db" } },
            }),
            expect: ["spec.provider.auth.kubernetes.role"],
        },
        {
            title: "another region",
            change: { "spec.provider.aws.region": "eu-west-1" },
            expect: ["aws.region"],
        },
        {
            title: "a role of another account",
            change: { "spec.provider.aws.role": "arn:aws:iam::111111111111:role/devplatform-prod-backend" },
            expect: ["aws.role"],
        },
        {
            title: "near miss: a role of prod-eu",
            change: {
                "spec.provider.aws.role": "arn:aws:iam::222222222222:role/devplatform-prod-eu-backend",
            },
            expect: ["aws.role"],
        },
        {
            title: "the operator itself",
            change: { "spec.provider.aws.auth": undefined },
            expect: ["operator"],
        },
        {
            title: "a service account that is not declared",
            change: { "spec.provider.aws.auth.jwt.serviceAccountRef.name": "other" },
            expect: ["does not declare"],
        },
        {
            title: "a service account with the identity of another environment",
            change: {},
            beside: annotated({
                "eks.amazonaws.com/role-arn": "arn:aws:iam::222222222222:role/devplatform-dev-backend",
            }),
            expect: ["eks.amazonaws.com/role-arn"],
        },
        {
            title: "near miss: the identity of a role that this stack makes, not known yet",
            change: {},
            beside: yielded("eks.amazonaws.com/role-arn", "aws:iam/role:Role", {
                name: "devplatform-prod-backend",
            }),
            expect: "clean",
        },
        {
            title: "the identity of another environment's role, not known yet",
            change: {},
            beside: yielded("eks.amazonaws.com/role-arn", "aws:iam/role:Role", {
                name: "devplatform-prod-eu-backend",
            }),
            expect: ["eks.amazonaws.com/role-arn"],
        },
        {
            title: "the identity of a role whose name is not known either",
            change: {},
            beside: yielded("eks.amazonaws.com/role-arn", "aws:iam/role:Role", { name: UNKNOWN }),
            expect: ["\"name\" can't be decided before the deployment: its value is not known, of 'maker'."],
        },
        {
            title: "near miss: the identity of an account that this stack makes, not known yet",
            type,
            props: gcp({}),
            beside: yielded("iam.gke.io/gcp-service-account", "gcp:serviceaccount/account:Account", {
                accountId: "devplatform-prod-backend",
            }),
            expect: "clean",
        },
        {
            title: "an identity that nobody knows yet",
            change: {},
            beside: annotated({ "eks.amazonaws.com/role-arn": UNKNOWN }),
            expect: ["eks.amazonaws.com/role-arn"],
        },
        {
            title: "an unknown region blocks, since a stack rule would wait too long",
            change: { "spec.provider.aws.region": UNKNOWN },
            expect: ["not known before the deployment"],
        },
        { title: "an unknown provider blocks", change: { "spec.provider": UNKNOWN }, expect: ["not known"] },
        { title: "no provider", change: { "spec.provider": undefined }, expect: ["names no provider"] },
        {
            title: "a provider without environments",
            type,
            props: { metadata, spec: { provider: { webhook: { url: "https://example.com" } } } },
            expect: ["can't be tied"],
        },
        { title: "a project", type, props: gcp({}), expect: "clean" },
        {
            title: "another project",
            type,
            props: gcp({ projectID: "acme-dev" }),
            expect: ["gcpsm.projectID"],
        },
        { title: "no project", type, props: gcp({ projectID: undefined }), expect: ["gcpsm.projectID"] },
        { title: "Vault", type, props: vault({}), expect: "clean" },
        {
            title: "another Vault",
            type,
            props: vault({ server: "https://vault.dev.acme.internal:8200" }),
            expect: ["vault.server"],
        },
        {
            title: "Vault as the cluster sees it",
            type,
            props: vault({ server: "https://vault.vault.svc:8200" }),
            settings: { extraVaultAddresses: ["https://vault.vault.svc:8200"] },
            expect: "clean",
        },
        {
            title: "near miss: Vault's role of prod-eu",
            type,
            props: vault({ auth: { kubernetes: { role: "devplatform-prod-eu-backend" } } }),
            expect: ["vault.auth.kubernetes.role"],
        },
        {
            title: "a token of Vault",
            type,
            props: vault({ auth: { tokenSecretRef: {} } }),
            expect: ["vault.auth"],
        },
        {
            title: "a namespace of another environment",
            type,
            props: { metadata, spec: { provider: { kubernetes: { remoteNamespace: "devplatform-dev" } } } },
            expect: ["kubernetes.remoteNamespace"],
        },
        {
            title: "a stack without stores",
            type: "kubernetes:core/v1:Namespace",
            props: {},
            expect: "not applicable",
        },
    ],
    mayBreak: ["ESO-03", "ESO-02", "ISO-07"],
    mutations: [
        ...Object.entries(BREAKING).flatMap(([provider, changes]) =>
            changes.map(([path, value]) => ({
                title: `${provider}.${path} ${value === undefined ? "taken away" : "of somebody else"}`,
                type,
                where: has(`spec.provider.${provider}`),
                change: { [`spec.provider.${provider}.${path}`]: value },
            })),
        ),
        ...["server", "auth.kubernetes.role"].map((path) => ({
            title: `the other environment's ${path} of Vault`,
            type,
            where: has("spec.provider.vault"),
            mutate: movedAt(`spec.provider.vault.${path}`),
        })),
        {
            title: "a provider without environments",
            type,
            change: { "spec.provider": { webhook: { url: "https://secrets.example.com" } } },
        },
        ...["eks\\.amazonaws\\.com/role-arn", "iam\\.gke\\.io/gcp-service-account"].map((annotation) => ({
            title: `an identity of the other environment on the service account: ${annotation}`,
            type: "kubernetes:core/v1:ServiceAccount",
            where: (resource: Rendered): boolean =>
                new RegExp(annotation).test(JSON.stringify(resource.props)),
            mutate: movedBelow("metadata.annotations"),
            on: type,
        })),
    ],
};
