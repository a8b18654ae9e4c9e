import type { ConsumerFacts, Facts, SeenConsumer } from "../../../doctor/facts";
import type { ConsumerSnapshot } from "../../../rotation/verify/snapshot";

/** A day on which nothing is due. */
export const NOW = "2026-11-20T09:00:00Z";
const SYNCED = "2026-11-20T08:30:00Z";
const STARTED = "2026-11-20T08:40:00Z";

export const UNREAD = { is: "unread", why: "it was taken away", isForbidden: false } as const;

const ROLE = "arn:aws:iam::210987654321:role/shop-prod-api";
export const PROVIDER = {
    "aws.region": "us-east-1",
    "aws.service": "SecretsManager",
    "aws.auth.jwt.serviceAccountRef.name": "api",
};
const READS = { DB_URL: "shop/prod/db#url", JWT_KEY: "shop/prod/jwt#key" };
const GENERATIONS = new Map([["shop/db.password", 4]]);

const found = <T>(object: T) => ({ is: "found", object }) as const;

export const snapshot: ConsumerSnapshot = {
    externalSecret: found({
        generations: GENERATIONS,
        isReady: true,
        reason: "SecretSynced",
        readySince: SYNCED,
        isSynced: true,
        refreshed: SYNCED,
    }),
    secret: found({ generations: GENERATIONS, changed: SYNCED }),
    workload: found({
        replicas: 1,
        pods: [{ name: "api-7d9f8-abcde", generations: GENERATIONS, created: STARTED }],
    }),
};

const valid = { status: "True", reason: "Valid", message: "store validated", since: SYNCED };

export const seen: SeenConsumer = {
    syncs: {
        api: found({
            ready: { status: "True", reason: "SecretSynced", message: "secret synced", since: SYNCED },
            refreshed: SYNCED,
            isSynced: true,
            refreshInterval: "1h0m0s",
            secretName: "api-secrets",
            storeName: "api",
            reads: READS,
        }),
    },
    // The operator writes its defaults beside what is declared.
    stores: { api: found({ ready: valid, provider: { ...PROVIDER, "aws.prefix": "" } }) },
    serviceAccount: found({ annotations: { "eks.amazonaws.com/role-arn": ROLE } }),
    secrets: { "api-secrets": found({ keys: ["DB_URL", "JWT_KEY"] }) },
    events: found([
        {
            kind: "Pod",
            name: "web-1-x",
            isWarning: true,
            reason: "Failed",
            message: 'Error: secret "web" not found',
            at: SYNCED,
        },
    ]),
    snapshot,
};

export const consumer: ConsumerFacts = {
    id: "shop/api",
    cluster: "main",
    context: "main",
    namespace: "shop-prod",
    serviceAccount: "api",
    workload: "Deployment/api",
    annotations: { "eks.amazonaws.com/role-arn": ROLE },
    syncs: [
        {
            name: "api",
            secretName: "api-secrets",
            storeName: "api",
            refreshInterval: "1h",
            reads: READS,
            provider: PROVIDER,
        },
    ],
    documents: ["shop/db"],
    unreadable: [],
    secrets: [{ name: "api-secrets", keys: ["DB_URL", "JWT_KEY"] }],
    expected: {
        id: "shop/api",
        cluster: "main",
        namespace: "shop-prod",
        workload: { kind: "Deployment", name: "api" },
        takes: "env",
        secretName: "api-secrets",
        externalSecret: "api",
        fields: [
            {
                id: "shop/db.password",
                stages: [{ stage: "current", stamped: "shop/db.password", generation: 4 }],
                since: "2026-11-10",
            },
        ],
    },
    seen,
};

/** A stack with everything in its place, and all of it seen. */
export const clean: Facts = {
    stack: "prod",
    now: NOW,
    refused: [],
    isRendered: true,
    values: [
        { field: "shop/mail.token", state: "set", isRequired: true, issuer: "a vendor", command: "set it" },
    ],
    rotation: [
        {
            stack: "prod",
            field: "shop/db.password",
            class: "account password",
            strategy: "swap",
            generations: "4 in use",
            generation: 4,
            since: "2026-11-10",
            ageDays: 10,
            due: "2027-02-08",
            overdue: false,
            next: { step: "replace", earliest: "2027-02-08" },
            previousUntil: null,
        },
    ],
    consumers: [consumer],
    documents: [
        {
            id: "shop/db",
            target: {
                kind: "aws-secrets-manager",
                entry: "shop/prod/db",
                accountId: "210987654321",
                region: "us-east-1",
            },
            seen: found({ isDeleted: false, hasValue: true }),
        },
    ],
    keys: [
        {
            setting: "shop/auth.jwks_urls",
            isRequired: true,
            state: "set",
            command: "set it",
            addresses: [{ faults: [], seen: found({ is: "keys", count: 2 }) }],
        },
    ],
};

/** The clean facts with another consumer in place of the only one. */
export const withConsumer = (change: Partial<ConsumerFacts>): Facts => ({
    ...clean,
    consumers: [{ ...consumer, ...change }],
});

export const withSeen = (change: Partial<SeenConsumer>): Facts =>
    withConsumer({ seen: { ...seen, ...change } });
