import assert from "node:assert/strict";
import fc from "fast-check";
import { diagnose } from "../../doctor";
import { CHECKS } from "../../doctor/checks";
import type { Facts, SeenConsumer } from "../../doctor/facts";
import { SYMPTOMS } from "../../doctor/finding";
import { refusing, withEntry, withRotation } from "./cases/changes";
import { NOT_FOUND } from "./cases/found";
import { NOT_ROTATED } from "./cases/rotated";
import { NOT_SYNCED } from "./cases/synced";
import { clean, consumer, UNREAD, withConsumer } from "./support/clean";

const CASES = [...NOT_FOUND, ...NOT_SYNCED, ...NOT_ROTATED];

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
