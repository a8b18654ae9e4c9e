import * as pulumi from "@pulumi/pulumi";
import { addTo } from "../domain/grouped";
import { ETCD_FIELD, encryptionKeyName, ETCD_ROTATION, providerOf } from "../domain/encryption-key";
import type { EncryptionProvider, EncryptionProviders } from "../domain/encryption-key";
import { Names } from "../domain/names";
import type { Ownership } from "../domain/ownership";
import { base64 } from "../domain/fields";
import { rotationTags } from "../domain/rotation/rotation-tags";
import { stampOf } from "../domain/rotation/stamp";
import { liveStages } from "../domain/rotation/stages";
import type { Generations, Stage } from "../domain/rotation/stages";
import { drawValue } from "../secrets/drawn-value";
import type { EntryName, SecretStore } from "../stores/store";

const PLATFORM = "control-plane";
const DOCUMENT = "encryption-config";

export interface EtcdEncryptionArgs {
    readonly environment: string;
    readonly owner: string;
    /** `secretbox` unless the cluster can't. */
    readonly providers: EncryptionProviders;
    readonly generations: Generations;
    /** Where the control plane fetches its configuration: never the cluster that it protects. */
    readonly store: SecretStore;
    readonly random: pulumi.ProviderResource;
    /** What drawn keys wait for. */
    readonly stateMark: pulumi.Resource;
}

export interface EncryptionKey {
    readonly provider: EncryptionProvider;
    readonly name: string;
    readonly secret?: pulumi.Input<string>;
}

/**
 * The EncryptionConfiguration of a cluster that runs its own control plane, made of the live generations of its key.
 * The document is a secret and goes to a store outside the cluster.
 *
 * @see Kubernetes, "Encrypting Confidential Data at Rest".
 */
export class EtcdEncryption extends pulumi.ComponentResource {
    readonly id = `${PLATFORM}/${DOCUMENT}`;
    readonly store: SecretStore;
    /** The document, as the store names it. */
    readonly entry: EntryName;

    constructor(name: string, args: EtcdEncryptionArgs, opts?: pulumi.ComponentResourceOptions) {
        const names = new Names(PLATFORM, args.environment);
        const order = keyOrder(args.generations);
        const declared = { field: ETCD_FIELD, generations: { ...args.generations } };
        // Reviewers and policies see the shape; the keys themselves are children and can't be inputs of their parent.
        const named = ({ generation }: { readonly generation: number }): EncryptionKey => ({
            provider: providerOf(args.providers, generation),
            name: encryptionKeyName(generation),
        });
        const shape = encryptionConfiguration(order.map(named));
        super("strongroom:encryption:EtcdEncryption", name, { configuration: shape, ...declared }, opts);
        const keys = order.map((live): EncryptionKey => ({
            ...named(live),
            secret: drawValue(ETCD_FIELD, live.generation, base64(32), {
                parent: this,
                provider: args.random,
                dependsOn: args.stateMark,
            }),
        }));
        const configuration = encryptionConfiguration(keys);
        const ownership: Ownership = {
            environment: args.environment,
            platform: PLATFORM,
            owner: args.owner,
            class: "encryption",
        };
        this.store = args.store;
        this.entry = { names, storedName: DOCUMENT, format: "json" };
        args.store.write(
            {
                ...this.entry,
                id: this.id,
                description: "EncryptionConfiguration of the API servers",
                ownership,
                rotationTags: rotationTags([ETCD_ROTATION]),
                stamp: stampOf([{ ...ETCD_ROTATION, field: "key", generations: args.generations }]),
                content: {
                    configuration: pulumi.secret(
                        pulumi.output(configuration).apply((known) => JSON.stringify(known)),
                    ),
                },
            },
            { parent: this },
        );
        this.registerOutputs(declared);
    }
}

/**
 * The order in which API servers try keys: the first one writes, all of them read. A key that is only announced comes
 * second, so that every server can read it before one writes with it.
 */
export function keyOrder(generations: Generations): { stage: Stage; generation: number }[] {
    const rank: Record<Stage, number> = { current: 0, next: 1, previous: 2 };
    return liveStages(generations).sort((a, b) => rank[a.stage] - rank[b.stage]);
}

/**
 * Secrets are encrypted with the first key, by its provider. `identity` comes last, so that what was written before encryption is still
 * readable; in the first place it would mean no encryption.
 */
export function encryptionConfiguration(keys: readonly EncryptionKey[]) {
    const byProvider = new Map<EncryptionProvider, Omit<EncryptionKey, "provider">[]>();
    for (const { provider, ...key } of keys) addTo(byProvider, provider, key);
    const providers = [...byProvider].map(([provider, own]) => ({ [provider]: { keys: own } }));
    return {
        apiVersion: "apiserver.config.k8s.io/v1",
        kind: "EncryptionConfiguration",
        resources: [{ resources: ["secrets"], providers: [...providers, { identity: {} }] }],
    };
}
