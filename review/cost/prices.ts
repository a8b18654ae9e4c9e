/** What one thing costs by list price, in US dollars. */
export interface Price {
    readonly dollars: number;
    /** What the price is for: one thing kept for a month, or this many calls. */
    readonly per: "month" | { readonly calls: number };
    /** The provider's page. */
    readonly source: string;
}

/** The day on which the pages said so. */
export const PRICED_ON = "2026-11-29";

/** AWS and Azure bill a month as so many hours on average: 365 × 24 / 12. */
export const HOURS_PER_MONTH = 730;

const SECRETS_MANAGER = "https://aws.amazon.com/secrets-manager/pricing/";
const SYSTEMS_MANAGER = "https://aws.amazon.com/systems-manager/pricing/";
const KMS = "https://aws.amazon.com/kms/pricing/";
const CLOUDWATCH = "https://aws.amazon.com/cloudwatch/pricing/";
const SECRET_MANAGER = "https://cloud.google.com/secret-manager/pricing";
const CLOUD_KMS = "https://cloud.google.com/kms/pricing";

/**
 * List prices: of AWS in us-east-1, of Google Cloud for software keys in any location. Free tiers are of a whole account,
 * which several stacks may share, so that none is taken off. What hangs on use and not on what is declared has no price
 * here: log volume, events, storage.
 */
export const PRICES = {
    awsSecret: { dollars: 0.4, per: "month", source: SECRETS_MANAGER },
    /** A replica is billed as a secret of its own. */
    awsReplica: { dollars: 0.4, per: "month", source: SECRETS_MANAGER },
    awsSecretCall: { dollars: 0.05, per: { calls: 10_000 }, source: SECRETS_MANAGER },
    /** Of the standard tier at standard throughput. */
    awsParameterCall: { dollars: 0, per: { calls: 10_000 }, source: SYSTEMS_MANAGER },
    awsAdvancedParameter: { dollars: 0.05, per: "month", source: SYSTEMS_MANAGER },
    awsAdvancedParameterCall: { dollars: 0.05, per: { calls: 10_000 }, source: SYSTEMS_MANAGER },
    /** The first two rotations of its material add as much again each. */
    awsKey: { dollars: 1, per: "month", source: KMS },
    awsKeyReplica: { dollars: 1, per: "month", source: KMS },
    awsKeyCall: { dollars: 0.03, per: { calls: 10_000 }, source: KMS },
    /** Of standard resolution, for each metric that it looks at. */
    awsAlarmMetric: { dollars: 0.1, per: "month", source: CLOUDWATCH },
    /** In each location, enabled or disabled; automatic replication is one location. */
    gcpVersion: { dollars: 0.06, per: "month", source: SECRET_MANAGER },
    gcpAccess: { dollars: 0.03, per: { calls: 10_000 }, source: SECRET_MANAGER },
    gcpKeyVersion: { dollars: 0.06, per: "month", source: CLOUD_KMS },
    /** Of the protection level HSM, up to 2,000 of them. */
    gcpHsmKeyVersion: { dollars: 1, per: "month", source: CLOUD_KMS },
} as const satisfies Readonly<Record<string, Price>>;

/** Where the prices are from, each page once. */
export const SOURCES: readonly string[] = [...new Set(Object.values(PRICES).map(({ source }) => source))];
