import type * as pulumi from "@pulumi/pulumi";
import { AuthBackend } from "@pulumi/vault/authBackend";
import * as kubernetes from "@pulumi/vault/kubernetes";
import * as kv from "@pulumi/vault/kv";
import { Mount } from "@pulumi/vault/mount";

export interface VaultMountArgs {
    /** The path of the KV engine. */
    readonly mount: string;
    /** Versions of an entry that are kept: an overlap and its way back need three. */
    readonly maxVersions: number;
    /** Clusters whose workloads log in: where their auth method is mounted, and their API server. */
    readonly authMounts: readonly { readonly path: string; readonly apiServer: string }[];
    readonly provider: pulumi.ProviderResource;
    readonly protect: boolean;
}

/**
 * The KV engine of version 2 and the Kubernetes auth methods of an environment's Vault.
 *
 * `casRequired` is off. With it each write names the version that it follows, which the program can't know: versions
 * count writes, not generations, and one that somebody else made has a number too. The provider also sends `cas` where
 * Vault does not look for it (terraform-provider-vault, issues 1727 and 2472), so that every write would be refused.
 * What it is for is held otherwise: the stack alone may write (policies VLT-01 and VLT-02 refuse a Vault policy that lets
 * somebody else), it runs once at a time by the lock of the Pulumi backend, and what a write replaced is in `maxVersions`.
 *
 * @returns the resource that entries of the engine wait for.
 */
export function declareVaultMount(
    args: VaultMountArgs,
    opts: pulumi.ComponentResourceOptions,
): pulumi.Resource {
    const { mount, maxVersions, authMounts, provider, protect } = args;
    const own = { ...opts, provider };
    const engine = new Mount(
        mount,
        { path: mount, type: "kv", options: { version: "2" }, description: "Secrets of the platforms" },
        { ...own, protect },
    );
    const backend = new kv.SecretBackendV2(
        mount,
        { mount: engine.path, maxVersions, casRequired: false },
        own,
    );
    for (const { path, apiServer } of authMounts) {
        const auth = new AuthBackend(path, { type: "kubernetes", path }, own);
        new kubernetes.AuthBackendConfig(path, { backend: auth.path, kubernetesHost: apiServer }, own);
    }
    return backend;
}
