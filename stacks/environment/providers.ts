import { Provider as AwsProvider } from "@pulumi/aws/provider";
import { Provider as GcpProvider } from "@pulumi/gcp/provider";
import { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider";
import { Provider as RandomProvider } from "@pulumi/random/provider";
import { Provider as VaultProvider } from "@pulumi/vault/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsConfig, ClusterConfig, GcpConfig, VaultConfig } from "../config/schema";

/**
 * Providers, each fenced to its account, project, server or cluster, so that credentials of another environment are
 * refused before anything is touched. Default providers are switched off in the configuration of each stack.
 */

export function awsProvider(environment: string, { accountId }: AwsConfig, region: string): AwsProvider {
    return new AwsProvider(`${environment}-aws-${region}`, {
        region: region,
        allowedAccountIds: [accountId],
    });
}

/** The same account and region for access keys: with the rights of a role alone where one is given. */
export function rotatorProvider(
    name: string,
    { accountId, region }: AwsConfig,
    roleArn: pulumi.Input<string> | undefined,
    opts: pulumi.ResourceOptions,
): AwsProvider {
    return new AwsProvider(
        name,
        {
            region,
            allowedAccountIds: [accountId],
            ...(roleArn === undefined
                ? {}
                : { assumeRoles: [{ roleArn, sessionName: "strongroom", duration: "15m" }] }),
        },
        opts,
    );
}

export function gcpProvider(environment: string, { project, location }: GcpConfig): GcpProvider {
    return new GcpProvider(`${environment}-gcp`, { project, region: location });
}

export function vaultProvider(environment: string, { address, namespace }: VaultConfig): VaultProvider {
    return new VaultProvider(`${environment}-vault`, {
        address,
        // Whoever deploys has a token that lives for minutes, and no right to make others of it.
        skipChildToken: true,
        ...(namespace === undefined ? {} : { namespace }),
    });
}

export function kubernetesProvider(
    environment: string,
    cluster: string,
    { context }: ClusterConfig,
): KubernetesProvider {
    return new KubernetesProvider(`${environment}-${cluster}`, {
        context,
        // A Secret keeps its name when its data changes; without this a change would delete it first.
        enableSecretMutable: true,
        enableConfigMapMutable: true,
    });
}

export function randomProvider(environment: string): RandomProvider {
    return new RandomProvider(`${environment}-random`, {});
}
