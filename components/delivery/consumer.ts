import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Consumer as ConsumerSpec, Platform } from "../domain/catalogue";
import type { Names } from "../domain/names";
import { kubernetesLabels } from "../domain/ownership";
import { consumerStamps, shortestConsumerLag } from "../domain/rotation/read-fields";
import { podAnnotations, stampAnnotations } from "../domain/rotation/stamp";
import type { Ledger } from "../domain/rotation/stages";
import { declareSecretReader } from "../access/secret-reader";
import type { Workload } from "../access/service-account";
import type { Document } from "../secrets/document";
import { isSynced } from "../stores/store";
import type { EntryName, SecretStore, SyncedStore } from "../stores/store";
import { declareExternalSecret } from "./external-secret";
import type { Synced } from "./external-secret";
import type { Lease } from "./lease";
import { asEnvironment, asFiles } from "./mounts";
import type { PodParts } from "./mounts";
import { declareNativeSecret } from "./native-secret";
import { configVariables, secretVariables } from "./variables";
import type { ConfigVariable, SecretVariable } from "./variables";

/** What a consumer asks of the stores: an identity that reads exactly these entries. */
export interface Reader {
    /** `devplatform-prod-backend` */
    readonly identity: string;
    readonly workload: Workload;
    readonly documents: readonly { readonly document: Document; readonly entry: EntryName }[];
    /** Entries of configuration values, where a store of the cloud holds them. */
    readonly config: readonly EntryName[];
    /** Its SecretStores. */
    readonly secretStores: readonly string[];
}

export interface ConsumerArgs {
    readonly names: Names;
    readonly platform: Platform;
    readonly consumer: string;
    readonly spec: ConsumerSpec;
    readonly documents: Readonly<Record<string, Document>>;
    readonly ledger: Ledger;
    /** The platform's configuration in this environment, by name. */
    readonly settings: Readonly<Record<string, string>>;
    readonly store: SecretStore;
    /** Absent where a ConfigMap holds the configuration. */
    readonly configStore: SyncedStore | undefined;
    /** Declares the identity in the stores; returns the annotations its service account needs. */
    readonly grant: (
        reader: Reader,
        opts: pulumi.ComponentResourceOptions,
    ) => Readonly<Record<string, string>>;
    /** Declares what the consumer needs to lease accounts of a document; asked only for one that Vault leases. */
    readonly lease: (document: Document, workload: Workload, opts: pulumi.ComponentResourceOptions) => Lease;
    readonly refreshInterval: string;
    readonly namespace: pulumi.Resource;
    readonly kubernetes: pulumi.ProviderResource;
    /** Keep Secrets of a cluster that is the store itself. */
    readonly protect: boolean;
}

/**
 * One workload and everything that lets it read its documents and nothing else: a service account, its identity in
 * the stores, the sync or the Secret, RBAC, and the parts of a pod that use them. The Deployment is the platform's.
 */
export class Consumer extends pulumi.ComponentResource {
    readonly workload: Workload;
    /** Spread into the pod template of the workload. */
    readonly podParts: PodParts;
    /** What External Secrets Operator does for it. */
    readonly synced: readonly Synced[];

    constructor(name: string, args: ConsumerArgs, opts: pulumi.ComponentResourceOptions) {
        const { names, platform, consumer, spec, configStore } = args;
        const readable = readableDocuments(args);
        super(
            "strongroom:delivery:Consumer",
            name,
            {
                platform: names.platform,
                consumer,
                environment: names.environment,
                namespace: names.namespace,
                serviceAccount: consumer,
                workload: spec.workload,
                takes: spec.takes,
                secretName: spec.secretName,
                reads: readable.map(({ document }) => document.id).sort(),
            },
            opts,
        );
        this.workload = { namespace: names.namespace, serviceAccount: consumer };
        const { environment } = names;
        const labels = kubernetesLabels({
            environment,
            platform: platform.name,
            owner: platform.owner,
            class: "delivery",
        });
        const config = configVariables(platform, spec, args.settings);

        const account = this.declareAccount(name, args, labels, readable, config);
        const target: Target = { name, labels, account };
        const reads = readable.flatMap(deliverable);
        const secret = reads.length === 0 ? undefined : this.deliverSecrets(args, target, reads);
        const configured = config.length === 0 ? undefined : this.deliverConfig(args, target, config);
        this.synced = [secret?.synced, configured?.synced].filter((each) => each !== undefined);

        const configIsSecret = configStore !== undefined;
        const secretNames = [secret?.name, configIsSecret ? configured?.name : undefined].filter(
            (each) => each !== undefined,
        );
        if (secretNames.length > 0) {
            const reader = { workload: this.workload, secretNames, labels, provider: args.kubernetes };
            declareSecretReader(name, reader, { parent: this, dependsOn: [account] });
        }
        const variables = reads.flatMap((read) => read.variables.map(({ variable }) => variable)).sort();
        const source =
            configured === undefined ? undefined : { name: configured.name, isSecret: configIsSecret };
        const annotations = podAnnotations(consumerStamps(platform, spec, args.ledger));
        this.podParts =
            spec.takes === "files"
                ? asFiles(spec.secretName, variables, source)
                : asEnvironment(spec.secretName, variables, annotations, source);
        this.registerOutputs({});
    }

