import assert from "node:assert/strict";
import { fieldsOf, rotationText } from "../../components/domain/catalogue";
import type { Platform } from "../../components/domain/catalogue";
import { catalogue } from "../../stacks/catalogue";
import { devplatform } from "../../stacks/catalogue/devplatform";
import { gcpplatform } from "../../stacks/catalogue/gcpplatform";
import { marketplace } from "../../stacks/catalogue/marketplace";
import { yosai } from "../../stacks/catalogue/yosai";
import { catalogueRows, catalogueTable } from "../../stacks/catalogue-table";
import { estuary } from "../../stacks/catalogue/estuary";

/** What the platforms' own documents say of each variable: whether it is required, its category, and its period. */
type Row = readonly [variable: string, required: boolean | string, category: string, rotation: string];

function rowsOf(platform: Platform): Row[] {
    const secrets = [...fieldsOf([platform])].flatMap(({ document, field }): Row[] =>
        field.variable === undefined
            ? []
            : [
                  [
                      field.variable,
                      requirement(field.required),
                      document.category,
                      rotationText(field.rotation),
                  ],
              ],
    );
    const config = Object.values(platform.config).flatMap(({ variable, required }): Row[] =>
        variable === undefined ? [] : [[variable, requirement(required), "config", "never"]],
    );
    return [...secrets, ...config].sort(([a], [b]) => (a < b ? -1 : 1));
}

function requirement(required: Platform["config"][string]["required"]): boolean | string {
    return typeof required === "boolean" ? required : `${required.config}=${required.is}`;
}

