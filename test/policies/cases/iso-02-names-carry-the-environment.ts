import { UNKNOWN, type Table } from "../support/case";
import type { Rendered } from "../support/case";
import { changed, movedAt } from "../support/mutations";

export const table: Table = {
    policy: "iso-02-names-carry-the-environment",
    clean: { type: "aws:secretsmanager/secret:Secret", props: { name: "devplatform/prod/db" } },
    cases: [
        {
            title: "another environment",
            change: { name: "devplatform/dev/db" },
            expect: ["'<platform>/prod/'"],
        },
        {
            title: "near miss: prod-eu begins with prod",
            change: { name: "devplatform/prod-eu/db" },
            expect: ["not a name of this environment"],
        },
        { title: "an unknown platform", change: { name: "billing/prod/db" }, expect: ["devplatform, yosai"] },
        { title: "nothing behind the prefix", change: { name: "devplatform/prod/" }, expect: ["ISO-02"] },
        { title: "a name that Pulumi draws", change: { name: undefined }, expect: ["ISO-02"] },
        { title: "an unknown name waits", change: { name: UNKNOWN }, expect: "can't run" },
        {
            title: "a parameter's leading slash",
            type: "aws:ssm/parameter:Parameter",
            props: { name: "/devplatform/prod/s3_region" },
            expect: "clean",
        },
        {
            title: "a parameter without leading slash",
            type: "aws:ssm/parameter:Parameter",
            props: { name: "devplatform/prod/s3_region" },
            expect: ["'/<platform>/prod/'"],
        },
        {
            title: "a secret id of GCP",
            type: "gcp:secretmanager/secret:Secret",
            props: { secretId: "devplatform_prod_jwt-keys" },
            expect: "clean",
        },
        {
            title: "near miss: a secret id with hyphens",
            type: "gcp:secretmanager/secret:Secret",
            props: { secretId: "devplatform-prod-jwt" },
            expect: ["'<platform>_prod_'"],
        },
        {
            title: "near miss: a role of prod-eu, where hyphens separate",
            type: "aws:iam/role:Role",
            props: { name: "devplatform-prod-eu-api" },
            expect: ["'<platform>-prod-'"],
        },
        {
            title: "a role",
            type: "aws:iam/role:Role",
            props: { name: "devplatform-prod-api" },
            expect: "clean",
        },
        {
            title: "a key's alias",
            type: "aws:kms/alias:Alias",
            props: { name: "alias/strongroom-prod" },
            expect: "clean",
        },
        {
            title: "near miss: the alias of prod-eu",
            type: "aws:kms/alias:Alias",
            props: { name: "alias/strongroom-prod-eu" },
            expect: ["'alias/<platform>-prod'"],
        },
        {
            title: "a user of dev",
            type: "aws:iam/user:User",
            props: { name: "marketplace-dev-s3" },
            expect: ['"name"'],
        },
        {
            title: "a key ring, and near miss: a key of prod-eu",
            type: "gcp:kms/cryptoKey:CryptoKey",
            props: { name: "strongroom-prod-eu-secrets" },
            expect: ["'<platform>-prod'"],
        },
        {
            title: "a key ring",
            type: "gcp:kms/keyRing:KeyRing",
            props: { name: "strongroom-prod" },
            expect: "clean",
        },
        {
            title: "an entry of Vault's first version",
            type: "vault:kv/secret:Secret",
            props: { path: "secret/yosai/prod/db" },
            expect: "clean",
        },
        {
            title: "an entry of Vault by its path, on another mount",
            type: "vault:generic/secret:Secret",
            props: { path: "kv-dev/yosai/prod/db" },
            expect: ['"path"'],
        },
        {
            title: "accounts of a database, of dev's engine",
            type: "vault:database/secretBackendRole:SecretBackendRole",
            props: { name: "yosai-prod-api-db", backend: "yosai-dev-database" },
            expect: ['"backend"'],
        },
        {
            title: "another mount of Vault",
            type: "vault:kv/secretV2:SecretV2",
            props: { name: "yosai/prod/db", mount: "kv-dev" },
            expect: ['"mount"'],
        },
        {
            title: "a service account cut short keeps its beginning",
            type: "gcp:serviceaccount/account:Account",
            props: { accountId: "control-plane-prod-exp-1a2b3c4" },
            expect: "clean",
        },
        {
            title: "a Secret in the namespace of prod-eu",
            type: "kubernetes:core/v1:Secret",
            props: { metadata: { name: "api-secrets", namespace: "yosai-prod-eu" } },
            expect: ["metadata.namespace"],
        },
        {
            title: "near miss: a role in an operator's namespace, which is of no environment",
            type: "kubernetes:rbac.authorization.k8s.io/v1:Role",
            props: { metadata: { name: "leader-election", namespace: "external-secrets" } },
            expect: "clean",
        },
        {
            title: "a namespace, in any version and as a patch",
            type: "kubernetes:core/v1:NamespacePatch",
            props: { metadata: { name: "yosai-dev" } },
            expect: ["metadata.name"],
        },
    ],
    mayBreak: ["AUD-02", "VLT-01", "VLT-02", "IAM-08", "K8S-09", "ESO-05", "K8S-01", "ISO-08"],
    mutations: [
        ...(
            [
                ["aws:secretsmanager/secret:Secret", "name"],
                ["aws:ssm/parameter:Parameter", "name"],
                ["aws:iam/role:Role", "name"],
                ["aws:kms/alias:Alias", "name"],
                ["gcp:secretmanager/secret:Secret", "secretId"],
                ["gcp:serviceaccount/account:Account", "accountId"],
                ["vault:kv/secretV2:SecretV2", "name"],
                ["vault:index/policy:Policy", "name"],
                ["vault:kubernetes/authBackendRole:AuthBackendRole", "roleName"],
                ["kubernetes:core/v1:Namespace", "metadata.name"],
                ...["core/v1:ConfigMap", "core/v1:Secret", "external-secrets.io/v1:ExternalSecret"].map(
                    (kind) => [`kubernetes:${kind}`, "metadata.namespace"] as const,
                ),
                ["kubernetes:rbac.authorization.k8s.io/v1:Role", "metadata.namespace"],
                ["kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "metadata.namespace"],
            ] as const
        ).flatMap(([type, path]) => [
            { title: `${type} named after the other environment`, type, mutate: movedAt(path) },
            { title: `${type} without a name of ours`, type, change: { [path]: undefined } },
        ]),
        ...(
            [
                ["aws:secretsmanager/secret:Secret", "name", "/"],
                ["aws:ssm/parameter:Parameter", "name", "/"],
                ["gcp:secretmanager/secret:Secret", "secretId", "_"],
                ["vault:kv/secretV2:SecretV2", "name", "/"],
            ] as const
        ).map(([type, path, separator]) => ({
            title: `${type} of an environment that begins like this one`,
            type,
            mutate: (resource: Rendered): Rendered =>
                changed(resource, path, (text) =>
                    text.replace(
                        new RegExp(`${separator}(dev|prod)${separator}`),
                        `${separator}$1-eu${separator}`,
                    ),
                ),
        })),
        { title: "another mount", type: "vault:kv/secretV2:SecretV2", change: { mount: "kv" } },
        { title: "a mount of nobody", type: "vault:index/mount:Mount", change: { path: "kv" } },
    ],
};
