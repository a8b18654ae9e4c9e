import type { Platform } from "../../components/domain/catalogue";
import {
    base64,
    composed,
    external,
    generated,
    hex,
    literal,
    optionalValue,
    password,
    rotates,
    rotatesOn,
} from "../../components/domain/fields";
import { anthropic, mapbox, sentry } from "./issuers";
import { accountPassword, tokenSigningKey, vendorKey } from "./rotation-classes";

const quarterly = rotates(accountPassword, "90 days");

/** The user of the object storage that the services upload as. */
const minioUser = {
    alsoSet: { in: "minio", id: "access_key", secret: "secret_key" },
    breaks: "Uploads and downloads with the old key fail once the storage has the new one.",
} as const;
const minioRestarts = { breaks: "Administrators sign in to MinIO with the new one once it has restarted." };

/** The 3D development platform: its inventory of 25 variables, and the store entries it keeps them in. */
export const devplatform: Platform = {
    name: "devplatform",
    title: "3D Development Platform",
    owner: "platform-engineering",
    documents: {
        db: {
            description: "PostgreSQL and Redis credentials",
            category: "database",
            holders: ["platform-engineering"],
            fields: {
                username: literal("Database user", "devuser"),
                password: generated("Raw database password", password(32), quarterly, {
                    variable: "POSTGRES_PASSWORD",
                    alsoSet: { in: "postgresql", role: "devuser", host: "postgres_host", server: "postgres" },
                    breaks: "Connections with the old password are refused once the database has the new one.",
                }),
                url: composed(
                    "Async PostgreSQL connection string",
                    "postgresql+asyncpg://{username}:{password}@{config.postgres_host}:5432/devplatform",
                    { variable: "DATABASE_URL" },
                ),
                url_sync: composed(
                    "Synchronous PostgreSQL connection string",
                    "postgresql://{username}:{password}@{config.postgres_host}:5432/devplatform",
                    { variable: "DATABASE_URL_SYNC" },
                ),
                redis_password: generated("Redis password", password(32), quarterly, {
                    alsoSet: { in: "redis", host: "redis_host" },
                    breaks: "Connections with the old password are refused once Redis has the new one.",
                }),
                redis_url: composed(
                    "Redis connection string",
                    "redis://:{redis_password}@{config.redis_host}:6379/0",
                    {
                        variable: "REDIS_URL",
                    },
                ),
            },
        },
        jwt: {
            description: "HMAC key that signs access and refresh tokens (HS256)",
            category: "security",
            holders: ["platform-engineering"],
            fields: {
                secret_key: generated(
                    "HMAC key for signing JWTs",
                    hex(32),
                    rotates(tokenSigningKey, "90 days"),
                    {
                        variable: "JWT_SECRET_KEY",
                        breaks: "All access and refresh tokens are refused, and users sign in again: tell them.",
                    },
                ),
            },
        },
        s3: {
            description: "MinIO / S3 credentials",
            category: "storage",
            holders: ["platform-engineering"],
            fields: {
                access_key: generated("Access key id", base64(16), quarterly, {
                    variable: "S3_ACCESS_KEY",
                    ...minioUser,
                }),
                secret_key: generated("Secret access key", base64(32), quarterly, {
                    variable: "S3_SECRET_KEY",
                    ...minioUser,
                }),
                minio_root_user: generated("MinIO admin username", password(22), quarterly, {
                    variable: "MINIO_ROOT_USER",
                    ...minioRestarts,
                }),
                minio_root_password: generated("MinIO admin password", password(32), quarterly, {
                    variable: "MINIO_ROOT_PASSWORD",
                    ...minioRestarts,
                }),
            },
        },
        "api-keys": {
            description: "Keys of third-party services",
            category: "api-key",
            holders: ["platform-engineering", "ml-engineering"],
            fields: {
                anthropic_api_key: external(
                    "Anthropic Claude API key",
                    "Anthropic console",
                    rotates(vendorKey, "365 days", "compromise"),
                    {
                        variable: "ANTHROPIC_API_KEY",
                        ...anthropic,
                    },
                ),
                mapbox_access_token: external(
                    "Mapbox GL JS token",
                    "Mapbox account",
                    rotates(vendorKey, "365 days", "compromise"),
                    {
                        variable: "MAPBOX_ACCESS_TOKEN",
                        ...mapbox,
                    },
                ),
            },
        },
        sentry: {
            description: "Sentry ingest URLs",
            category: "monitoring",
            holders: ["platform-engineering"],
            fields: {
                backend_dsn: external(
                    "Backend Sentry ingest DSN",
                    "Sentry project",
                    rotatesOn(vendorKey, "revocation"),
                    {
                        variable: "SENTRY_DSN",
                        ...sentry,
                        required: false,
                    },
                ),
                frontend_dsn: external(
                    "Frontend Sentry ingest DSN",
                    "Sentry project",
                    rotatesOn(vendorKey, "revocation"),
                    {
                        variable: "SENTRY_DSN_FRONTEND",
                        ...sentry,
                        required: false,
                    },
                ),
            },
        },
    },
    config: {
        postgres_host: {
            description: "Database host",
            required: true,
            default: "postgres",
            shape: { is: "host" },
        },
        redis_host: { description: "Redis host", required: true, default: "redis", shape: { is: "host" } },
        jwt_algorithm: optionalValue("Algorithm for JWT signing", "JWT_ALGORITHM", {
            default: "HS256",
            shape: { is: "choice", of: ["HS256", "HS384", "HS512"] },
        }),
        jwt_access_token_expire_minutes: optionalValue(
            "Access token lifetime in minutes",
            "JWT_ACCESS_TOKEN_EXPIRE_MINUTES",
            { default: "30", shape: { is: "integer", from: 1, to: 1_440 } },
        ),
        jwt_refresh_token_expire_days: optionalValue(
            "Refresh token lifetime in days",
            "JWT_REFRESH_TOKEN_EXPIRE_DAYS",
            { default: "7", shape: { is: "integer", from: 1, to: 7 } },
        ),
        s3_endpoint_url: optionalValue("Object storage endpoint URL", "S3_ENDPOINT_URL", {
            shape: { is: "url" },
        }),
        s3_bucket_name: optionalValue("Target bucket name", "S3_BUCKET_NAME", {
            default: "dev-platform-uploads",
        }),
        s3_region: optionalValue("AWS region for S3", "S3_REGION", { default: "us-east-1" }),
        allowed_origins: optionalValue("Comma-separated CORS origins", "ALLOWED_ORIGINS", {
            shape: { is: "urls" },
        }),
        app_env: optionalValue("Environment identifier (development, staging, production)", "APP_ENV", {
            shape: { is: "choice", of: ["development", "staging", "production"] },
            unsafe: ["development"],
        }),
        app_debug: optionalValue("Debug mode toggle", "APP_DEBUG", {
            default: "false",
            shape: { is: "boolean" },
            unsafe: ["true"],
        }),
        log_level: optionalValue("Logging verbosity", "LOG_LEVEL", {
            default: "INFO",
            shape: { is: "choice", of: ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] },
            unsafe: ["debug"],
        }),
        max_upload_size_mb: optionalValue("Upload size limit in megabytes", "MAX_UPLOAD_SIZE_MB", {
            default: "500",
            shape: { is: "integer", from: 1, to: 100_000 },
        }),
        processing_workers: optionalValue("Celery concurrency", "PROCESSING_WORKERS", {
            default: "4",
            shape: { is: "integer", from: 1, to: 1_000 },
        }),
    },
    consumers: {
        backend: {
            workload: "Deployment/backend",
            secretName: "devplatform-secrets",
            takes: "env",
            reads: [
                "DATABASE_URL",
                "DATABASE_URL_SYNC",
                "REDIS_URL",
                "JWT_SECRET_KEY",
                "ANTHROPIC_API_KEY",
                "MAPBOX_ACCESS_TOKEN",
                "S3_ACCESS_KEY",
                "S3_SECRET_KEY",
                "SENTRY_DSN",
                "JWT_ALGORITHM",
                "JWT_ACCESS_TOKEN_EXPIRE_MINUTES",
                "JWT_REFRESH_TOKEN_EXPIRE_DAYS",
                "S3_ENDPOINT_URL",
                "S3_BUCKET_NAME",
                "S3_REGION",
                "ALLOWED_ORIGINS",
                "APP_ENV",
                "APP_DEBUG",
                "LOG_LEVEL",
                "MAX_UPLOAD_SIZE_MB",
            ],
        },
        celery: {
            workload: "Deployment/celery",
            secretName: "celery-secrets",
            takes: "env",
            reads: [
                "DATABASE_URL_SYNC",
                "REDIS_URL",
                "ANTHROPIC_API_KEY",
                "S3_ACCESS_KEY",
                "S3_SECRET_KEY",
                "S3_ENDPOINT_URL",
                "S3_BUCKET_NAME",
                "S3_REGION",
                "APP_ENV",
                "LOG_LEVEL",
                "PROCESSING_WORKERS",
            ],
        },
        frontend: {
            workload: "Deployment/frontend",
            secretName: "frontend-secrets",
            takes: "env",
            reads: ["SENTRY_DSN_FRONTEND", "APP_ENV"],
        },
        postgres: {
            workload: "StatefulSet/postgres",
            secretName: "postgres-secrets",
            takes: "files",
            reads: ["POSTGRES_PASSWORD"],
        },
        minio: {
            workload: "StatefulSet/minio",
            secretName: "minio-secrets",
            takes: "files",
            reads: ["MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD"],
        },
    },
};