describe("the catalogue", () => {
    it("has the five platforms", () => {
        const names = catalogue.map(({ name }) => name);
        assert.deepEqual(names, ["devplatform", "marketplace", "yosai", "gcpplatform", "estuary"]);
    });

    it("has the inventory of 25 variables of devplatform", () => {
        // A composed value rotates with the password in it, which has the period of the inventory.
        const composed = ["DATABASE_URL", "DATABASE_URL_SYNC", "REDIS_URL"];
        const inventory: Row[] = [
            ["ALLOWED_ORIGINS", false, "config", "never"],
            ["ANTHROPIC_API_KEY", true, "api-key", "365 days, on compromise"],
            ["APP_DEBUG", false, "config", "never"],
            ["APP_ENV", false, "config", "never"],
            ["DATABASE_URL", true, "database", "never"],
            ["DATABASE_URL_SYNC", true, "database", "never"],
            ["JWT_ACCESS_TOKEN_EXPIRE_MINUTES", false, "config", "never"],
            ["JWT_ALGORITHM", false, "config", "never"],
            ["JWT_REFRESH_TOKEN_EXPIRE_DAYS", false, "config", "never"],
            ["JWT_SECRET_KEY", true, "security", "90 days"],
            ["LOG_LEVEL", false, "config", "never"],
            ["MAPBOX_ACCESS_TOKEN", true, "api-key", "365 days, on compromise"],
            ["MAX_UPLOAD_SIZE_MB", false, "config", "never"],
            ["MINIO_ROOT_PASSWORD", true, "storage", "90 days"],
            ["MINIO_ROOT_USER", true, "storage", "90 days"],
            ["POSTGRES_PASSWORD", true, "database", "90 days"],
            ["PROCESSING_WORKERS", false, "config", "never"],
            ["REDIS_URL", true, "database", "never"],
            ["S3_ACCESS_KEY", true, "storage", "90 days"],
            ["S3_BUCKET_NAME", false, "config", "never"],
            ["S3_ENDPOINT_URL", false, "config", "never"],
            ["S3_REGION", false, "config", "never"],
            ["S3_SECRET_KEY", true, "storage", "90 days"],
            ["SENTRY_DSN", false, "monitoring", "on revocation"],
            ["SENTRY_DSN_FRONTEND", false, "monitoring", "on revocation"],
        ];
        const rows = rowsOf(devplatform);
        assert.equal(rows.length, 25);
        assert.deepEqual(rows, inventory);
        for (const { field } of fieldsOf([devplatform])) {
            assert.equal(field.kind === "composed", composed.includes(field.variable ?? ""));
        }
        assert.equal(devplatform.documents["db"]?.fields["password"]?.rotation.every, "90 days");
        assert.equal(devplatform.documents["db"].fields["redis_password"]?.rotation.every, "90 days");
        assert.deepEqual(Object.keys(devplatform.documents), ["db", "jwt", "s3", "api-keys", "sentry"]);
    });

    it("has the GCP platform's entries with its table of periods", () => {
        const periods = Object.entries(gcpplatform.documents).map(([name, document]) => [
            name,
            rotationText(document.fields["value"]!.rotation),
        ]);
        assert.deepEqual(periods, [
            ["database-password", "90 days, on offboarding"],
            ["database-url", "never"],
            ["openai-api-key", "30 days"],
            ["anthropic-api-key", "30 days"],
            ["github-token", "30 days, on permission change"],
            ["slack-token", "30 days, on permission change"],
            ["jwt-secret", "180 days"],
            ["session-secret", "180 days"],
            ["encryption-key", "180 days"],
        ]);
    });

    it("has one HMAC secret a marketplace, and rotates what it draws monthly", () => {
        const webhooks = Object.keys(marketplace.documents["webhooks"]!.fields);
        assert.deepEqual(webhooks, ["amazon_hmac_secret", "ebay_hmac_secret", "etsy_hmac_secret"]);
        const periods = [...fieldsOf([marketplace])].map(({ field }) => field.rotation.every);
        assert.deepEqual([...new Set(periods)], ["30 days"]);
        assert.ok(Object.values(marketplace.consumers).every(({ takes }) => takes === "files"));
    });

    it("has what Yōsai requires, rotated at least every 90 days", () => {
        const required = [...fieldsOf([yosai])]
            .filter(({ field }) => field.required)
            .map(({ field }) => field.variable);
        assert.deepEqual(required.sort(), [
            "AUTH0_AUDIENCE",
            "AUTH0_CLIENT_ID",
            "AUTH0_CLIENT_SECRET",
            "AUTH0_DOMAIN",
            "DB_PASSWORD",
            "FERNET_KEY",
            "SECRET_KEY",
        ]);
        const secret = [...fieldsOf([yosai])].filter(({ field }) => field.rotation.every !== undefined);
        assert.deepEqual([...new Set(secret.map(({ field }) => field.rotation.every))], ["90 days"]);
    });

    it("needs of Estuary's secrets what its features need", () => {
        const secrets = rowsOf(estuary).filter(([, , category]) => category !== "config");
        assert.deepEqual(secrets, [
            ["AUTH_JWKS_URLS", "auth_enabled=true", "security", "never"],
            ["CONVEX_DEPLOYMENT_URL", "database_type=convex", "database", "on compromise"],
            ["JWT_SECRET", "auth_enabled=true", "security", "on compromise"],
        ]);
    });

    it("describes every field and value, names who has seen each document, and who issues what we don't draw", () => {
        for (const { id, document, field } of fieldsOf(catalogue)) {
            assert.ok(field.description.length > 2, id);
            assert.ok(document.holders.length > 0, id);
        }
        for (const { name, config } of catalogue) {
            for (const [key, { description }] of Object.entries(config))
                assert.ok(description.length > 2, `${name} ${key}`);
        }
    });

    it("is exported as a table, a row for each field and value, with the same columns throughout", () => {
        const rows = catalogueRows(catalogue);
        const values = catalogue.reduce((sum, { config }) => sum + Object.keys(config).length, 0);
        assert.equal(rows.length, [...fieldsOf(catalogue)].length + values);
        assert.deepEqual(
            rows.find(({ variable }) => variable === "CONVEX_DEPLOYMENT_URL"),
            {
                platform: "estuary",
                name: "convex.url",
                variable: "CONVEX_DEPLOYMENT_URL",
                kind: "external",
                category: "database",
                required: "when database_type is convex",
                rotation: "on compromise",
                owner: "data-services",
                description: "Convex deployment URL",
            },
        );
        const widths = catalogueTable(rows)
            .split("\n")
            .map((line) => line.length);
        assert.equal(new Set(widths).size, 1);
    });
});
