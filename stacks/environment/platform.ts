import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Platform as PlatformSpec } from "../../components/domain/catalogue";
import { documentOrder } from "../../components/domain/document-order";
import { addTo } from "../../components/domain/grouped";
import { kubernetesLabels } from "../../components/domain/ownership";
import type { Ownership } from "../../components/domain/ownership";
import type { Ledger } from "../../components/domain/rotation/stages";
import { Consumer } from "../../components/delivery/consumer";
import type { Synced } from "../../components/delivery/external-secret";
import type { PodParts } from "../../components/delivery/mounts";
import { Document } from "../../components/secrets/document";
import type { SecretStore } from "../../components/stores/store";
import { storedNameOf } from "../config/paths";
import type { PlatformConfig, StackConfig } from "../config/schema";
import { settingsOf } from "../config/settings";
import { declareDatabases, leaseOf } from "./databases";
import { declareGrants } from "./grants";
import { accessKeyCreator } from "./access-keys";
import { writtenDocument } from "./ci";
import type { WrittenDocument } from "./ci";
import { nativeDocument } from "./native";
import { declareOperator } from "./operator";
import { configured, documentStore, namesOf, parameterStore } from "./platform-stores";
import type { Systems } from "./systems";

export interface PlatformArgs {
    readonly spec: PlatformSpec;
    readonly platformConfig: PlatformConfig;
    readonly config: StackConfig;
    readonly systems: Systems;
    readonly ledger: Ledger;
    /** Values that others issued, by field id; secret. */
    readonly values: Readonly<Record<string, pulumi.Output<string>>>;
    readonly random: pulumi.ProviderResource;
    readonly stateMark: pulumi.Resource;
}

/** An entry of a store with those who may read it. */
export interface ReadDocument {
    /** As the store's own API takes it. */
    readonly path: string;
    /** `identity` names an IAM role or one of Vault, `accountId` a service account of GCP. */
    readonly readers: readonly { readonly identity: string; readonly accountId: string }[];
}

/** One platform in one environment: its documents, its configuration, and those that read them. */
export class Platform extends pulumi.ComponentResource {
    /** What each consumer's Deployment spreads into its pod template, by consumer. */
    readonly podParts: Readonly<Record<string, PodParts>>;
    readonly store: SecretStore["kind"];
    /** The entries of its store, each with the identities that a grant lets in. */
    readonly documents: readonly ReadDocument[];
    /** Its documents as their stores name them. */
    readonly written: readonly WrittenDocument[];

    constructor(args: PlatformArgs, opts?: pulumi.ComponentResourceOptions) {
        const { spec, platformConfig, config, systems, ledger, values, random, stateMark } = args;
        const { environment, protect } = config;
        super(
            "strongroom:stacks:Platform",
            spec.name,
            {
                platform: spec.name,
                title: spec.title,
                environment,
                owner: spec.owner,
                managed: { ...spec.managed },
            },
            opts,
        );
        const names = namesOf(spec.name, config);
        const settings = settingsOf(spec, platformConfig.settings);
        const cluster = configured(systems.clusters[platformConfig.cluster], platformConfig.cluster);
        const ownership: Ownership = {
            environment,
            platform: spec.name,
            owner: spec.owner,
            class: "delivery",
        };
        const child = { parent: this };

        const namespace = new core.Namespace(
            spec.name,
            { metadata: { name: names.namespace, labels: kubernetesLabels(ownership) } },
            { ...child, provider: cluster.provider, protect },
        );

        const store = documentStore(spec, platformConfig, config, systems, ledger);
        const documents: Record<string, Document> = {};
        const outOfBand = new Set(config.outOfBand);
        for (const document of documentOrder(spec)) {
            const documentSpec = configured(spec.documents[document], document);
            const shared = {
                names,
                store,
                ledger,
                values,
                outOfBand,
                settings,
                siblings: documents,
                random,
                stateMark,
                createAccessKey: accessKeyCreator(names, platformConfig, config, systems),
            };
            const storedName = storedNameOf(document, platformConfig);
            documents[document] = new Document(
                `${spec.name}/${document}`,
                {
                    ...shared,
                    document,
                    storedName,
                    spec: documentSpec,
                    owner: spec.owner,
                    native: nativeDocument(documentSpec, platformConfig.native[document]),
                },
                child,
            );
        }

        const configStore =
            platformConfig.config === "aws-parameter-store"
                ? parameterStore(configured(systems.aws, "aws"), cluster, protect)
                : undefined;
        for (const [name, value] of configStore === undefined ? [] : Object.entries(settings)) {
            const description = spec.config[name]?.description ?? name;
            const entry = {
                names,
                name,
                value,
                description,
                ownership: { ...ownership, class: "config" } as const,
            };
            configStore?.writeConfig(entry, child);
        }

        const databases = { names, spec, platformConfig, cluster, systems, store, documents, protect };
        declareDatabases(databases, child);

        const grants = { names, ownership, cluster, systems, store, configStore };
        const podParts: Record<string, PodParts> = {};
        const readers = new Map<Document, ReadDocument["readers"][number][]>();
        const synced: Synced[] = [];
        for (const [consumer, consumerSpec] of Object.entries(spec.consumers)) {
            const declared = new Consumer(
                `${spec.name}/${consumer}`,
                {
                    names,
                    platform: spec,
                    consumer,
                    spec: consumerSpec,
                    documents,
                    ledger,
                    settings,
                    store,
                    configStore,
                    grant: (reader, opts) => {
                        const { identity, workload } = reader;
                        const accountId = names.serviceAccountId(workload.serviceAccount);
                        for (const { document } of reader.documents)
                            addTo(readers, document, { identity, accountId });
                        return declareGrants(grants, reader, opts);
                    },
                    lease: (document, workload, opts) =>
                        leaseOf(databases, consumer, document, workload, opts),
                    refreshInterval: config.refreshInterval,
                    namespace,
                    kubernetes: cluster.provider,
                    protect,
                },
                child,
            );
            podParts[consumer] = declared.podParts;
            synced.push(...declared.synced);
        }
        declareOperator(spec.name, synced, { names, ownership, cluster, namespace }, child);
        this.podParts = podParts;
        this.store = store.kind;
        const stored = Object.values(documents).filter(({ isLeased }) => !isLeased);
        this.documents = stored.map((document) => {
            const { storedName, spec: documentSpec } = document;
            const path = store.path({ names, storedName, format: documentSpec.format ?? "json" });
            return { path, readers: readers.get(document) ?? [] };
        });
        this.written = Object.values(documents)
            .filter(({ isLeased }) => !isLeased)
            .map((document) => writtenDocument(names, document));
        this.registerOutputs({});
    }
}
