import type { Verb } from "./verbs";

/** One way to do something in Vault: a capability on a path. */
export interface VaultAction {
    readonly path: string;
    /** One of them is enough. */
    readonly capabilities: readonly string[];
    /** True for listing, where Vault also takes rules for the path without the slash at its end. */
    readonly isList?: boolean;
}

export type VaultEngine = "kv-v2" | "plain" | "lease";

const WRITE = ["create", "update", "patch"];
/** The path above a name, with its slash: what a list is asked of. */
const above = (name: string): string => name.slice(0, name.lastIndexOf("/") + 1);

/**
 * What does a verb on an entry. KV v2 puts `data/` between mount and name for reading and writing, and other words
 * for the rest; a lease is made for whoever reads it.
 *
 * @see HashiCorp Vault, "KV secrets engine version 2" API, and "Database secrets engine"
 */
export function actionsOf(
    engine: VaultEngine,
    mount: string,
    name: string,
): Readonly<Partial<Record<Verb, readonly VaultAction[]>>> {
    const list = (path: string): VaultAction => ({ path, capabilities: ["list"], isList: true });
    switch (engine) {
        case "kv-v2":
            return {
                read: [{ path: `${mount}/data/${name}`, capabilities: ["read"] }],
                list: [
                    list(`${mount}/metadata/${above(name)}`),
                    { path: `${mount}/metadata/${name}`, capabilities: ["read"] },
                    { path: `${mount}/subkeys/${name}`, capabilities: ["read"] },
                ],
                write: [
                    { path: `${mount}/data/${name}`, capabilities: WRITE },
                    { path: `${mount}/undelete/${name}`, capabilities: ["create", "update"] },
                ],
                delete: [
                    { path: `${mount}/data/${name}`, capabilities: ["delete"] },
                    { path: `${mount}/metadata/${name}`, capabilities: ["delete"] },
                    { path: `${mount}/delete/${name}`, capabilities: ["create", "update"] },
                    { path: `${mount}/destroy/${name}`, capabilities: ["create", "update"] },
                ],
                grant: [],
            };
        case "plain":
            return {
                read: [{ path: `${mount}/${name}`, capabilities: ["read"] }],
                list: [list(`${mount}/${above(name)}`)],
                write: [{ path: `${mount}/${name}`, capabilities: WRITE }],
                delete: [{ path: `${mount}/${name}`, capabilities: ["delete"] }],
                grant: [],
            };
        case "lease":
            return {
                read: [{ path: `${mount}/creds/${name}`, capabilities: ["read"] }],
                list: [list(`${mount}/roles/`), { path: `${mount}/roles/${name}`, capabilities: ["read"] }],
                write: [{ path: `${mount}/roles/${name}`, capabilities: WRITE }],
                delete: [{ path: `${mount}/roles/${name}`, capabilities: ["delete"] }],
                grant: [],
            };
    }
}

/** Paths where writing changes who may: policies, logins and their roles, identities, mounts and the seal. */
export const GRANT_PATHS: readonly RegExp[] = [
    /^sys\/(?:policies\/acl|policy)\/./u,
    /^sys\/(?:auth|mounts|remount|raw|generate-root|rekey|namespaces|config)(?:\/|$)/u,
    /^auth\/.+\/(?:role|users|groups|config|map)(?:\/|$)/u,
    /^identity\/(?:entity|group|entity-alias|group-alias|oidc|mfa)(?:\/|$)/u,
];

/** Paths that stand for the kinds above, asked of every policy. */
export const GRANT_PROBES: readonly string[] = [
    "sys/policies/acl/undeclared",
    "sys/policy/undeclared",
    "sys/auth/undeclared",
    "sys/mounts/undeclared",
    "sys/raw/undeclared",
    "auth/undeclared/role/undeclared",
    "auth/undeclared/config",
    "identity/group/name/undeclared",
    "identity/entity/name/undeclared",
];

/** Making a token with any policy takes `sudo` there; without it a token gives no more than its maker has. */
export const TOKEN_PATHS: readonly string[] = ["auth/token/create", "auth/token/create-orphan"];
