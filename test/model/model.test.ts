import assert from "node:assert/strict";
import fc from "fast-check";
import { Duration } from "../../components/domain/duration";
import { classProblems } from "../../components/domain/rotation/overlap-law";
import type { RotationClass } from "../../components/domain/rotation/rotation-class";
import { fieldOf, minutes, overlapClass, twoKeyClass } from "./design";
import type { Design } from "./design";
import { play, shrink, tell } from "./history";
import type { Broken } from "./history";
import { MUTANTS } from "./mutants";
import { search } from "./search";
import { Counts } from "./violation";

/**
 * The machine of the ledger in made-up stacks, with users as slow and deployments as late as their classes allow. What
 * this does not prove: that a real consumer keeps its lag, and that a deployment ends in time.
 */
const STEPS = 20_000;
/** Within which a broken promise is found; most are in a tenth of it. */
const BOUND = 200_000;
const DAY = 24 * 60;

const message = (broken: Broken | undefined): string => (broken === undefined ? "" : tell(shrink(broken)));

describe("rotations by the ledger's machine", () => {
    it(`break no promise in ${STEPS.toLocaleString("en")} steps of random histories`, () => {
        const counts = new Counts();
        const broken = search({ seed: 1, steps: STEPS, counts });
        assert.equal(broken, undefined, message(broken));
        console.log(`\nmodel of rotations: ${counts.lines().join("\n  ")}`);
        assert.equal(counts.steps, STEPS);
        assert.ok(counts.judged > STEPS / 5, "too little is judged");
        assert.ok(counts.knowinglyBroken > 0, "no compromise breaks anything");
        const kinds = ["announce", "promote", "replace", "retire", "roll back", "withdraw", "revoke"];
        const others = ["start rewrite", "confirm rewrite", "reschedule"];
        assert.deepEqual([...counts.taken.keys()].sort(), [...kinds, ...others].sort());
        assert.deepEqual([...counts.refused.keys()].sort(), [...kinds, ...others].sort());
    });

    it("are the same for one seed", () => {
        const [one, other] = [new Counts(), new Counts()];
        search({ seed: 5, steps: 2_000, counts: one });
        search({ seed: 5, steps: 2_000, counts: other });
        assert.deepEqual(one, other);
    });
});

describe("the overlap law", () => {
    const times = fc.record({
        deployWithin: fc.integer({ min: DAY, max: 2 * DAY }),
        consumerLag: fc.integer({ min: 1, max: 2 * DAY }),
        producerLag: fc.integer({ min: 1, max: 2 * DAY }),
        tokenLife: fc.integer({ min: 1, max: 3 * DAY }),
        seed: fc.integer({ min: 0, max: 1_000_000 }),
    });
    type Times = typeof times extends fc.Arbitrary<infer T> ? T : never;
    /** The law in whole days, since steps of a ledger are days apart. */
    const days = (...parts: readonly number[]): number =>
        Math.ceil(parts.reduce((sum, part) => sum + part, 0) / DAY) * DAY;
    const least = ({ deployWithin, consumerLag, producerLag, tokenLife }: Times) => ({
        announce: days(deployWithin, consumerLag),
        grace: days(deployWithin, producerLag, tokenLife),
        keys: days(deployWithin, consumerLag),
    });
    const problems = (rotationClass: RotationClass, { deployWithin }: Times): number =>
        classProblems(rotationClass, "class", Duration.parse(minutes(deployWithin))).length;
    const searched = (rotationClass: RotationClass, { deployWithin, seed }: Times, steps: number) => {
        const design: Design = {
            deployWithin: minutes(deployWithin),
            fields: [fieldOf(rotationClass, 2, [false, true], 2)],
            compromises: false,
        };
        return search({ seed, steps, design: () => design });
    };

    it("admits classes whose consumers refuse nothing", () => {
        fc.assert(
            fc.property(times, (each) => {
                const { announce, grace, keys } = least(each);
                const admitted = [
                    overlapClass({ ...each, announce, grace }),
                    twoKeyClass(each.consumerLag, keys),
                ];
                for (const rotationClass of admitted) {
                    assert.equal(problems(rotationClass, each), 0);
                    const broken = searched(rotationClass, each, 1_000);
                    assert.equal(broken, undefined, message(broken));
                }
            }),
            { numRuns: 15, seed: 11 },
        );
    });

    const refused: Readonly<Record<string, (each: Times) => RotationClass>> = {
        "announced a day less": (each) =>
            overlapClass({ ...each, ...least(each), announce: least(each).announce - DAY }),
        "kept a day less": (each) =>
            overlapClass({ ...each, ...least(each), grace: least(each).grace - DAY }),
        "of two keys that is kept a day less": (each) =>
            twoKeyClass(each.consumerLag, least(each).keys - DAY),
    };
    for (const [title, classOf] of Object.entries(refused)) {
        it(`refuses a class ${title}, and a history shows why`, () => {
            fc.assert(
                fc.property(times, (each) => {
                    const rotationClass = classOf(each);
                    assert.equal(problems(rotationClass, each), 1);
                    const broken = searched(rotationClass, each, BOUND);
                    assert.equal(broken?.violation.promise, "I1 overlap");
                }),
                { numRuns: 8, seed: 12 },
            );
        });
    }

    it("is sharp to the minute", () => {
        const each = { deployWithin: DAY + 60, producerLag: 300, tokenLife: 2_000, seed: 3 };
        const exact = { ...each, consumerLag: 2 * DAY - 60 };
        const over = { ...each, consumerLag: 2 * DAY - 59 };
        const classOf = (times: Times): RotationClass =>
            overlapClass({ ...times, announce: 3 * DAY, grace: least(times).grace });
        assert.equal(problems(classOf(exact), exact), 0);
        assert.equal(searched(classOf(exact), exact, 10_000), undefined);
        assert.equal(problems(classOf(over), over), 1);
        assert.equal(searched(classOf(over), over, BOUND)?.violation.promise, "I1 overlap");
    });
});

describe("a model of rotations finds a machine that", () => {
    for (const [title, { machine, breaks }] of Object.entries(MUTANTS)) {
        it(title, () => {
            const counts = new Counts();
            const broken = search({ seed: 2, steps: BOUND, machine, counts });
            assert.ok(broken !== undefined, `not found in ${String(counts.steps)} steps`);
            assert.match(broken.violation.promise, breaks);
        });
    }

    it("is wrong, in a history that is short enough to read and breaks the same promise again", () => {
        const { machine } = MUTANTS["drops the previous generation early"]!;
        const broken = search({ seed: 2, steps: BOUND, machine });
        assert.ok(broken !== undefined);
        const shrunk = shrink(broken, machine);
        assert.ok(shrunk.commands.length <= 15, tell(shrunk));
        const again = play(shrunk.design, shrunk.commands, machine);
        assert.equal(again?.violation.message, shrunk.violation.message);
    });
});
