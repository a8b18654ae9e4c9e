import type * as pulumi from "@pulumi/pulumi";
import { auditKeyStatements } from "../../components/audit/aws-trail-names";
import { SHARED_OWNER } from "../../components/domain/ownership";
import type { Ownership } from "../../components/domain/ownership";
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
import { sharedName } from "../config/alerts";
import type { AwsConfig, ClusterConfig, GcpConfig, StackConfig, VaultConfig } from "../config/schema";
import { awsProvider, gcpProvider, kubernetesProvider, vaultProvider } from "./providers";

export interface Aws {
    readonly config: AwsConfig;
    readonly provider: pulumi.ProviderResource;
    readonly key: AwsKey;
    /** Encrypts the record of what happens in the account. */
    readonly auditKey: AwsKey;
    /** The region that secrets are replicated to. */
    readonly replica: { readonly region: string; readonly provider: pulumi.ProviderResource } | undefined;
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

const SHARED_PLATFORM = "strongroom";

export function sharedOwnership(environment: string): Ownership {
    return { environment, platform: SHARED_PLATFORM, owner: SHARED_OWNER, class: "encryption" };
}

export function auditOwnership(environment: string): Ownership {
    return { ...sharedOwnership(environment), class: "audit" };
}

export function declareSystems(config: StackConfig, opts: pulumi.ComponentResourceOptions): Systems {
    const { environment } = config;
    const clusters = Object.entries(config.clusters).map(([name, cluster]): [string, Cluster] => [
        name,
        { config: cluster, provider: kubernetesProvider(environment, name, cluster) },
    ]);
    return {
        aws: config.aws === undefined ? undefined : declareAws(config, config.aws, opts),
        gcp: config.gcp === undefined ? undefined : declareGcp(config, config.gcp, opts),
        vault: config.vault === undefined ? undefined : declareVault(config, config.vault, opts),
        clusters: Object.fromEntries(clusters),
    };
}

function distributions({ clusters }: StackConfig): Set<string> {
    return new Set(Object.values(clusters).map(({ distribution }) => distribution));
}

function declareAws(stack: StackConfig, config: AwsConfig, opts: pulumi.ComponentResourceOptions): Aws {
    const { environment, protect } = stack;
    const { accountId, replicaRegion } = config;
    const provider = awsProvider(environment, config, config.region);
    const replica =
        replicaRegion === undefined
            ? undefined
            : { region: replicaRegion, provider: awsProvider(environment, config, replicaRegion) };
    const ownership = sharedOwnership(environment);
    const key = declareAwsKey(
        `strongroom-${environment}`,
        { accountId, ownership, provider, replica, protect },
        opts,
    );
    if (distributions(stack).has("eks")) {
        // The key of the cluster's own encryption: its `encryptionConfig` names the alias.
        declareAwsKey(`strongroom-${environment}-eks`, { accountId, ownership, provider, protect }, opts);
    }
    const name = sharedName(environment);
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
    return { config, provider, key, auditKey, replica };
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
