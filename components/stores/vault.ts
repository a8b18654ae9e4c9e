import * as pulumi from "@pulumi/pulumi";
import * as kv from "@pulumi/vault/kv";
import { formatReference } from "../domain/references";
import { contentText, entryTags, fieldRef } from "./store";
import type { EntryName, RemoteRef, StoreEntry, SyncedStore } from "./store";

export interface VaultStoreArgs {
    readonly address: string;
    /** The path of a KV engine of version 2. */
    readonly mount: string;
    /** The resource that makes the mount; entries wait for it. */
    readonly mounted: pulumi.Resource;
    readonly namespace?: string | undefined;
    /** The mount of the Kubernetes auth method that readers log in at. */
    readonly authMount: string;
    readonly protect: boolean;
    readonly provider: pulumi.ProviderResource;
}

/** HashiCorp Vault or OpenBao, KV version 2: `yosai/prod/db` below the mount. */
export class VaultStore implements SyncedStore {
    readonly kind = "vault";
    readonly readsAs = "service account";

    constructor(private readonly args: VaultStoreArgs) {}

    path({ names, storedName }: EntryName): string {
        return names.document(storedName);
    }

    /** The path of the HTTP API, which policies name: version 2 puts `data` after the mount. */
    dataPath(entry: EntryName): string {
        return `${this.args.mount}/data/${this.path(entry)}`;
    }

    /** Where version 2 keeps what it knows about an entry, and what an entry says about itself. */
    metadataPath(entry: EntryName): string {
        return `${this.args.mount}/metadata/${this.path(entry)}`;
    }

    reference(entry: EntryName, storedField: string): string {
        return formatReference({ scheme: "vault", path: this.dataPath(entry), field: storedField });
    }

    write(entry: StoreEntry, opts: pulumi.ComponentResourceOptions): void {
        // An entry of KV version 2 comes into being with its first version.
        if (entry.content === undefined) return;
        const text = pulumi.all(entry.content).apply((content) => contentText("json", content));
        new kv.SecretV2(
            entry.id,
            {
                mount: this.args.mount,
                name: this.path(entry),
                dataJson: pulumi.secret(text),
                customMetadata: { data: entryTags(entry) },
            },
            {
                ...opts,
                provider: this.args.provider,
                protect: this.args.protect,
                dependsOn: [this.args.mounted],
            },
        );
    }

    remoteRef(entry: EntryName, storedField: string): RemoteRef {
        // Vault has no text documents: an entry is always an object.
        return fieldRef(this.path(entry), "json", storedField);
    }

    providerBlock(serviceAccount: string, role: string): Record<string, unknown> {
        const { mount } = this.args;
        return { vault: { ...this.loginBlock(serviceAccount, role), path: mount, version: "v2" } };
    }

    /** Where Vault is, and as whom a service account logs in. */
    loginBlock(serviceAccount: string, role: string): Record<string, unknown> {
        const { address, namespace, authMount } = this.args;
        return {
            server: address,
            ...(namespace === undefined ? {} : { namespace }),
            auth: {
                kubernetes: { mountPath: authMount, role, serviceAccountRef: { name: serviceAccount } },
            },
        };
    }
}
