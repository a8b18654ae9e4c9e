import assert from "node:assert/strict";
import type { ExpectedConsumer } from "../../../rotation/verify/expected";
import { judge } from "../../../rotation/verify/judge";
import type {
    ConsumerSnapshot,
    Seen,
    SeenExternalSecret,
    SeenPod,
    SeenSecret,
    SeenWorkload,
} from "../../../rotation/verify/snapshot";

const DB = "shop/db.password";
const JWT = "shop/jwt.key";
const STAMP = new Map([
    [DB, 4],
    [JWT, 2],
    [`${JWT}_next`, 3],
]);
const NOW = "2026-11-22T12:00:00Z";
const SYNCED = "2026-11-20T08:00:00Z";
const LATER = "2026-11-20T08:05:00Z";
const EARLIER = "2026-11-20T07:00:00Z";

const consumer: ExpectedConsumer = {
    id: "shop/api",
    cluster: "eks",
    namespace: "shop-prod",
    workload: { kind: "Deployment", name: "api" },
    takes: "env",
    secretName: "api-secrets",
    externalSecret: "api",
    fields: [
        { id: DB, since: "2026-11-20", stages: [{ stage: "current", stamped: DB, generation: 4 }] },
        {
            id: JWT,
            since: "2026-11-20",
            stages: [
                { stage: "current", stamped: JWT, generation: 2 },
                { stage: "next", stamped: `${JWT}_next`, generation: 3 },
                { stage: "previous", stamped: `${JWT}_previous`, generation: undefined },
            ],
        },
    ],
};

const found = <T>(object: T): Seen<T> => ({ is: "found", object });
const unread = { is: "unread", why: "HTTP 500", isForbidden: false } as const;
const stamped = (...changes: [string, number | undefined][]): Map<string, number> => {
    const generations = new Map(STAMP);
    for (const [field, generation] of changes) {
        if (generation === undefined) generations.delete(field);
        else generations.set(field, generation);
    }
    return generations;
};
const synced = (change: Partial<SeenExternalSecret> = {}): Seen<SeenExternalSecret> =>
    found({
        generations: STAMP,
        isReady: true,
        reason: "SecretSynced",
        readySince: "2026-09-01T00:00:00Z",
        isSynced: true,
        refreshed: SYNCED,
        ...change,
    });
const secret = (change: Partial<SeenSecret> = {}): Seen<SeenSecret> =>
    found({ generations: STAMP, changed: SYNCED, ...change });
const pod = (name: string, change: Partial<SeenPod> = {}): SeenPod => ({
    name,
    generations: STAMP,
    created: LATER,
    ...change,
});
const workload = (replicas: number | undefined, ...pods: SeenPod[]): Seen<SeenWorkload> =>
    found({ replicas, pods });

interface Case {
    readonly it: string;
    readonly consumer?: Partial<ExpectedConsumer>;
    readonly snapshot?: Partial<ConsumerSnapshot>;
    readonly now?: string;
    /** The verdict on each of the two fields, with a part of the reason. */
    readonly db: string | RegExp;
    readonly jwt: string | RegExp;
}

