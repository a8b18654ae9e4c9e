import type { RotatingField } from "./rotation/due";

/** What the ledger calls the key of etcd: the field of the document that API servers fetch. */
export const ETCD_FIELD = "control-plane/encryption-config.key";

/**
 * The name of a generation of the key. API servers write it into etcd beside each value, which says what reads it, so
 * it belongs to one generation for ever.
 */
export function encryptionKeyName(generation: number): string {
    return `g${String(generation)}`;
}

/** How an API server encrypts with a key of its own. `aescbc` is weak, says the Kubernetes documentation. */
export const ENCRYPTION_PROVIDERS = ["secretbox", "aescbc"] as const;
export type EncryptionProvider = (typeof ENCRYPTION_PROVIDERS)[number];

/** Which generations an API server uses with which provider. */
export interface EncryptionProviders {
    readonly provider: EncryptionProvider;
    /** Generations up to one of them keep another provider, which is the only one that reads what they wrote. */
    readonly earlier?: { readonly provider: EncryptionProvider; readonly through: number } | undefined;
}

/** A generation keeps its provider for ever: another one can't read what was written with the same key. */
export function providerOf(
    { provider, earlier }: EncryptionProviders,
    generation: number,
): EncryptionProvider {
    return earlier !== undefined && generation <= earlier.through ? earlier.provider : provider;
}

/**
 * Every API server has to read a key before one writes with it. Servers that watch their file see a change within a
 * minute; those that do not are restarted, one after the other.
 */
export const ETCD_ROTATION: RotatingField = {
    rotationClass: {
        name: "etcd-key",
        strategy: "overlap",
        announce: "3 days",
        consumerLag: "1 day",
        producerLag: "1 day",
        grace: "4 days",
        encryptsData: true,
    },
    every: "180 days",
};

/** The versions of the API that rewrites what is stored, the newest first. */
export const MIGRATION_APIS = [
    "storagemigration.k8s.io/v1",
    "storagemigration.k8s.io/v1beta1",
    "storagemigration.k8s.io/v1alpha1",
] as const;
