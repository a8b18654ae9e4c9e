import assert from "node:assert/strict";
import fc from "fast-check";
import { diagnose } from "../../doctor";
import { CHECKS } from "../../doctor/checks";
import type { Facts, SeenCondition, SeenConsumer, SeenEvent, SeenStore, SeenSync } from "../../doctor/facts";
import { SYMPTOMS } from "../../doctor/finding";
import {
    clean,
    consumer,
    NOW,
    PROVIDER,
    seen,
    snapshot,
    UNREAD,
    withConsumer,
    withSeen,
} from "./support/clean";

const found = <T>(object: T) => ({ is: "found", object }) as const;
const objectOf = <T>(one: { readonly is: string; readonly object?: T } | undefined): T => {
    assert.ok(one?.object !== undefined);
    return one.object;
};
const sync = objectOf<SeenSync>(seen.syncs["api"]);
const store = objectOf<SeenStore>(seen.stores["api"]);
const condition = (status: string, reason: string, message = ""): SeenCondition => ({
    status,
    reason,
    message,
    since: NOW,
});
const warning = (kind: string, name: string, message: string): SeenEvent => ({
    kind,
    name,
    isWarning: true,
    reason: "Failed",
    message,
    at: NOW,
});
const withSync = (change: Partial<SeenSync>): Facts =>
    withSeen({ syncs: { api: found({ ...sync, ...change }) } });
const withStore = (change: Partial<SeenStore>): Facts =>
    withSeen({ stores: { api: found({ ...store, ...change }) } });
const withEntry = (isDeleted: boolean, hasValue: boolean): Facts => ({
    ...clean,
    documents: clean.documents.map((each) => ({ ...each, seen: found({ isDeleted, hasValue }) })),
});
const withRotation = (change: object): Facts => ({
    ...clean,
    rotation: clean.rotation.map((each) => ({ ...each, ...change })),
});
const withAddress = (change: object): Facts => ({
    ...clean,
    keys: clean.keys.map((key) => ({
        ...key,
        addresses: key.addresses.map((address) => ({ ...address, ...change })),
    })),
});
const refusing = (message: string): Facts => ({
    ...clean,
    refused: [{ place: 'Pulumi.prod.yaml:9 strongroom:values["shop/mail.token"]', message }],
});
const unsynced = condition("False", "SecretSyncedError", "could not get secret data from provider");
const failing = (message: string): Facts =>
    withSeen({
        syncs: { api: found({ ...sync, ready: unsynced }) },
        events: found([warning("ExternalSecret", "api", message)]),
    });
const refusedLogin = (message: string): Facts =>
    withSeen({
        stores: {
            api: found({
                ...store,
                ready: condition("False", "InvalidProviderConfig", "unable to create client"),
            }),
        },
        events: found([warning("SecretStore", "api", message)]),
    });