    /** The service account, which stands for an identity in each store that holds something for it. */
    private declareAccount(
        name: string,
        args: ConsumerArgs,
        labels: Readonly<Record<string, string>>,
        documents: readonly Read[],
        config: readonly ConfigVariable[],
    ): core.ServiceAccount {
        const { names, consumer, configStore, namespace, kubernetes } = args;
        const entries = config.map((value) => configEntry(names, value));
        const kept = documents.filter(({ document }) => !document.isLeased);
        const stored = configStore === undefined ? [] : entries;
        const reader = {
            identity: names.identity(consumer),
            workload: this.workload,
            documents: kept,
            config: stored,
            secretStores: [
                ...(kept.length === 0 ? [] : [consumer]),
                ...(stored.length === 0 ? [] : [configName(consumer)]),
            ],
        };
        const annotations = { ...args.grant(reader, { parent: this }) };
        return new core.ServiceAccount(
            name,
            {
                metadata: { name: consumer, namespace: names.namespace, labels: { ...labels }, annotations },
                automountServiceAccountToken: false,
            },
            { parent: this, provider: kubernetes, dependsOn: [namespace] },
        );
    }

    /** The Secret, synced from its store or declared as it is. */
    private deliverSecrets(args: ConsumerArgs, target: Target, reads: readonly Read[]): Delivered {
        const { consumer, store, spec, platform, ledger } = args;
        const documents = reads.map(({ document }) => document);
        const annotations = stampAnnotations(
            documents.map(({ id }) => id),
            consumerStamps(platform, spec, ledger),
        );
        const place = this.placeOf(args, target);
        if (isSynced(store)) {
            const leases = reads
                .filter(({ document }) => document.isLeased)
                .map(({ document, entry, variables }) => ({
                    name: `${consumer}-${entry.storedName}`,
                    lease: args.lease(document, this.workload, { parent: this }),
                    variables,
                }));
            const kept = reads.filter(({ document }) => !document.isLeased);
            const consumerLag = shortestConsumerLag(platform, spec);
            const what = { store, reads: kept, leases, annotations, consumerLag, written: documents };
            const asked = { ...place, ...what, name: consumer, secretName: spec.secretName };
            const synced = declareExternalSecret(target.name, asked, { parent: this });
            return { name: spec.secretName, synced };
        }
        const native = { name: spec.secretName, reads, annotations, protect: args.protect };
        declareNativeSecret(target.name, { ...place, ...native }, { parent: this });
        return { name: spec.secretName };
    }

    /** The ConfigMap, or the Secret where a store of the cloud holds the configuration. */
    private deliverConfig(args: ConsumerArgs, target: Target, config: readonly ConfigVariable[]): Delivered {
        const { names, consumer, configStore, kubernetes } = args;
        const name = configName(consumer);
        if (configStore === undefined) {
            const metadata = { name, namespace: names.namespace, labels: { ...target.labels } };
            const data = Object.fromEntries(config.map(({ variable, value }) => [variable, value]));
            const opts = { parent: this, provider: kubernetes, dependsOn: [target.account] };
            new core.ConfigMap(target.name, { metadata, data }, opts);
            return { name };
        }
        const reads = config.map((value) => ({
            entry: configEntry(names, value),
            variables: [{ variable: value.variable, storedField: value.name }],
        }));
        const own = { name, secretName: name, annotations: {}, consumerLag: undefined };
        const asked = { ...own, store: configStore, reads, written: [] };
        const synced = declareExternalSecret(
            `${target.name}-config`,
            { ...this.placeOf(args, target), ...asked },
            { parent: this },
        );
        return { name, synced };
    }

    /** Where the objects of this consumer stand, and what they carry. */
    private placeOf(
        { names, consumer, refreshInterval, kubernetes }: ConsumerArgs,
        { labels, account }: Target,
    ) {
        return {
            namespace: names.namespace,
            labels,
            provider: kubernetes,
            dependsOn: [account],
            serviceAccount: consumer,
            role: names.identity(consumer),
            refreshInterval,
        };
    }
}

/** What the objects of one consumer have in common. */
interface Target {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly account: core.ServiceAccount;
}

/** A Secret or ConfigMap, and what is synced for it. */
interface Delivered {
    readonly name: string;
    readonly synced?: Synced;
}

/** Names the ConfigMap, and what syncs it where it is a Secret. */
const configName = (consumer: string): string => `${consumer}-config`;

/** A document with the variables that are taken from it. */
interface Read {
    readonly document: Document;
    readonly entry: EntryName;
    readonly variables: readonly SecretVariable[];
}

/** All documents that the identity may read, whether or not they have a value yet. */
function readableDocuments({ names, platform, spec, documents, ledger }: ConsumerArgs): Read[] {
    return Object.entries(secretVariables(platform, spec, ledger)).flatMap(([documentName, variables]) => {
        const document = documents[documentName];
        if (document === undefined) return [];
        const entry = { names, storedName: document.storedName, format: document.spec.format ?? "json" };
        return [{ document, entry, variables }];
    });
}

/** What is synced has a value, or has to have one: a sync fails as a whole on an optional key that is missing. */
function deliverable({ variables, ...read }: Read): Read[] {
    const present = variables.filter(({ storedField }) => !read.document.absent.has(storedField));
    return present.length === 0 ? [] : [{ ...read, variables: present }];
}

function configEntry(names: Names, { name }: ConfigVariable): EntryName {
    return { names, storedName: name, format: "text" };
}
