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