/** What is changed in a clean state, and the one finding that follows: check, status, and a part of what is said. */
const CASES: readonly [what: string, facts: Facts, check: string, status: string, says: RegExp][] = [
    [
        "a configuration that is refused",
        refusing("the catalogue has no such field"),
        "configuration",
        "problem",
        /no such field/,
    ],
    ["a placeholder", refusing("its value is a placeholder"), "values-set", "problem", /placeholder/],
    [
        "a value that nobody has set",
        { ...clean, values: clean.values.map((each) => ({ ...each, state: "missing" })) },
        "values-set",
        "problem",
        /applications need it.*a vendor issues it.*set it/,
    ],
    [
        "a value that can't be looked at",
        { ...clean, values: clean.values.map((each) => ({ ...each, state: "sealed" })) },
        "values-set",
        "skipped",
        /no passphrase/,
    ],
    [
        "a consumer whose identity can't read",
        withConsumer({ unreadable: [{ message: "cannot read it", fix: "Grant it", isSure: true }] }),
        "access",
        "problem",
        /cannot read it.*Grant it.*npm run access -- --stack prod --identity shop-prod\/api/,
    ],
    [
        "a consumer whose identity may be unable to read",
        withConsumer({ unreadable: [{ message: "may be unable", fix: "Say it", isSure: false }] }),
        "access",
        "warning",
        /may be unable/,
    ],
    [
        "an entry that is not there",
        { ...clean, documents: clean.documents.map((each) => ({ ...each, seen: { is: "missing" } })) },
        "entry-stored",
        "problem",
        /no entry.*describe-secret --region us-east-1 --secret-id shop\/prod\/db/,
    ],
    [
        "an entry that was deleted",
        withEntry(true, true),
        "entry-stored",
        "problem",
        /was deleted.*restore-secret/,
    ],
    ["an entry without a value", withEntry(false, false), "entry-stored", "problem", /no value/],
    [
        "a Secret that is not there",
        withSeen({ secrets: { "api-secrets": { is: "missing" } } }),
        "secret-delivered",
        "problem",
        /not there.*force-sync/,
    ],
    [
        "a Secret without a key",
        withSeen({ secrets: { "api-secrets": found({ keys: ["DB_URL"] }) } }),
        "secret-delivered",
        "problem",
        /no key 'JWT_KEY'/,
    ],
    [
        "a Secret whose keys are not told",
        withSeen({ secrets: { "api-secrets": found({ keys: undefined }) } }),
        "secret-delivered",
        "skipped",
        /does not say which keys/,
    ],
    [
        "a pod without its Secret",
        withSeen({
            events: found([warning("Pod", "api-7d9f8-abcde", 'Error: secret "api-secrets" not found')]),
        }),
        "pod-events",
        "problem",
        /Secret 'api-secrets' is not found/,
    ],
    [
        "a pod without a key",
        withSeen({
            events: found([
                warning(
                    "Pod",
                    "api-7d9f8-abcde",
                    "Error: couldn't find key JWT_KEY in Secret shop-prod/api-secrets",
                ),
            ]),
        }),
        "pod-events",
        "problem",
        /Secret 'api-secrets' has no key 'JWT_KEY'/,
    ],
    [
        "a SecretStore that is not there",
        withSeen({ stores: { api: { is: "missing" } } }),
        "store-ready",
        "problem",
        /not there/,
    ],
    [
        "a SecretStore that nobody has taken up",
        withStore({ ready: undefined }),
        "store-ready",
        "problem",
        /said nothing/,
    ],
    [
        "a SecretStore that can't be told",
        withStore({ ready: condition("True", "ValidationUnknown") }),
        "store-ready",
        "warning",
        /can't tell/,
    ],
    [
        "a cluster that AWS does not know",
        refusedLogin(
            "operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 400, InvalidIdentityToken: No OpenIDConnect provider found in your account",
        ),
        "store-ready",
        "problem",
        /no identity provider.*list-open-id-connect-providers/,
    ],
    [
        "a role that does not trust",
        refusedLogin("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        "store-ready",
        "problem",
        /does not trust.*get-role --role-name shop-prod-api/,
    ],
    [
        "a Vault that refuses the login",
        refusedLogin(
            "unable to log in to auth method: unable to log in with Kubernetes auth: Code: 403. Errors: * permission denied",
        ),
        "store-ready",
        "problem",
        /does not take the service account's token/,
    ],
    [
        "a Workload Identity that is not bound",
        refusedLogin(
            "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist)",
        ),
        "store-ready",
        "problem",
        /Workload Identity binding/,
    ],
    [
        "a SecretStore of another region",
        withStore({ provider: { ...PROVIDER, "aws.region": "eu-west-1" } }),
        "store-declared",
        "problem",
        /'aws.region' is 'eu-west-1', and 'us-east-1' is declared/,
    ],
    [
        "a service account that is not there",
        withSeen({ serviceAccount: { is: "missing" } }),
        "service-account",
        "problem",
        /not there/,
    ],
    [
        "a service account with a misspelled annotation",
        withSeen({ serviceAccount: found({ annotations: { "eks.amazonaws.com/rolearn": "x" } }) }),
        "service-account",
        "problem",
        /'eks.amazonaws.com\/role-arn' is missing; it has 'eks.amazonaws.com\/rolearn'/,
    ],
    [
        "an ExternalSecret that is not there",
        withSeen({ syncs: { api: { is: "missing" } } }),
        "sync-ready",
        "problem",
        /not there/,
    ],
    [
        "an ExternalSecret that nobody has taken up",
        withSync({ ready: undefined }),
        "sync-ready",
        "problem",
        /said nothing/,
    ],
    [
        "a sync that may not read",
        failing(
            "AccessDeniedException: User: x is not authorized to perform: secretsmanager:GetSecretValue on resource: y",
        ),
        "sync-ready",
        "problem",
        /SecretSyncedError.*no statement lets it read.*npm run access/,
    ],
    [
        "a sync of an entry that is not there",
        failing("ResourceNotFoundException: Secrets Manager can't find the specified secret."),
        "sync-ready",
        "problem",
        /no entry of that name.*--stores/,
    ],
    [
        "a sync that fails for a reason that is not known",
        failing("something new with token=hunter2hunter2"),
        "sync-ready",
        "problem",
        /it says: something new with token=\[masked\]/,
    ],
    [
        "a sync that stands still",
        withSync({ refreshed: "2026-11-20T06:00:00Z" }),
        "sync-fresh",
        "problem",
        /its last sync was at 2026-11-20T06:00:00Z/,
    ],
    [
        "a sync of what was declared before",
        withSync({ isSynced: false }),
        "sync-fresh",
        "problem",
        /changed after/,
    ],
    [
        "a sync that never comes again",
        withSync({ refreshInterval: "0" }),
        "sync-declared",
        "problem",
        /never reads/,
    ],
    [
        "an ExternalSecret with a misspelled entry",
        withSync({ reads: { ...sync.reads, DB_URL: "shop/prod/bd#url" } }),
        "sync-declared",
        "problem",
        /'DB_URL' from 'shop\/prod\/bd#url', and 'shop\/prod\/db#url' is declared/,
    ],
    [
        "an ExternalSecret with a misspelled variable",
        withSync({ reads: { DB_URI: "shop/prod/db#url", JWT_KEY: "shop/prod/jwt#key" } }),
        "sync-declared",
        "problem",
        /does not write 'DB_URL': it has 'DB_URI'/,
    ],
    [
        "a value that is too old",
        withRotation({ overdue: true, due: "2026-11-01" }),
        "rotation-due",
        "problem",
        /replaced by 2026-11-01/,
    ],
    [
        "a rotation that nobody goes on with",
        withRotation({ next: { step: "promote", earliest: "2026-11-15" } }),
        "rotation-due",
        "warning",
        /stands still.*npm run rotate -- due --stack prod/,
    ],
    [
        "a rotation that is due",
        withRotation({ next: { step: "replace", earliest: "2026-11-20" } }),
        "rotation-due",
        "warning",
        /is due since/,
    ],
    [
        "a value whose day nobody knows",
        withRotation({ generations: null, next: null }),
        "rotation-due",
        "warning",
        /does not know/,
    ],
    [
        "a Secret of the generation before",
        withSeen({
            snapshot: {
                ...snapshot,
                secret: found({
                    generations: new Map([["shop/db.password", 3]]),
                    changed: NOW.replace("09:", "08:"),
                }),
            },
        }),
        "rotation-arrived",
        "problem",
        /shop\/db.password: it has generation 3 as current.*force-sync/,
    ],
    [
        "a pod of the generation before",
        withSeen({
            snapshot: {
                ...snapshot,
                workload: found({
                    replicas: 1,
                    pods: [{ name: "api-1", generations: new Map([["shop/db.password", 3]]), created: NOW }],
                }),
            },
        }),
        "rotation-arrived",
        "problem",
        /not restarted.*rollout restart deployment\/api/,
    ],
    [
        "an address that is not https",
        withAddress({ faults: [{ message: "is not https", isGrave: true }] }),
        "key-address",
        "problem",
        /it is not https/,
    ],
    [
        "an address without anything",
        withAddress({ seen: { is: "missing" } }),
        "keys-fetched",
        "problem",
        /nothing at the address/,
    ],
    [
        "an address with a page for people",
        withAddress({
            seen: found({ is: "other", what: "its answer is no set of keys", cause: "it is not JSON" }),
        }),
        "keys-fetched",
        "problem",
        /no set of keys/,
    ],
];

/** Does not prove: that the facts are what a cluster, a store or a network says; see the readers' tests. */
describe("doctor, from facts", () => {
    const notWell = (facts: Facts) => diagnose(facts).filter(({ status }) => status !== "ok");

    it("finds nothing in a clean state, of which everything was seen", () => {
        assert.deepEqual(notWell(clean), []);
        assert.deepEqual(
            [...new Set(diagnose(clean).map(({ check }) => check))].sort(),
            CHECKS.map(({ name }) => name).sort(),
            "every check has said something",
        );
    });

    for (const [what, facts, check, status, says] of CASES) {
        it(`tells ${what}, and nothing else`, () => {
            const findings = notWell(facts);
            assert.deepEqual(
                findings.map((each) => [each.check, each.status]),
                [[check, status]],
                JSON.stringify(findings, null, 2),
            );
            const [finding] = findings;
            assert.ok(finding !== undefined);
            assert.match(`${finding.message} ${finding.why} ${finding.next.join(" ")}`, says);
            assert.ok(finding.next.length > 0, "it says what to type");
            assert.doesNotMatch(
                finding.next.join(" "),
                /undefined|--(?:context|namespace|stack|secret-id|role-name|identity) +(?:$|-)|get-secret-value/,
            );
        });
    }

    it("has a case for every check, and a check for every symptom", () => {
        const tried = new Set(CASES.map(([, , check]) => check));
        assert.deepEqual(
            CHECKS.flatMap(({ name }) => (tried.has(name) ? [] : [name])),
            [],
        );
        assert.deepEqual([...new Set(CHECKS.map(({ symptom }) => symptom))].sort(), [...SYMPTOMS].sort());
    });

    it("tells the worst first", () => {
        const facts = { ...withEntry(true, true), rotation: withRotation({ overdue: true }).rotation };
        const statuses = diagnose({
            ...facts,
            values: [{ ...clean.values[0], state: "sealed" } as never],
        }).map(({ status }) => status);
        assert.deepEqual(statuses.slice(0, 3), ["problem", "problem", "skipped"]);
        assert.ok(statuses.slice(3).every((status) => status === "ok"));
    });

    /** Evidence that can be missing, and the checks that need it. */
    const EVIDENCE: Readonly<
        Record<string, readonly [take: (facts: Facts) => Facts, checks: readonly string[]]>
    > = {
        syncs: [seenWithout("syncs", { api: UNREAD }), ["sync-ready", "sync-fresh", "sync-declared"]],
        stores: [seenWithout("stores", { api: UNREAD }), ["store-ready", "store-declared"]],
        account: [seenWithout("serviceAccount", UNREAD), ["service-account"]],
        secrets: [seenWithout("secrets", {}), ["secret-delivered"]],
        events: [seenWithout("events", UNREAD), ["pod-events"]],
        snapshot: [seenWithout("snapshot", undefined), ["rotation-arrived"]],
        entries: [
            (facts) => ({ ...facts, documents: facts.documents.map((each) => ({ ...each, seen: UNREAD })) }),
            ["entry-stored"],
        ],
        network: [
            (facts) => ({
                ...facts,
                keys: facts.keys.map((key) => ({
                    ...key,
                    addresses: key.addresses.map((address) => ({ ...address, seen: UNREAD })),
                })),
            }),
            ["keys-fetched"],
        ],
    };
    function seenWithout<K extends keyof SeenConsumer>(key: K, value: SeenConsumer[K]) {
        return (facts: Facts): Facts => ({
            ...facts,
            consumers: facts.consumers.map((each) => ({ ...each, seen: { ...each.seen, [key]: value } })),
        });
    }

    it("skips exactly the checks whose evidence is missing, whichever is, and calls none of them well", () => {
        fc.assert(
            fc.property(fc.subarray(Object.keys(EVIDENCE)), (missing) => {
                const taken = missing.flatMap((name) => EVIDENCE[name] ?? []).length === 0 ? [] : missing;
                const facts = taken.reduce((before, name) => EVIDENCE[name]?.[0](before) ?? before, clean);
                const needed = taken.flatMap((name) => EVIDENCE[name]?.[1] ?? []).sort();
                const findings = diagnose(facts);
                const of = (status: string): string[] =>
                    [
                        ...new Set(findings.flatMap((each) => (each.status === status ? [each.check] : []))),
                    ].sort();
                assert.deepEqual(of("skipped"), needed);
                assert.deepEqual(
                    of("ok").filter((check) => needed.includes(check)),
                    [],
                );
                assert.deepEqual([...of("problem"), ...of("warning")], []);
            }),
        );
    });

    it("looks at nothing further where the program failed", () => {
        const facts = {
            ...refusing("must be a region"),
            isRendered: false,
            consumers: [],
            documents: [],
            values: [],
            rotation: [],
            keys: [],
        };
        assert.deepEqual(
            diagnose(facts).map(({ check, status }) => [check, status]),
            [["configuration", "problem"]],
        );
    });

    it("asks for the cluster of the consumer that was not looked at", () => {
        const finding = notWell(withConsumer({ seen: { ...consumer.seen, events: UNREAD } }))[0];
        assert.deepEqual(finding?.next, ["npm run doctor -- --stack prod --context main=main"]);
    });
});
