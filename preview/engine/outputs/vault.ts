import { known, type Compute } from "./context";

/** API paths as Vault's HTTP API documentation has them per engine, and ids as the provider's import section has them. */
export const vault: Readonly<Record<string, Compute>> = {
    "vault:index/mount:Mount": (context) => ({ id: context.text("path") }),
    "vault:index/policy:Policy": (context) => ({ id: context.text("name") }),
    "vault:index/audit:Audit": (context) => {
        const path = known`${context.inputs["path"] === undefined ? context.text("type") : context.text("path")}`;
        return { id: path, path };
    },
    "vault:index/namespace:Namespace": (context) => ({ id: context.text("path") }),
    "vault:index/authBackend:AuthBackend": (context) => {
        const path = context.inputs["path"] === undefined ? context.text("type") : context.text("path");
        return { id: path, path };
    },
    "vault:kv/secretV2:SecretV2": (context) => {
        const path = known`${context.text("mount")}/data/${context.text("name")}`;
        return { id: path, path };
    },
    "vault:kv/secretBackendV2:SecretBackendV2": (context) => ({ id: known`${context.text("mount")}/config` }),
    "vault:kubernetes/authBackendConfig:AuthBackendConfig": (context) => ({
        id: known`auth/${context.text("backend", "kubernetes")}/config`,
    }),
    "vault:kubernetes/authBackendRole:AuthBackendRole": (context) => ({
        id: known`auth/${context.text("backend", "kubernetes")}/role/${context.text("roleName")}`,
    }),
    "vault:jwt/authBackendRole:AuthBackendRole": (context) => ({
        id: known`auth/${context.text("backend", "jwt")}/role/${context.text("roleName")}`,
    }),
};
