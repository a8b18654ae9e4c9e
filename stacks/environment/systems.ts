import type * as pulumi from "@pulumi/pulumi";
import { declareAwsCi } from "../../components/access/ci-aws";
import type { AwsCi } from "../../components/access/ci-aws";
import { auditKeyStatements } from "../../components/audit/aws-trail-names";
import type { Catalogue } from "../../components/domain/catalogue";
import { SHARED_OWNER, SHARED_PLATFORM } from "../../components/domain/ownership";
import type { Ownership } from "../../components/domain/ownership";
import { clusterKeyStatements, storeKeyStatements } from "../../components/encryption/aws-key-policy";
import { declareAwsKey } from "../../components/encryption/aws-keys";
import type { AwsKey } from "../../components/encryption/aws-keys";
import {
    declareGcpKey,
    declareGcpKeyRing,
    declareSecretManagerAgent,
    gkeAgent,
} from "../../components/encryption/gcp-keys";
import type { GcpKey } from "../../components/encryption/gcp-keys";
import { declareRotationNotices } from "../../components/stores/gcp-rotation-notices";
import type { RotationNotices } from "../../components/stores/gcp-secret-manager";
import { declareVaultMount } from "../../components/stores/vault-mount";
import type { AwsConfig, ClusterConfig, GcpConfig, StackConfig, VaultConfig } from "../config/schema";
import { deployerRoleArns, storeKeyUse } from "../config/key-use";
import { pipelinesOf, sharedNames } from "../config/pipelines";
import { awsProvider, gcpProvider, kubernetesProvider, vaultProvider } from "./providers";

export interface Aws {
    readonly config: AwsConfig;
    readonly provider: pulumi.ProviderResource;
    readonly key: AwsKey;
    /** Encrypts the record of what happens in the account. */
    readonly auditKey: AwsKey;
    /** The region that secrets are replicated to. */
    readonly replica: { readonly region: string; readonly provider: pulumi.ProviderResource } | undefined;
    /** Roles of the pipelines; absent where none deploys. */
    readonly ci: AwsCi | undefined;
    /** Everybody who deploys here by a role that is known. */
    readonly deployerRoleArns: readonly string[];
}

export interface Gcp {
    readonly config: GcpConfig;
    readonly provider: pulumi.ProviderResource;
    readonly key: GcpKey;
    readonly notices: RotationNotices | undefined;
}

export interface Vault {
    readonly config: VaultConfig;
    readonly provider: pulumi.ProviderResource;
    readonly mounted: pulumi.Resource;
}

export interface Cluster {
    readonly config: ClusterConfig;
    readonly provider: pulumi.ProviderResource;
}

/** What one environment stands on: accounts with their keys, servers, clusters. Only what it uses is declared. */
export interface Systems {
    readonly aws: Aws | undefined;
    readonly gcp: Gcp | undefined;
    readonly vault: Vault | undefined;
    readonly clusters: Readonly<Record<string, Cluster>>;
}

export function sharedOwnership(environment: string): Ownership {
    return { environment, platform: SHARED_PLATFORM, owner: SHARED_OWNER, class: "encryption" };
}

export function auditOwnership(environment: string): Ownership {
    return { ...sharedOwnership(environment), class: "audit" };
}

export function declareSystems(
    config: StackConfig,
    catalogue: Catalogue,
    opts: pulumi.ComponentResourceOptions,
): Systems {
    const { environment } = config;
    const clusters = Object.entries(config.clusters).map(([name, cluster]): [string, Cluster] => [
        name,
        { config: cluster, provider: kubernetesProvider(environment, name, cluster) },
    ]);
    return {
        aws: config.aws === undefined ? undefined : declareAws(config, config.aws, catalogue, opts),
        gcp: config.gcp === undefined ? undefined : declareGcp(config, config.gcp, opts),
        vault: config.vault === undefined ? undefined : declareVault(config, config.vault, opts),
        clusters: Object.fromEntries(clusters),
    };
}

function distributions({ clusters }: StackConfig): Set<string> {
    return new Set(Object.values(clusters).map(({ distribution }) => distribution));
}

function declareAws(
    stack: StackConfig,
    config: AwsConfig,
    catalogue: Catalogue,
    opts: pulumi.ComponentResourceOptions,
): Aws {
    const { environment, protect } = stack;
    const { accountId, region, replicaRegion } = config;
    const provider = awsProvider(environment, config, config.region);
    const replica =
        replicaRegion === undefined
            ? undefined
            : { region: replicaRegion, provider: awsProvider(environment, config, replicaRegion) };
    const ownership = sharedOwnership(environment);
    const name = sharedNames(environment).namespace;
    const pipelines = pipelinesOf(stack);
    const ci =
        pipelines.length === 0
            ? undefined
            : declareAwsCi({ name, accountId, ownership, pipelines, provider }, opts);
    const statements = storeKeyStatements(storeKeyUse(stack, config, catalogue));
    const key = declareAwsKey(name, { ownership, accountId, statements, provider, replica, protect }, opts);
    if (distributions(stack).has("eks")) {
        // The key of the cluster's own encryption: its `encryptionConfig` names the alias.
        const forCluster = { statements: clusterKeyStatements(accountId, region), provider, protect };
        declareAwsKey(`${name}-eks`, { accountId, ownership, ...forCluster }, opts);
    }
    const regions = [config.region, ...(replicaRegion === undefined ? [] : [replicaRegion])];
    const auditKey = declareAwsKey(
        `${name}-audit`,
        {
            accountId,
            ownership: auditOwnership(environment),
            description: `Encrypts the record of what happens in ${environment}`,
            statements: auditKeyStatements(name, config, regions),
            provider,
            replica,
            protect,
        },
        opts,
    );
    return {
        config,
        provider,
        key,
        auditKey,
        replica,
        ci,
        deployerRoleArns: deployerRoleArns(stack, config),
    };
}

function declareGcp(stack: StackConfig, config: GcpConfig, opts: pulumi.ComponentResourceOptions): Gcp {
    const { environment, protect } = stack;
    const { project, location, projectNumber, rotationNotices } = config;
    const provider = gcpProvider(environment, config);
    const args = { project, location, ownership: sharedOwnership(environment), provider, protect };
    const ring = declareGcpKeyRing(`strongroom-${environment}`, args, opts);
    const agent = declareSecretManagerAgent(project, projectNumber, provider, opts);
    const key = declareGcpKey(`strongroom-${environment}-secrets`, ring, agent, args, opts);
    if (distributions(stack).has("gke")) {
        // The key of the cluster's own encryption: its `databaseEncryption` names it.
        declareGcpKey(`strongroom-${environment}-gke`, ring, gkeAgent(projectNumber), args, opts);
    }
    const notices = rotationNotices
        ? declareRotationNotices(`strongroom-${environment}-rotation`, { ...args, agent }, opts)
        : undefined;
    return { config, provider, key, notices };
}

function declareVault(stack: StackConfig, config: VaultConfig, opts: pulumi.ComponentResourceOptions): Vault {
    const provider = vaultProvider(stack.environment, config);
    const authMounts = Object.values(stack.clusters).flatMap(({ vaultAuthMount: path, apiServer }) =>
        path === undefined || apiServer === undefined ? [] : [{ path, apiServer }],
    );
    const { mount, maxVersions } = config;
    const mounted = declareVaultMount(
        { mount, maxVersions, authMounts, provider, protect: stack.protect },
        opts,
    );
    return { config, provider, mounted };
}
