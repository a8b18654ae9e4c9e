import assert from "node:assert/strict";
import type { RotationClass } from "../../../../components/domain/rotation/rotation-class";
import type {
    Generations,
    LiveGeneration,
    PreviousGeneration,
} from "../../../../components/domain/rotation/stages";
import { transitionBetween } from "../../../../components/domain/rotation/transition";
import { account, signingKey } from "../../../support/rotation-classes";

const dataKey: RotationClass = { ...signingKey, name: "data", encryptsData: true };
const live = (generation: number, since: string): LiveGeneration => ({
    generation,
    since,
    reason: "schedule",
});
/** Generation 5 encrypts, 4 is still read with, and nobody encrypts with it from 2026-11-08 on. */
const promoted = (marks: Partial<PreviousGeneration> = {}): Generations => ({
    current: live(5, "2026-11-03"),
    previous: { generation: 4, until: "2026-11-08", ...marks },
});
const ended: Generations = { current: live(5, "2026-11-03") };
const rewriting = promoted({ rewriting: "2026-11-08" });

describe("a rewrite in the ledger", () => {
    const allowed: [string, Generations, Generations, string][] = [
        ["begins when nobody encrypts with the old key any more", promoted(), rewriting, "start rewrite"],
        [
            "is confirmed after it began",
            rewriting,
            promoted({ rewriting: "2026-11-08", rewritten: "2026-11-09" }),
            "confirm rewrite",
        ],
        [
            "is confirmed where it was done by hand",
            promoted(),
            promoted({ rewritten: "2026-11-08" }),
            "confirm rewrite",
        ],
        [
            "ends with the old key",
            promoted({ rewriting: "2026-11-08", rewritten: "2026-11-09" }),
            ended,
            "retire",
        ],
    ];
    for (const [title, before, after, kind] of allowed) {
        it(title, () => {
            const found = transitionBetween(before, after, { rotationClass: dataKey, today: "2026-12-24" });
            assert.equal(found.kind, "step");
            assert.deepEqual(found.faults, []);
            assert.equal(found.step.kind, kind);
        });
    }

    const refused: [string, RotationClass, Generations, Generations, RegExp][] = [
        [
            "does not begin while somebody may encrypt with the old key",
            dataKey,
            promoted(),
            promoted({ rewriting: "2026-11-07" }),
            /may still encrypt with generation 4 until 2026-11-08/,
        ],
        [
            "is not confirmed while the next write may undo it",
            dataKey,
            promoted(),
            promoted({ rewritten: "2026-11-07" }),
            /may still encrypt with generation 4 until 2026-11-08/,
        ],
        ["is not skipped", dataKey, promoted(), ended, /nothing proves/],
        ["is not ended by its beginning", dataKey, rewriting, ended, /nothing proves/],
        [
            "is not begun and confirmed in one deployment",
            dataKey,
            promoted(),
            promoted({ rewriting: "2026-11-08", rewritten: "2026-11-08" }),
            /more than one step/,
        ],
        [
            "comes before a second rotation",
            dataKey,
            promoted(),
            { ...promoted(), next: live(6, "2026-12-20") },
            /one rotation at a time/,
        ],
        [
            "comes to its end before a second rotation",
            dataKey,
            rewriting,
            { ...rewriting, next: live(6, "2026-12-20") },
            /one rotation at a time/,
        ],
        ["is none of a key that encrypts nothing", signingKey, promoted(), rewriting, /encrypts nothing/],
    ];
    for (const [title, rotationClass, before, after, message] of refused) {
        it(title, () => {
            const found = transitionBetween(before, after, { rotationClass, today: "2026-12-24" });
            assert.ok(found.kind === "step" || found.kind === "leap");
            assert.match(found.faults.map((fault) => fault.message).join("\n"), message);
        });
    }

    it("is part of a swap, where one key is valid at a time", () => {
        const swapped: RotationClass = { ...account, encryptsData: true };
        const after = promoted({ rewritten: "2026-11-03" });
        const found = transitionBetween(promoted(), after, { rotationClass: swapped, today: "2026-12-24" });
        assert.equal(found.kind, "step");
        assert.deepEqual(found.faults, []);
    });

    it("tells the first day on which it may begin", () => {
        const found = transitionBetween(promoted(), promoted({ rewriting: "2026-11-04" }), {
            rotationClass: dataKey,
        });
        assert.equal(found.kind, "step");
        assert.deepEqual(
            found.faults.map(({ earliest }) => earliest),
            ["2026-11-08"],
        );
    });
});
