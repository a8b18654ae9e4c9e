import type * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import type { Duration } from "../domain/duration";
import { CONSUMER_LAG } from "../domain/rotation/stamp";
import type { EntryName, RemoteRef, SyncedStore } from "../stores/store";
import { declareLeaseGenerator, leaseDataFrom } from "./lease";
import type { LeaseRead } from "./lease";
import type { SecretVariable } from "./variables";

const API_VERSION = "external-secrets.io/v1";

/** One document as a consumer reads it. */
export interface DocumentRead {
    readonly entry: EntryName;
    readonly variables: readonly SecretVariable[];
}

export interface ExternalSecretArgs {
    /** Also the name of the SecretStore. */
    readonly name: string;
    readonly namespace: string;
    readonly serviceAccount: string;
    /** The Vault role to log in with. */
    readonly role: string;
    readonly store: SyncedStore;
    readonly reads: readonly DocumentRead[];
    /**
     * What writes the values. A change of the ExternalSecret is synced at once, so one that came before the new value
     * would stamp the old one as new until the next refresh.
     */
    readonly written: readonly pulumi.Resource[];
    /** Accounts that Vault makes at each refresh. */
    readonly leases?: readonly LeaseRead[];
    /** The Secret that the operator makes. */
    readonly secretName: string;
    /** How often the operator reads the store, as Go writes durations. Each read is a paid call on AWS and GCP. */
    readonly refreshInterval: string;
    readonly labels: Readonly<Record<string, string>>;
    /** On the ExternalSecret, and through its template on the Secret: there they prove that a sync happened. */
    readonly annotations: Readonly<Record<string, string>>;
    /** Within which time a change of the values has to arrive; on the ExternalSecret, beside its refresh interval. */
    readonly consumerLag: Duration | undefined;
    readonly provider: pulumi.ProviderResource;
    readonly dependsOn: readonly pulumi.Resource[];
}

/** What External Secrets Operator does for a consumer, by the names of the objects. */
export interface Synced {
    readonly externalSecrets: readonly string[];
    readonly secretStores: readonly string[];
    readonly generators: readonly string[];
    readonly secretNames: readonly string[];
    /** Service accounts whose tokens it makes. */
    readonly serviceAccounts: readonly string[];
}

/** External Secrets Operator's part of a consumer: a SecretStore that reads as its service account, and what to sync. */
export function declareExternalSecret(
    id: string,
    args: ExternalSecretArgs,
    opts: pulumi.ComponentResourceOptions,
): Synced {
    const { name, namespace, labels, annotations, provider } = args;
    const own = { ...opts, provider };
    const sources: CustomResource[] = [];
    if (args.reads.length > 0) {
        const store = new CustomResource(
            id,
            {
                apiVersion: API_VERSION,
                kind: "SecretStore",
                metadata: { name, namespace, labels: { ...labels } },
                spec: { provider: args.store.providerBlock(args.serviceAccount, args.role) },
            },
            { ...own, dependsOn: [...args.dependsOn] },
        );
        sources.push(store);
    }
    for (const lease of args.leases ?? [])
        sources.push(declareLeaseGenerator(`${id}-${lease.name}`, lease, args, opts));
    const lag = args.consumerLag === undefined ? {} : { [CONSUMER_LAG]: args.consumerLag.toString() };
    new CustomResource(
        id,
        {
            apiVersion: API_VERSION,
            kind: "ExternalSecret",
            metadata: { name, namespace, labels: { ...labels }, annotations: { ...annotations, ...lag } },
            spec: externalSecretSpec(args),
        },
        { ...own, dependsOn: [...sources, ...args.written] },
    );
    const { leases = [], reads, store, secretName, serviceAccount } = args;
    const isLoggedInAs = leases.length > 0 || (reads.length > 0 && store.readsAs === "service account");
    return {
        externalSecrets: [name],
        secretStores: reads.length > 0 ? [name] : [],
        generators: leases.map((lease) => lease.name),
        secretNames: [secretName],
        serviceAccounts: isLoggedInAs ? [serviceAccount] : [],
    };
}

export function externalSecretSpec(args: ExternalSecretArgs): Record<string, unknown> {
    const { leases = [] } = args;
    return {
        refreshInterval: args.refreshInterval,
        ...(args.reads.length === 0 ? {} : { secretStoreRef: { kind: "SecretStore", name: args.name } }),
        target: {
            name: args.secretName,
            creationPolicy: "Owner",
            deletionPolicy: "Retain",
            template: {
                engineVersion: "v2",
                mergePolicy: "Merge",
                metadata: { labels: { ...args.labels }, annotations: { ...args.annotations } },
            },
        },
        ...(args.reads.length === 0 ? {} : { data: externalSecretData(args.store, args.reads) }),
        ...(leases.length === 0 ? {} : { dataFrom: leases.map(leaseDataFrom) }),
    };
}

export function externalSecretData(
    store: SyncedStore,
    reads: readonly DocumentRead[],
): { readonly secretKey: string; readonly remoteRef: RemoteRef }[] {
    return reads
        .flatMap(({ entry, variables }) =>
            variables.map(({ variable, storedField }) => ({
                secretKey: variable,
                remoteRef: store.remoteRef(entry, storedField),
            })),
        )
        .sort((a, b) => (a.secretKey < b.secretKey ? -1 : 1));
}
