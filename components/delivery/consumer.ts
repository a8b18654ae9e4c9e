import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Consumer as ConsumerSpec, Platform } from "../domain/catalogue";
import type { Names } from "../domain/names";
import { kubernetesLabels, stampAnnotations } from "../domain/ownership";
import type { Ledger } from "../domain/stages";
import { declareSecretReader } from "../access/secret-reader";
import type { Workload } from "../access/service-account";
import type { Document } from "../secrets/document";
import { isSynced } from "../stores/store";
import type { EntryName, SecretStore, SyncedStore } from "../stores/store";
import { declareExternalSecret } from "./external-secret";
import { asEnvironment, asFiles } from "./mounts";
import type { PodParts } from "./mounts";
import { declareNativeSecret } from "./native-secret";
import { configVariables, secretVariables } from "./variables";

/** What a consumer asks of the stores: an identity that reads exactly these entries. */
export interface Reader {
    /** `devplatform-prod-backend` */
    readonly identity: string;
    readonly workload: Workload;
    readonly documents: readonly { readonly document: Document; readonly entry: EntryName }[];
    /** Entries of configuration values, where a store of the cloud holds them. */
    readonly config: readonly EntryName[];
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
    readonly refreshInterval: string;
    readonly namespace: pulumi.Resource;
    readonly kubernetes: pulumi.ProviderResource;
}

/**
 * One workload and everything that lets it read its documents and nothing else: a service account, its identity in
 * the stores, the sync or the Secret, RBAC, and the parts of a pod that use them. The Deployment is the platform's.
 */
export class Consumer extends pulumi.ComponentResource {
    readonly workload: Workload;
    /** Spread into the pod template of the workload. */
    readonly podParts: PodParts;

    constructor(name: string, args: ConsumerArgs, opts: pulumi.ComponentResourceOptions) {
        const { names, platform, consumer, spec, documents, store, configStore, kubernetes } = args;
        const taken = Object.entries(secretVariables(platform, spec, args.ledger)).flatMap(
            ([documentName, variables]) => {
                const document = documents[documentName];
                return document === undefined
                    ? []
                    : [{ document, entry: entryOf(names, document), variables }];
            },
        );
        const config = configVariables(platform, spec, args.settings);
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
                reads: taken.map(({ document }) => document.id).sort(),
            },
            opts,
        );
        this.workload = { namespace: names.namespace, serviceAccount: consumer };
        const ownership = {
            environment: names.environment,
            platform: names.platform,
            owner: platform.owner,
            class: "delivery",
        } as const;
        const labels = kubernetesLabels(ownership);
        const child = { parent: this };
        const object = { ...child, provider: kubernetes, dependsOn: [args.namespace] };

        const configEntries = config.map((value): EntryName => ({
            names,
            storedName: value.name,
            format: "text",
        }));
        const grantAnnotations = args.grant(
            {
                identity: names.identity(consumer),
                workload: this.workload,
                documents: taken,
                config: configStore === undefined ? [] : configEntries,
            },
            child,
        );
        const account = new core.ServiceAccount(
            name,
            {
                metadata: {
                    name: consumer,
                    namespace: names.namespace,
                    labels,
                    annotations: { ...grantAnnotations },
                },
                automountServiceAccountToken: false,
            },
            object,
        );

        const delivered = { namespace: names.namespace, labels, provider: kubernetes, dependsOn: [account] };
        const synced = {
            ...delivered,
            serviceAccount: consumer,
            role: names.identity(consumer),
            refreshInterval: args.refreshInterval,
        };
        const annotations = stampAnnotations(taken.map(({ document: { id, stamp } }) => ({ id, stamp })));
        const secretNames: string[] = [];
        if (taken.length > 0) {
            secretNames.push(spec.secretName);
            if (isSynced(store)) {
                const secret = {
                    name: consumer,
                    secretName: spec.secretName,
                    store,
                    reads: taken,
                    annotations,
                };
                declareExternalSecret(name, { ...synced, ...secret }, child);
            } else {
                const secret = { name: spec.secretName, reads: taken, annotations };
                declareNativeSecret(name, { ...delivered, ...secret }, child);
            }
        }
        const configName = config.length === 0 ? undefined : `${consumer}-config`;
        if (configName !== undefined && configStore !== undefined) {
            secretNames.push(configName);
            const reads = config.map(({ variable, name: storedName }) => ({
                entry: { names, storedName, format: "text" } as const,
                variables: [{ variable, storedField: storedName }],
            }));
            const secret = {
                name: configName,
                secretName: configName,
                store: configStore,
                reads,
                annotations: {},
            };
            declareExternalSecret(`${name}-config`, { ...synced, ...secret }, child);
        } else if (configName !== undefined) {
            new core.ConfigMap(
                name,
                {
                    metadata: { name: configName, namespace: names.namespace, labels },
                    data: Object.fromEntries(config.map(({ variable, value }) => [variable, value])),
                },
                object,
            );
        }
        if (secretNames.length > 0) {
            const reader = { workload: this.workload, secretNames, labels, provider: kubernetes };
            declareSecretReader(name, reader, { ...child, dependsOn: [account] });
        }

        const variables = taken.flatMap((read) => read.variables.map(({ variable }) => variable)).sort();
        const source =
            configName === undefined ? undefined : { name: configName, isSecret: configStore !== undefined };
        this.podParts = (spec.takes === "files" ? asFiles : asEnvironment)(
            spec.secretName,
            variables,
            source,
        );
        this.registerOutputs({});
    }
}

function entryOf(names: Names, document: Document): EntryName {
    return { names, storedName: document.storedName, format: document.spec.format ?? "json" };
}
