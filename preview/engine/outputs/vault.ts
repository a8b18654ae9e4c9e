import { known, type Compute } from "./context";

/** API paths as Vault's HTTP API documentation has them per engine, and ids as the provider's import section has them. */
export const vault: Readonly<Record<string, Compute>> = {
    // Pulumi registry, vault.Mount, "Import": by path
    "vault:index/mount:Mount": (context) => ({ id: context.text("path") }),
    // Pulumi registry, vault.Policy, "Import": by name
    "vault:index/policy:Policy": (context) => ({ id: context.text("name") }),
    // Pulumi registry, vault.Audit, "Import": by path, which is the type where none is given
    "vault:index/audit:Audit": (context) => {
        const path = known`${context.inputs["path"] === undefined ? context.text("type") : context.text("path")}`;
        return { id: path, path };
    },
    // Pulumi registry, vault.Namespace, "Import": by path
    "vault:index/namespace:Namespace": (context) => ({ id: context.text("path") }),
    // Pulumi registry, vault.AuthBackend, "Import": by path, which is the type where none is given
    "vault:index/authBackend:AuthBackend": (context) => {
        const path = context.inputs["path"] === undefined ? context.text("type") : context.text("path");
        return { id: path, path };
    },
    // Vault HTTP API, KV version 2, "Create/Update Secret"
    "vault:kv/secretV2:SecretV2": (context) => {
        const path = known`${context.text("mount")}/data/${context.text("name")}`;
        return { id: path, path };
    },
    // Vault HTTP API, KV version 2, "Configure the KV Engine"
    "vault:kv/secretBackendV2:SecretBackendV2": (context) => ({ id: known`${context.text("mount")}/config` }),
    // Pulumi registry, vault.database.SecretBackendConnection, "Import": backend, config and name
    "vault:database/secretBackendConnection:SecretBackendConnection": (context) => ({
        id: known`${context.text("backend")}/config/${context.text("name")}`,
    }),
    // Pulumi registry, vault.database.SecretBackendRole, "Import": backend, roles and name
    "vault:database/secretBackendRole:SecretBackendRole": (context) => ({
        id: known`${context.text("backend")}/roles/${context.text("name")}`,
    }),
    // Vault HTTP API, Kubernetes auth method, "Configure Method"
    "vault:kubernetes/authBackendConfig:AuthBackendConfig": (context) => ({
        id: known`auth/${context.text("backend", "kubernetes")}/config`,
    }),
    // Vault HTTP API, Kubernetes auth method, "Create/Update Role"
    "vault:kubernetes/authBackendRole:AuthBackendRole": (context) => ({
        id: known`auth/${context.text("backend", "kubernetes")}/role/${context.text("roleName")}`,
    }),
    // Vault HTTP API, JWT/OIDC auth method, "Create/Update Role"
    "vault:jwt/authBackendRole:AuthBackendRole": (context) => ({
        id: known`auth/${context.text("backend", "jwt")}/role/${context.text("roleName")}`,
    }),
};
