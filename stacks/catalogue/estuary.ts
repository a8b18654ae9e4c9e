import type { Platform } from "../../components/domain/catalogue";
import { external, generated, hex, never, optionalValue, rotatesOn } from "../../components/domain/fields";
import { PORT } from "../../components/domain/value-shape";
import { convex } from "./issuers";
import { tokenSigningKey, vendorKey } from "./rotation-classes";

const isOn = { shape: { is: "boolean" }, unsafe: ["false"] } as const;

/** Estuary: which secrets it needs depends on the features that its profile turns on. */
export const estuary: Platform = {
    name: "estuary",
    title: "Estuary",
    owner: "data-services",
    documents: {
        convex: {
            description: "The Convex deployment, when it is the database",
            category: "database",
            holders: ["data-services"],
            fields: {
                url: external(
                    "Convex deployment URL",
                    "Convex dashboard",
                    rotatesOn(vendorKey, "compromise"),
                    {
                        variable: "CONVEX_DEPLOYMENT_URL",
                        ...convex,
                        required: { config: "database_type", is: "convex" },
                    },
                ),
            },
        },
        jwt: {
            description: "Signs tokens when authentication is on",
            category: "security",
            holders: ["data-services"],
            fields: {
                secret: generated("JWT signing key", hex(32), rotatesOn(tokenSigningKey, "compromise"), {
                    variable: "JWT_SECRET",
                    breaks: "Tokens that the old key signed are refused: issue new ones.",
                    required: { config: "auth_enabled", is: "true" },
                }),
            },
        },
        auth: {
            description: "Where the keys of token issuers are published; the URLs may hold credentials",
            category: "security",
            holders: ["data-services"],
            fields: {
                jwks_urls: external("Comma-separated JWKS URLs", "identity provider", never, {
                    variable: "AUTH_JWKS_URLS",
                    shape: { is: "urls" },
                    required: { config: "auth_enabled", is: "true" },
                }),
            },
        },
    },
    config: {
        // Estuary's own default is development, which a forgotten setting must not choose for production.
        app_profile: {
            description: "development, staging or production: each has its own security defaults",
            required: true,
            variable: "APP_PROFILE",
            shape: { is: "choice", of: ["development", "staging", "production"] },
            unsafe: ["development"],
        },
        port: optionalValue("Port the server listens on", "PORT", { default: "3000", shape: PORT }),
        database_type: optionalValue("memory or convex", "DATABASE_TYPE", {
            default: "memory",
            shape: { is: "choice", of: ["memory", "convex"] },
            unsafe: ["memory"],
        }),
        auth_enabled: optionalValue("Whether requests need a token", "AUTH_ENABLED", {
            default: "false",
            ...isOn,
        }),
        rate_limit_enabled: optionalValue("Whether requests are limited", "RATE_LIMIT_ENABLED", {
            default: "true",
            ...isOn,
        }),
        rate_limit_max_requests: optionalValue("Requests allowed in a window", "RATE_LIMIT_MAX_REQUESTS", {
            default: "1000",
            shape: { is: "integer", from: 1, to: 1_000_000 },
        }),
        security_strict_mode: optionalValue("Strict security checks", "SECURITY_STRICT_MODE", {
            default: "false",
            ...isOn,
        }),
        rust_log: optionalValue("Log level; debug never in production", "RUST_LOG", {
            default: "info",
            unsafe: ["debug", "trace"],
        }),
    },
    consumers: {
        estuary: {
            workload: "Deployment/estuary",
            secretName: "estuary-secrets",
            takes: "env",
            reads: [
                "CONVEX_DEPLOYMENT_URL",
                "JWT_SECRET",
                "AUTH_JWKS_URLS",
                "APP_PROFILE",
                "PORT",
                "DATABASE_TYPE",
                "AUTH_ENABLED",
                "RATE_LIMIT_ENABLED",
                "RATE_LIMIT_MAX_REQUESTS",
                "SECURITY_STRICT_MODE",
                "RUST_LOG",
            ],
        },
    },
};
