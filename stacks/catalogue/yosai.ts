import type { Platform } from "../../components/domain/catalogue";
import { external, fernet, generated, hex, never, password, rotates } from "../../components/domain/fields";
import { auth0 } from "./issuers";
import { accountPassword, dataKey, swappedSigningKey, vendorKey } from "./rotation-classes";

/** The Yōsai intelligence dashboard: routine rotation at least every 90 days. */
export const yosai: Platform = {
    name: "yosai",
    title: "Yōsai Intel Dashboard",
    owner: "intelligence",
    tell: ["security"],
    documents: {
        app: {
            description: "Keys of the application itself",
            category: "security",
            holders: ["intelligence"],
            fields: {
                secret_key: generated(
                    "Flask and Dash session signing key",
                    hex(32),
                    rotates(swappedSigningKey, "90 days"),
                    {
                        variable: "SECRET_KEY",
                        breaks: "Sessions of the dashboard end, and users sign in again.",
                    },
                ),
                fernet_key: generated(
                    "Decrypts encrypted values that the store returns",
                    fernet,
                    rotates(dataKey, "90 days"),
                    {
                        variable: "FERNET_KEY",
                    },
                ),
            },
        },
        db: {
            description: "Database account",
            category: "database",
            holders: ["intelligence"],
            fields: {
                password: generated(
                    "Database account password",
                    password(32),
                    rotates(accountPassword, "90 days"),
                    {
                        variable: "DB_PASSWORD",
                        alsoSet: { in: "postgresql" },
                        breaks: "Connections with the old password are refused once the database has the new one.",
                    },
                ),
            },
        },
        auth0: {
            description: "The Auth0 application",
            category: "security",
            holders: ["intelligence"],
            fields: {
                client_id: external("Auth0 application identifier", "Auth0", never, {
                    variable: "AUTH0_CLIENT_ID",
                }),
                client_secret: external(
                    "Auth0 client secret",
                    "Auth0",
                    rotates(vendorKey, "90 days", "compromise"),
                    {
                        variable: "AUTH0_CLIENT_SECRET",
                        ...auth0,
                    },
                ),
                domain: external("Auth0 domain used for OIDC", "Auth0", never, {
                    variable: "AUTH0_DOMAIN",
                    shape: { is: "host" },
                }),
                audience: external("Expected API audience", "Auth0", never, { variable: "AUTH0_AUDIENCE" }),
            },
        },
    },
    config: {
        yosai_env: {
            description: "Environment identifier",
            required: true,
            variable: "YOSAI_ENV",
            shape: { is: "choice", of: ["development", "staging", "production"] },
            unsafe: ["development"],
        },
        secret_backend: {
            description: "Where the application reads secrets: env, aws or vault",
            required: false,
            variable: "SECRET_BACKEND",
            default: "env",
            shape: { is: "choice", of: ["env", "aws", "vault"] },
        },
        vault_addr: {
            description: "Address of the Vault server, for the vault backend",
            required: { config: "secret_backend", is: "vault" },
            variable: "VAULT_ADDR",
            shape: { is: "url" },
        },
    },
    consumers: {
        dashboard: {
            workload: "Deployment/yosai-dashboard",
            secretName: "yosai-secrets",
            takes: "env",
            reads: [
                "SECRET_KEY",
                "FERNET_KEY",
                "DB_PASSWORD",
                "AUTH0_CLIENT_ID",
                "AUTH0_CLIENT_SECRET",
                "AUTH0_DOMAIN",
                "AUTH0_AUDIENCE",
                "YOSAI_ENV",
                "SECRET_BACKEND",
                "VAULT_ADDR",
            ],
        },
    },
    managed: {
        "vault-token": {
            description:
                "VAULT_TOKEN of the vault backend: short-lived, from the workload's own service account",
            manager: "Vault",
            variable: "VAULT_TOKEN",
        },
    },
};
