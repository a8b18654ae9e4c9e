import type { Catalogue, Platform } from "../../components/domain/catalogue";
import {
    accessKey,
    composed,
    external,
    generated,
    hex,
    password,
    rotates,
} from "../../components/domain/fields";
import { ledgerFields } from "../../components/domain/rotation/ledger";
import type { RotationClass } from "../../components/domain/rotation/rotation-class";
import type { Generations, Ledger, LiveGeneration } from "../../components/domain/rotation/stages";
import type { RotatingStack } from "../../rotation/stack";
import { readStackConfig } from "../../stacks/config/load";
import { overlap, reissue, signingKey, swap } from "./rotation-classes";

export const dataKey: RotationClass = { ...signingKey, name: "data-key", encryptsData: true };
export const keyPair: RotationClass = {
    name: "key-pair",
    strategy: "two-key",
    consumerLag: "3 hours",
    grace: "2 days",
};
const s3 = accessKey(
    "the storage",
    rotates(keyPair, "30 days"),
    { description: "Id", variable: "S3_ID" },
    { description: "Secret", variable: "S3_SECRET" },
);

/** A platform with a field of each strategy, held by different people. */
export const shop: Platform = {
    name: "shop",
    title: "Shop",
    owner: "shop-team",
    documents: {
        db: {
            description: "Database",
            category: "database",
            holders: ["ada"],
            fields: {
                password: generated("Password", password(32), swap("90 days"), { variable: "DB_PASSWORD" }),
            },
        },
        urls: {
            description: "Made of others",
            category: "database",
            holders: ["grace"],
            fields: { url: composed("URL", "pg://app:{db.password}@db/shop", { variable: "DB_URL" }) },
        },
        jwt: {
            description: "Tokens",
            category: "security",
            holders: ["ada", "edsger"],
            fields: { key: generated("Key", hex(32), overlap("90 days"), { variable: "JWT_KEY" }) },
        },
        data: {
            description: "Data",
            category: "encryption",
            holders: ["edsger"],
            fields: {
                key: generated("Key", hex(32), rotates(dataKey, "180 days"), { variable: "DATA_KEY" }),
            },
        },
        s3: {
            description: "Storage",
            category: "storage",
            holders: ["ada"],
            fields: { id: s3.id, secret: s3.secret },
        },
        vendor: {
            description: "Vendor",
            category: "api-key",
            holders: ["grace"],
            fields: { token: external("Token", "vendor console", reissue("30 days"), { variable: "TOKEN" }) },
        },
    },
    config: {},
    consumers: {
        api: {
            workload: "Deployment/api",
            secretName: "api",
            takes: "env",
            reads: ["DB_URL", "JWT_KEY", "DATA_KEY", "TOKEN"],
        },
        worker: {
            workload: "StatefulSet/worker",
            secretName: "worker",
            takes: "files",
            reads: ["DB_PASSWORD", "S3_ID", "S3_SECRET"],
        },
    },
};
export const shopCatalogue: Catalogue = [shop];

export const live = (
    generation: number,
    since: string,
    more: Partial<LiveGeneration> = {},
): LiveGeneration => ({ generation, since, reason: "schedule", ...more });
export const steady = (generation: number, since: string): Generations => ({
    current: live(generation, since),
});

/** Every field that is ours, generation 1. */
export const firstLedger = (since: string): Ledger => ({
    "shop/db.password": steady(1, since),
    "shop/jwt.key": steady(1, since),
    "shop/data.key": steady(1, since),
    "shop/s3.id": steady(1, since),
});

/** A stack of the shop, as `readRotatingStack` gives it. */
export function rotatingStack(
    environment: string,
    ledger: Ledger,
    rotation: Readonly<Record<string, unknown>> = {},
    catalogue: Catalogue = shopCatalogue,
): RotatingStack {
    const platforms = Object.fromEntries(
        catalogue.map(({ name }) => [name, { cluster: "main", secrets: "kubernetes", config: "kubernetes" }]),
    );
    const raw = {
        environment,
        environments: JSON.stringify(["dev", "prod"]),
        ledger: `ledger/${environment}.yaml`,
        clusters: JSON.stringify({ main: { context: "main", distribution: "self-managed" } }),
        platforms: JSON.stringify(platforms),
        rotation: JSON.stringify(rotation),
    };
    const { config, problems } = readStackConfig(raw, new Set());
    if (config === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
    return {
        stack: environment,
        environment,
        config,
        fields: ledgerFields(catalogue, true),
        ledger,
        place: config.ledger,
        file: `/nowhere/${config.ledger}`,
    };
}
