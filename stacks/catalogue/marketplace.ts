import type { GeneratedField, Platform } from "../../components/domain/catalogue";
import { accessKey, base64url, generated, hex, rotates } from "../../components/domain/fields";
import { accessKeyPair, callerKey, tokenSigningKey, webhookKey } from "./rotation-classes";

/**
 * The marketplaces that send signed callbacks, each with a secret of its own. Put yours here: a name becomes the field
 * `<name>_hmac_secret` and the variable `WEBHOOK_SECRET_<NAME>`.
 */
const MARKETPLACES = ["amazon", "ebay", "etsy"] as const;

const monthly = "30 days";
const webhookVariable = (marketplace: string): string => `WEBHOOK_SECRET_${marketplace.toUpperCase()}`;

const webhookSecrets = Object.fromEntries(
    MARKETPLACES.map((marketplace): [string, GeneratedField] => [
        `${marketplace}_hmac_secret`,
        generated(
            `Signs the callbacks of ${marketplace} (HMAC SHA-256 of the raw body)`,
            hex(32),
            rotates(webhookKey, monthly),
            {
                variable: webhookVariable(marketplace),
                alsoSet: { in: "place", where: `the callback settings in the console of ${marketplace}` },
                breaks: `Callbacks of ${marketplace} are answered with 403 until its console has the new secret.`,
            },
        ),
    ]),
);

const REFUSED = "Requests to the object storage with the old key are refused.";
const s3Key = accessKey(
    "whoever keeps the object storage",
    rotates(accessKeyPair, monthly),
    { description: "Access key id", variable: "S3_ACCESS_KEY", breaks: REFUSED },
    { description: "Secret access key", variable: "S3_SECRET_KEY", breaks: REFUSED },
);

/** The marketplace publisher and the services around it; everything that we draw rotates monthly. */
export const marketplace: Platform = {
    name: "marketplace",
    title: "Marketplace publisher",
    owner: "commerce",
    documents: {
        jwt: {
            description: "Static key for tokens where Auth0 is not the issuer (tests, local development)",
            category: "security",
            holders: ["commerce"],
            fields: {
                secret_key: generated("Signs tokens", hex(32), rotates(tokenSigningKey, monthly), {
                    variable: "SECRET_KEY",
                    breaks: "Tokens that Auth0 did not issue are refused. Tokens of users are not touched.",
                }),
            },
        },
        webhooks: {
            description: "One HMAC secret for each marketplace",
            category: "security",
            holders: ["commerce"],
            fields: webhookSecrets,
        },
        s3: {
            description: "Access key of the services' IAM user",
            category: "storage",
            holders: ["commerce"],
            fields: {
                access_key: s3Key.id,
                secret_key: s3Key.secret,
            },
        },
        status: {
            description: "Opens /ready where it is not public",
            category: "api-key",
            holders: ["commerce", "operations"],
            fields: {
                api_key: generated(
                    "Expected in the X-API-Key header",
                    base64url(32),
                    rotates(callerKey, monthly),
                    {
                        variable: "X_API_KEY",
                        alsoSet: { in: "place", where: "the header X-API-Key of whatever asks for /ready" },
                        breaks: "Whoever asks for /ready with the old key is refused; /health answers as before.",
                    },
                ),
            },
        },
    },
    config: {
        allow_status_unauthenticated: {
            description: "Whether /ready answers without X-API-Key",
            required: false,
            variable: "ALLOW_STATUS_UNAUTHENTICATED",
            default: "true",
            shape: { is: "boolean" },
            unsafe: ["true"],
        },
    },
    consumers: {
        publisher: {
            workload: "Deployment/marketplace-publisher",
            secretName: "publisher-secrets",
            takes: "files",
            reads: [
                "SECRET_KEY",
                ...MARKETPLACES.map(webhookVariable),
                "S3_ACCESS_KEY",
                "S3_SECRET_KEY",
                "X_API_KEY",
                "ALLOW_STATUS_UNAUTHENTICATED",
            ],
        },
        orchestrator: {
            workload: "Deployment/orchestrator",
            secretName: "orchestrator-secrets",
            takes: "files",
            reads: [
                "SECRET_KEY",
                "S3_ACCESS_KEY",
                "S3_SECRET_KEY",
                "X_API_KEY",
                "ALLOW_STATUS_UNAUTHENTICATED",
            ],
        },
    },
    managed: {
        "auth0-signing-keys": { description: "Keys that sign the tokens of users", manager: "Auth0" },
    },
};
