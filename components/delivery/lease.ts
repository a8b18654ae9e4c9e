import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import type * as pulumi from "@pulumi/pulumi";
import type { SecretVariable } from "./variables";

const API_VERSION = "generators.external-secrets.io/v1alpha1";
const KIND = "VaultDynamicSecret";

/** Where External Secrets Operator asks Vault for an account, and as whom. */
export interface Lease {
    /** `shop-prod-database/creds/shop-prod-api-account` */
    readonly path: string;
    readonly provider: Readonly<Record<string, unknown>>;
}

/** A lease as a consumer takes it. */
export interface LeaseRead {
    /** Names the generator in the consumer's namespace. */
    readonly name: string;
    readonly lease: Lease;
    readonly variables: readonly SecretVariable[];
}

/** Asks Vault anew at each refresh, and gives the account's `username` and `password`. */
export function declareLeaseGenerator(
    id: string,
    { name, lease }: LeaseRead,
    place: {
        readonly namespace: string;
        readonly labels: Readonly<Record<string, string>>;
        readonly dependsOn: readonly pulumi.Resource[];
        readonly provider: pulumi.ProviderResource;
    },
    opts: pulumi.ComponentResourceOptions,
): CustomResource {
    const { namespace, labels, dependsOn, provider } = place;
    return new CustomResource(
        id,
        {
            apiVersion: API_VERSION,
            kind: KIND,
            metadata: { name, namespace, labels: { ...labels } },
            spec: { path: lease.path, method: "GET", resultType: "Data", provider: { ...lease.provider } },
        },
        { ...opts, provider, dependsOn: [...dependsOn] },
    );
}

/** The part of an ExternalSecret that takes a lease: each key that Vault gives becomes a variable. */
export function leaseDataFrom({ name, variables }: LeaseRead): Record<string, unknown> {
    return {
        sourceRef: { generatorRef: { apiVersion: API_VERSION, kind: KIND, name } },
        rewrite: [...variables]
            .sort((a, b) => (a.storedField < b.storedField ? -1 : 1))
            .map(({ storedField, variable }) => ({
                regexp: { source: `^${storedField}$`, target: variable },
            })),
    };
}
