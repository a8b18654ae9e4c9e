import type * as pulumi from "@pulumi/pulumi";
import { declareAwsIdentity } from "../../components/access/aws-identity";
import { declareGcpIdentity } from "../../components/access/gcp-identity";
import { declareVaultIdentity } from "../../components/access/vault-identity";
import type { Reader } from "../../components/delivery/consumer";
import type { Names } from "../../components/domain/names";
import type { Ownership } from "../../components/domain/ownership";
import { ParameterStore } from "../../components/stores/aws-parameter-store";
import { GcpSecretManagerStore } from "../../components/stores/gcp-secret-manager";
import { SecretsManagerStore } from "../../components/stores/aws-secrets-manager";
import type { SecretStore } from "../../components/stores/store";
import { VaultStore } from "../../components/stores/vault";
import { configured } from "./platform-stores";
import type { Cluster, Systems } from "./systems";

export interface GrantContext {
    readonly names: Names;
    readonly ownership: Ownership;
    readonly cluster: Cluster;
    readonly systems: Systems;
    readonly store: SecretStore;
    readonly configStore: ParameterStore | undefined;
}

/**
 * Declares the identity of a reader in every system that holds something for it.
 *
 * @returns the annotations that its service account needs.
 */
export function declareGrants(
    context: GrantContext,
    reader: Reader,
    opts: pulumi.ComponentResourceOptions,
): Record<string, string> {
    const { store } = context;
    const annotations = grantOnAws(context, reader, opts);
    if (store instanceof GcpSecretManagerStore)
        Object.assign(annotations, grantOnGcp(context, store, reader, opts));
    if (store instanceof VaultStore && reader.documents.length > 0)
        grantOnVault(context, store, reader, opts);
    return annotations;
}

function grantOnAws(
    { ownership, cluster, systems, store, configStore }: GrantContext,
    { identity, workload, documents, config, secretStores }: Reader,
    opts: pulumi.ComponentResourceOptions,
): Record<string, string> {
    const entries = documents.map(({ entry }) => entry);
    const secretArns =
        store instanceof SecretsManagerStore ? entries.map((entry) => store.readableArn(entry)) : [];
    const parameterArns = [
        ...(store instanceof ParameterStore ? entries.map((entry) => store.readableArn(entry)) : []),
        ...(configStore === undefined ? [] : config.map((entry) => configStore.readableArn(entry))),
    ];
    if (secretArns.length + parameterArns.length === 0) return {};
    const aws = configured(systems.aws, "aws");
    const { accountId, region } = aws.config;
    const { operator, oidcIssuer } = cluster.config;
    const trusts =
        operator.roleArn === undefined
            ? { oidcIssuer: configured(oidcIssuer, "oidcIssuer") }
            : { operatorRoleArn: operator.roleArn, secretStores };
    const account = { accountId, region, trusts, kmsKeyArn: aws.key.arn, provider: aws.provider };
    return declareAwsIdentity(
        { roleName: identity, workload, ownership, secretArns, parameterArns, ...account },
        opts,
    );
}

function grantOnGcp(
    { names, systems }: GrantContext,
    store: GcpSecretManagerStore,
    { identity, workload, documents }: Reader,
    opts: pulumi.ComponentResourceOptions,
): Record<string, string> {
    const gcp = configured(systems.gcp, "gcp");
    const secretIds = documents.map(({ document, entry }) => [document.id, store.path(entry)] as const);
    return declareGcpIdentity(
        {
            accountId: names.serviceAccountId(workload.serviceAccount),
            displayName: identity,
            workload,
            project: gcp.config.project,
            secretIds: Object.fromEntries(secretIds),
            secrets: documents.map(({ document }) => document),
            provider: gcp.provider,
        },
        opts,
    );
}

function grantOnVault(
    { cluster, systems }: GrantContext,
    store: VaultStore,
    { identity, workload, documents }: Reader,
    opts: pulumi.ComponentResourceOptions,
): void {
    const { provider } = configured(systems.vault, "vault");
    const authMount = configured(cluster.config.vaultAuthMount, "vaultAuthMount");
    const paths = documents.map(({ entry }) => store.dataPath(entry));
    declareVaultIdentity({ name: identity, workload, authMount, paths, provider }, opts);
}
