import { formatReference } from "../domain/references";
import type { EntryName, SecretStore } from "./store";

export interface KubernetesStoreArgs {
    /** The Secret and the key in it that hold a field, by document and stored field; undefined when none does. */
    readonly locate: (
        document: string,
        storedField: string,
    ) => { secretName: string; key: string } | undefined;
}

/**
 * The cluster itself as the store: a document has no object of its own, its values go into the Secrets of the
 * consumers that read it. They are as safe as etcd is encrypted, which `encryption/` declares.
 */
export class KubernetesStore implements SecretStore {
    readonly kind = "kubernetes";

    constructor(private readonly args: KubernetesStoreArgs) {}

    path({ names }: EntryName): string {
        return names.namespace;
    }

    reference({ names, storedName }: EntryName, storedField: string): string | undefined {
        const found = this.args.locate(storedName, storedField);
        if (found === undefined) return undefined;
        const path = `${names.namespace}/${found.secretName}`;
        return formatReference({ scheme: "kubernetes", path, field: found.key });
    }

    write(): void {
        // Declared with each consumer: see delivery/native-secret.
    }
}
