import type { Replacement } from "./replacement";
import { schema } from "./replacement";

/** What moves to another namespace of Vault is another thing there, whatever its kind. */
const of = (resource: string, ...properties: readonly string[]): Replacement =>
    schema(`Terraform provider of Vault, ${resource}: ForceNew`, ...properties, "namespace");

export const vault: Readonly<Record<string, Replacement>> = {
    "vault:index/audit:Audit": of("vault_audit", "path", "type", "description", "local", "options"),
    "vault:index/authBackend:AuthBackend": of("vault_auth_backend", "type", "local"),
    "vault:index/mount:Mount": of("vault_mount", "type", "sealWrap", "externalEntropyAccess", "local"),
    "vault:index/policy:Policy": of("vault_policy", "name"),
    "vault:jwt/authBackend:AuthBackend": of("vault_jwt_auth_backend", "type", "local"),
    "vault:jwt/authBackendRole:AuthBackendRole": of(
        "vault_jwt_auth_backend_role",
        "roleName",
        "roleType",
        "backend",
    ),
    "vault:kubernetes/authBackendConfig:AuthBackendConfig": of(
        "vault_kubernetes_auth_backend_config",
        "backend",
    ),
    "vault:kubernetes/authBackendRole:AuthBackendRole": of(
        "vault_kubernetes_auth_backend_role",
        "roleName",
        "backend",
    ),
    "vault:kv/secretBackendV2:SecretBackendV2": of("vault_kv_secret_backend_v2", "mount"),
    "vault:kv/secretV2:SecretV2": of("vault_kv_secret_v2", "mount", "name"),
    "vault:database/secretBackendConnection:SecretBackendConnection": of(
        "vault_database_secret_backend_connection",
        "name",
        "backend",
    ),
    "vault:database/secretBackendRole:SecretBackendRole": of(
        "vault_database_secret_backend_role",
        "name",
        "backend",
        "dbName",
    ),
};
