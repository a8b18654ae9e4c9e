import type { Document, Field, Platform } from "../../components/domain/catalogue";
import {
    base64,
    composed,
    external,
    generated,
    hex,
    password,
    rotates,
} from "../../components/domain/fields";
import { anthropic, github, openai, slack } from "./issuers";
import { accountPassword, plainDataKey, swappedSigningKey, vendorKey } from "./rotation-classes";

const OWNER = "agents";
const database = rotates(accountPassword, "90 days", "offboarding");
const apiKey = rotates(vendorKey, "30 days");
const oauthToken = rotates(vendorKey, "30 days", "permission change");
const signingKey = rotates(swappedSigningKey, "180 days");
const dataKey = rotates(plainDataKey, "180 days");

/** Applications read each entry as plain text, under the id that the platform's document lists. */
function text(category: Document["category"], value: Field): Document {
    return { description: value.description, category, holders: [OWNER], format: "text", fields: { value } };
}

/** The GCP platform: one Secret Manager entry a secret, with its table of periods. */
export const gcpplatform: Platform = {
    name: "gcpplatform",
    title: "Agent platform on GCP",
    owner: OWNER,
    documents: {
        "database-password": text(
            "database",
            generated("Database password", password(32), database, {
                alsoSet: { in: "postgresql", role: "app", host: "database_host" },
                breaks: "Connections with the old password are refused once the database has the new one.",
            }),
        ),
        "database-url": text(
            "database",
            composed(
                "Database connection string",
                "postgresql://app:{database-password.value}@{config.database_host}:5432/app",
                { variable: "DATABASE_URL" },
            ),
        ),
        "openai-api-key": text(
            "api-key",
            external("OpenAI API key", "OpenAI console", apiKey, {
                variable: "OPENAI_API_KEY",
                ...openai,
            }),
        ),
        "anthropic-api-key": text(
            "api-key",
            external("Anthropic API key", "Anthropic console", apiKey, {
                variable: "ANTHROPIC_API_KEY",
                ...anthropic,
            }),
        ),
        "github-token": text(
            "api-key",
            external("GitHub OAuth token", "GitHub", oauthToken, {
                variable: "GITHUB_TOKEN",
                ...github,
            }),
        ),
        "slack-token": text(
            "api-key",
            external("Slack OAuth token", "Slack", oauthToken, {
                variable: "SLACK_TOKEN",
                ...slack,
            }),
        ),
        "jwt-secret": text(
            "security",
            generated("Signs tokens", hex(32), signingKey, {
                variable: "JWT_SECRET",
                breaks: "Tokens that the old key signed are refused, and users sign in again.",
            }),
        ),
        "session-secret": text(
            "security",
            generated("Signs sessions", hex(32), signingKey, {
                variable: "SESSION_SECRET",
                breaks: "Sessions end, and users sign in again.",
            }),
        ),
        "encryption-key": text(
            "encryption",
            generated("Encrypts data of the application", base64(32), dataKey, {
                variable: "ENCRYPTION_KEY",
            }),
        ),
    },
    config: {
        database_host: {
            description: "Database host",
            required: true,
            default: "postgres",
            shape: { is: "host" },
        },
    },
    consumers: {
        api: {
            workload: "Deployment/api",
            secretName: "app-secrets",
            takes: "env",
            reads: [
                "DATABASE_URL",
                "OPENAI_API_KEY",
                "ANTHROPIC_API_KEY",
                "GITHUB_TOKEN",
                "SLACK_TOKEN",
                "JWT_SECRET",
                "SESSION_SECRET",
                "ENCRYPTION_KEY",
            ],
        },
    },
    managed: {
        "tls-certificates": { description: "Certificates of the ingress", manager: "cert-manager" },
    },
};