const CASES: readonly Case[] = [
    { it: "runs what all objects agree on", db: "runs", jwt: "runs" },
    {
        it: "lets a Secret of the cluster itself do without a sync",
        consumer: { externalSecret: undefined },
        snapshot: { externalSecret: undefined },
        db: "runs",
        jwt: "runs",
    },
    {
        it: "leaves pods out that were not asked for",
        snapshot: { workload: undefined },
        db: "runs",
        jwt: "runs",
    },
    {
        it: "is behind in the field alone whose stamp is old",
        snapshot: { externalSecret: synced({ generations: stamped([DB, 3]) }) },
        db: /^behind ExternalSecret shop-prod\/api: it has generation 3 as current/,
        jwt: "runs",
    },
    {
        it: "is behind while the announced generation has not come",
        snapshot: { secret: secret({ generations: stamped([`${JWT}_next`, undefined]) }) },
        db: "runs",
        jwt: /^behind Secret shop-prod\/api-secrets: it has no next generation .*2026-11-20T08:00:00Z/,
    },
    {
        it: "is behind while a retired generation is still there",
        snapshot: { secret: secret({ generations: stamped([`${JWT}_previous`, 1]) }) },
        db: "runs",
        jwt: /^behind .*still has generation 1 as previous/,
    },
    {
        it: "is behind without a stamp",
        snapshot: { secret: secret({ generations: new Map() }) },
        db: /^behind .*no current generation/,
        jwt: /^behind .*no current generation, it has no next generation/,
    },
    {
        it: "is behind when the sync fails, since it does",
        snapshot: {
            externalSecret: synced({
                isReady: false,
                reason: "SecretSyncedError",
                readySince: "2026-11-21T00:00:00Z",
            }),
        },
        db: /^behind .*not ready \(SecretSyncedError\) .*2026-11-21/,
        jwt: /^behind .*not ready/,
    },
    {
        it: "is behind when Ready is of an earlier sync",
        snapshot: { externalSecret: synced({ isSynced: false }) },
        db: /^behind .*has changed after its last sync/,
        jwt: /^behind/,
    },
    {
        it: "is behind when the last sync was before the day in the ledger",
        snapshot: { externalSecret: synced({ refreshed: "2026-11-19T23:59:59Z" }) },
        db: /^behind .*before the rotation of 2026-11-20/,
        jwt: /^behind/,
    },
    {
        it: "does not ask for a sync on a day that is yet to come",
        snapshot: { externalSecret: synced({ refreshed: "2026-11-19T23:59:59Z" }) },
        now: "2026-11-19T23:59:59Z",
        db: "runs",
        jwt: "runs",
    },
    {
        it: "is behind without its Secret",
        snapshot: { secret: { is: "missing" } },
        db: /^behind .*not there/,
        jwt: /^behind/,
    },
    {
        it: "is behind without its ExternalSecret",
        snapshot: { externalSecret: { is: "missing" } },
        db: /^behind ExternalSecret .*not there/,
        jwt: /^behind/,
    },
    {
        it: "is unknown when an object can't be read",
        snapshot: { secret: unread },
        db: /^unknown Secret .*HTTP 500/,
        jwt: /^unknown/,
    },
    {
        it: "is behind rather than unknown when one object says so",
        snapshot: { secret: unread, externalSecret: synced({ generations: stamped([DB, 3]) }) },
        db: /^behind/,
        jwt: /^unknown/,
    },
    {
        it: "is unknown when there is no such workload, whose name may be wrong",
        snapshot: { workload: { is: "missing" } },
        db: /^unknown Deployment shop-prod\/api: it is not there/,
        jwt: /^unknown/,
    },
    {
        it: "is unknown when pods can't be read",
        snapshot: { workload: unread },
        db: /^unknown/,
        jwt: /^unknown/,
    },
    {
        it: "is behind in the field alone that a pod was not restarted for",
        snapshot: {
            workload: workload(2, pod("new"), pod("old", { generations: stamped([DB, 3]), created: LATER })),
        },
        db: /^behind .*1 of 2 pods is not restarted for it: old: it has generation 3 as current/,
        jwt: "runs",
    },
    {
        it: "is behind when pods have no annotation",
        snapshot: { workload: workload(1, pod("bare", { generations: new Map() })) },
        db: /^behind .*no current generation/,
        jwt: /^behind/,
    },
    {
        it: "is behind when a pod is annotated with what it started too early for",
        snapshot: { workload: workload(2, pod("new"), pod("early", { created: EARLIER })) },
        db: /^behind .*1 of 2 pods is older than the last change of the Secret/,
        jwt: /^behind/,
    },
    {
        it: "counts a pod of the same second as too early",
        snapshot: { workload: workload(1, pod("early", { created: SYNCED })) },
        db: /^behind .*older/,
        jwt: /^behind/,
    },
    {
        it: "is unknown when the Secret does not say when it changed",
        snapshot: { secret: secret({ changed: undefined }), workload: workload(1, pod("new")) },
        db: /^unknown .*age proves nothing/,
        jwt: /^unknown/,
    },
    {
        it: "is behind while the rollout is under way",
        snapshot: { workload: workload(3, pod("new")) },
        db: /^behind .*1 of 3 pods/,
        jwt: /^behind/,
    },
    { it: "runs where nothing runs", snapshot: { workload: workload(0) }, db: "runs", jwt: "runs" },
    {
        it: "runs in a CronJob without pods",
        consumer: { workload: { kind: "CronJob", name: "report" } },
        snapshot: { workload: workload(undefined) },
        db: "runs",
        jwt: "runs",
    },
    {
        it: "runs in a CronJob whose run started after the sync, whatever it is annotated with",
        consumer: { workload: { kind: "CronJob", name: "report" } },
        snapshot: { workload: workload(undefined, pod("run", { generations: new Map() })) },
        db: "runs",
        jwt: "runs",
    },
    {
        it: "is behind in a CronJob while a run from before goes on",
        consumer: { workload: { kind: "CronJob", name: "report" } },
        snapshot: { workload: workload(undefined, pod("run", { created: EARLIER })) },
        db: /^behind CronJob .*older/,
        jwt: /^behind/,
    },
    {
        it: "runs in old pods that take files",
        consumer: { takes: "files" },
        snapshot: { workload: workload(1, pod("old", { created: EARLIER, generations: new Map() })) },
        db: "runs",
        jwt: "runs",
    },
    {
        it: "is behind in old pods while their files are on the way",
        consumer: { takes: "files" },
        snapshot: { workload: workload(1, pod("old", { created: EARLIER })) },
        now: "2026-11-20T08:01:59Z",
        db: /^behind .*the files in 1 of 1 pods change within 2 minutes/,
        jwt: /^behind/,
    },
];

describe("what a consumer is judged to run", () => {
    for (const { it: title, consumer: change = {}, snapshot = {}, now = NOW, db, jwt } of CASES) {
        it(title, () => {
            const seen = {
                externalSecret: synced(),
                secret: secret(),
                workload: workload(1, pod("one")),
                ...snapshot,
            };
            const verdicts = judge({ ...consumer, ...change }, seen, now);
            assert.deepEqual(
                verdicts.map(({ field }) => field),
                [DB, JWT],
            );
            for (const [index, expected] of [db, jwt].entries()) {
                const { status, finding } = verdicts[index]!;
                const text =
                    finding === undefined
                        ? status
                        : `${status} ${finding.object}: ${finding.why} ${finding.since ?? ""}`;
                if (typeof expected === "string") assert.equal(text, expected);
                else assert.match(text, expected);
            }
        });
    }
});
