import assert from "node:assert/strict";
import type { RotationClass } from "../../../../components/domain/rotation/rotation-class";
import type { Generations, LiveGeneration } from "../../../../components/domain/rotation/stages";
import { transitionBetween } from "../../../../components/domain/rotation/transition";
import { account, signingKey, vendor } from "../../../support/rotation-classes";

const live = (generation: number, since: string, more: Partial<LiveGeneration> = {}): LiveGeneration => ({
    generation,
    since,
    reason: "schedule",
    ...more,
});
const incident = { reason: "compromise", reference: "INC-1" } as const;
const keys: RotationClass = { name: "keys", strategy: "two-key", consumerLag: "3 hours", grace: "2 days" };
const dataKey: RotationClass = { ...signingKey, name: "data", encryptsData: true };

const steady: Generations = { current: live(4, "2026-09-01") };
const announced: Generations = { ...steady, next: live(5, "2026-11-01") };
const promoted: Generations = {
    current: live(5, "2026-11-03"),
    previous: { generation: 4, until: "2026-11-08" },
};
const ended: Generations = { current: live(5, "2026-11-03") };

describe("a step of a ledger", () => {
    const allowed: [string, RotationClass, Generations | undefined, Generations, string][] = [
        [
            "the first value",
            signingKey,
            undefined,
            { current: live(1, "2026-09-01", { reason: "initial" }) },
            "begin",
        ],
        ["an announcement", signingKey, steady, announced, "announce"],
        ["a promotion", signingKey, announced, promoted, "promote"],
        ["the end of an overlap", signingKey, promoted, ended, "retire"],
        [
            "a longer overlap",
            signingKey,
            promoted,
            { ...promoted, previous: { generation: 4, until: "2026-12-01" } },
            "reschedule",
        ],
        ["a withdrawal", signingKey, announced, { ...steady, highest: 5 }, "withdraw"],
        [
            "an announcement after a withdrawal",
            signingKey,
            { ...steady, highest: 5 },
            { ...steady, next: live(6, "2026-11-09"), highest: 5 },
            "announce",
        ],
        [
            "a rollback",
            signingKey,
            promoted,
            {
                current: live(4, "2026-11-04", { reason: "rollback", reference: "INC-2" }),
                previous: { generation: 5, until: "2026-11-09" },
            },
            "roll back",
        ],
        [
            "the end of a rollback",
            signingKey,
            {
                current: live(4, "2026-11-04", { reason: "rollback", reference: "INC-2" }),
                previous: { generation: 5, until: "2026-11-09" },
            },
            { current: live(4, "2026-11-04", { reason: "rollback", reference: "INC-2" }), highest: 5 },
            "retire",
        ],
        [
            "a compromise while another is announced",
            signingKey,
            announced,
            { current: live(6, "2026-11-02", incident) },
            "revoke",
        ],
        [
            "a compromise that the announced one outlives",
            signingKey,
            announced,
            { current: live(5, "2026-11-02", incident) },
            "revoke",
        ],
        [
            "a compromise in an overlap",
            signingKey,
            promoted,
            { current: live(6, "2026-11-04", incident) },
            "revoke",
        ],
        [
            "a swap",
            account,
            steady,
            { current: live(5, "2026-11-03"), previous: { generation: 4, until: "2026-11-10" } },
            "replace",
        ],
        [
            "a second access key",
            keys,
            steady,
            { current: live(5, "2026-11-03"), previous: { generation: 4, until: "2026-11-05" } },
            "replace",
        ],
        [
            "a compromised key of two: the other one is used again",
            keys,
            { current: live(5, "2026-11-03"), previous: { generation: 4, until: "2026-11-05" } },
            { current: live(4, "2026-11-04", incident), highest: 5 },
            "revoke",
        ],
        ["a value that a vendor issued", vendor, steady, ended, "replace"],
        [
            "a compromised data key, which stays to be read with",
            dataKey,
            steady,
            { ...steady, next: live(5, "2026-11-01", incident) },
            "announce",
        ],
        [
            "data that was written anew",
            dataKey,
            promoted,
            { ...promoted, previous: { generation: 4, until: "2026-11-08", rewritten: "2026-11-08" } },
            "confirm rewrite",
        ],
    ];
    for (const [title, rotationClass, before, after, kind] of allowed) {
        it(`is ${title}`, () => {
            const found = transitionBetween(before, after, { rotationClass, today: "2026-12-24" });
            assert.equal(found.kind, "step");
            assert.deepEqual(found.faults, []);
            assert.equal(found.step.kind, kind);
        });
    }

    const refused: [string, RotationClass, Generations | undefined, Generations, RegExp][] = [
        ["a field that begins with 2", account, undefined, { current: live(2, "2026-09-01") }, /number 1/],
        [
            "a first value that replaces nothing",
            account,
            undefined,
            { current: live(1, "2026-09-01") },
            /rotates nothing/,
        ],
        ["a use without announcement", signingKey, steady, promoted, /announced first/],
        [
            "a use before everybody knows it",
            signingKey,
            announced,
            { current: live(5, "2026-11-02"), previous: { generation: 4, until: "2026-11-08" } },
            /announced on 2026-11-01, and it takes 2 days/,
        ],
        [
            "an overlap that ends too early",
            signingKey,
            announced,
            { current: live(5, "2026-11-03"), previous: { generation: 4, until: "2026-11-07" } },
            /would go on 2026-11-07/,
        ],
        [
            "a promotion that drops the old one",
            signingKey,
            announced,
            ended,
            /4 is in use, and would be gone/,
        ],
        [
            "a second rotation in an overlap",
            signingKey,
            promoted,
            { ...promoted, next: live(6, "2026-11-04") },
            /one rotation at a time/,
        ],
        [
            "a second swap before the first has ended",
            account,
            { current: live(5, "2026-11-03"), previous: { generation: 4, until: "2026-11-10" } },
            { current: live(6, "2026-11-05"), previous: { generation: 5, until: "2026-11-12" } },
            /kept until 2026-11-10/,
        ],
        ["a leap of two", account, steady, { current: live(6, "2026-11-03") }, /6 would follow 4/],
        [
            "two rotations without a deployment",
            signingKey,
            steady,
            { ...promoted, next: live(6, "2026-11-05") },
            /6 would follow 4/,
        ],
        ["a step back", account, steady, { current: live(3, "2026-11-03") }, /3 is gone, and would be drawn/],
        [
            "a number that is forgotten",
            signingKey,
            announced,
            steady,
            /the number 5 was given, and nothing would remember it/,
        ],
        [
            "a number that is given again",
            signingKey,
            { ...steady, highest: 5 },
            { ...steady, next: live(5, "2026-11-09"), highest: 5 },
            /5 is gone, and would be drawn again/,
        ],
        [
            "the loss of a data key",
            dataKey,
            steady,
            { current: live(5, "2026-11-02", incident) },
            /would be lost/,
        ],
        ["a data key that something may depend on", dataKey, promoted, ended, /nothing proves/],
        [
            "a rollback to a compromised value",
            account,
            {
                current: live(5, "2026-11-03", incident),
                previous: { generation: 4, until: "2026-11-10" },
            },
            {
                current: live(4, "2026-11-04", { reason: "rollback", reference: "INC-2" }),
                previous: { generation: 5, until: "2026-11-11" },
            },
            /previous value is compromised/,
        ],
        [
            "a third key",
            keys,
            { current: live(5, "2026-11-03"), previous: { generation: 4, until: "2026-11-05" } },
            { current: live(6, "2026-11-04", incident) },
            /takes no third key/,
        ],
        [
            "a compromise that goes back to an older value",
            account,
            { current: live(5, "2026-11-03"), previous: { generation: 4, until: "2026-11-10" } },
            { current: live(4, "2026-11-04", incident), highest: 5 },
            /may be known as well/,
        ],
        ["an announcement of a swap", account, steady, announced, /announces nothing/],
        [
            "a day in the future",
            signingKey,
            steady,
            { ...steady, next: live(5, "2027-01-01") },
            /has not come yet/,
        ],
        [
            "a day before the last step",
            signingKey,
            steady,
            { ...steady, next: live(5, "2026-08-01") },
            /before 2026-09-01/,
        ],
        [
            "a request that nobody asked for",
            signingKey,
            steady,
            { ...steady, next: live(5, "2026-11-01", { reason: "request" }) },
            /carries a reference/,
        ],
        ["two steps at once", signingKey, promoted, { current: live(5, "2026-11-06") }, /more than one step/],
    ];
    for (const [title, rotationClass, before, after, message] of refused) {
        it(`is not ${title}`, () => {
            const found = transitionBetween(before, after, { rotationClass, today: "2026-12-24" });
            assert.ok(found.kind === "step" || found.kind === "leap");
            assert.match(found.faults.map((fault) => fault.message).join("\n"), message);
            assert.ok(found.faults.every(({ fix }) => fix !== ""));
        });
    }

    it("waits for the end of an overlap", () => {
        const found = transitionBetween(promoted, ended, {
            rotationClass: signingKey,
            today: "2026-11-07",
        });
        assert.equal(found.kind, "step");
        assert.deepEqual(
            found.faults.map(({ earliest }) => earliest),
            ["2026-11-08"],
        );
    });

    it("is none where nothing changed, or only a reference did", () => {
        const circumstances = { rotationClass: signingKey };
        const same = structuredClone(promoted);
        assert.equal(transitionBetween(promoted, same, circumstances).kind, "none");
        const noted = { ...promoted, current: { ...promoted.current, reference: "OPS-2" } };
        assert.equal(transitionBetween(promoted, noted, circumstances).kind, "annotated");
    });
});
