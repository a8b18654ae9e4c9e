import { Audit } from "@pulumi/vault/audit";
import type * as pulumi from "@pulumi/pulumi";

export interface VaultAuditArgs {
    /** A path on each server, or `stdout` for the log that a container's runtime collects. */
    readonly file: string;
    readonly provider: pulumi.ProviderResource;
    readonly protect: boolean;
}

/**
 * Vault's record of each request and its answer, with every value as a keyed hash: `log_raw` would write them in clear.
 * The accessor of a token is hashed as well, since it can revoke the token.
 *
 * A server that can't write to any of its devices answers nobody: give the file's disk room, or use `stdout`.
 *
 * @see Vault, "Audit devices": blocked audit devices; "Production hardening": enable auditing
 */
export function declareVaultAudit(
    name: string,
    { file, provider, protect }: VaultAuditArgs,
    opts: pulumi.ComponentResourceOptions,
): void {
    new Audit(
        name,
        {
            path: name,
            type: "file",
            description: "Every request, with hashed values",
            options: { file_path: file, log_raw: "false", hmac_accessor: "true" },
        },
        { ...opts, provider, protect },
    );
}
