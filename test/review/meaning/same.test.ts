import assert from "node:assert/strict";

import type { Violation } from "../../../preview/rendering";
import { reviewOf } from "../../../review/meaning";
import type { Delta, Review } from "../../../review/review";
import type { Snapshot, StackSnapshot } from "../../../review/snapshot";
import { renderings } from "../../support/renderings";
import { snapshotOf } from "../../support/snapshots";
import { SIDES, base, stackOf, told } from "../support/changed";

const NOTHING = { documents: [], fields: [], rotations: [], access: [], workloads: [], toSet: [] };

/** The snapshot with another stack in the place of the one of that name. */
const withStack = (
    { stacks, ...rest }: Snapshot,
    name: string,
    change: (stack: StackSnapshot) => StackSnapshot,
): Snapshot => ({ ...rest, stacks: stacks.map((each) => (each.stack === name ? change(each) : each)) });

const without = ({ stacks, ...rest }: Snapshot, name: string): Snapshot => ({
    ...rest,
    stacks: stacks.filter(({ stack }) => stack !== name),
});

const violation = (message: string, more: Partial<Violation> = {}): Violation => ({
    ...{ pack: "strongroom", policy: "p", level: "mandatory", description: "d", message },
    ...more,
});

const violating = (...violations: readonly Violation[]): Promise<Snapshot> =>
    base().then((snapshot) => withStack(snapshot, "dev", (stack) => ({ ...stack, violations })));

const messages = ({ appeared, gone, stayed }: Delta<{ readonly message: string }>) => ({
    appeared: appeared.map(({ message }) => message),
    gone: gone.map(({ message }) => message),
    stayed: stayed.map(({ message }) => message),
});

const violationsOf = async (before: Promise<Snapshot>, after: Promise<Snapshot>) => {
    const { violations, exemptions } = stackOf(reviewOf(await before, await after, SIDES), "dev");
    return { violations: messages(violations), exemptions: messages(exemptions) };
};
const NO_DELTA = { appeared: [], gone: [], stayed: [] };

describe("a review of a commit against itself", () => {
    it("says that nothing changes", async () => {
        const review = reviewOf(await base(), await base(), SIDES);
        for (const stack of review.stacks) {
            assert.deepEqual([told(stack), stack.resources, stack.compared], [NOTHING, [], "both"]);
            assert.ok(stack.unchanged > 100 && stack.whole.access.length > 100);
            assert.ok(stack.whole.access.every(({ change }) => change === undefined));
        }
        assert.equal(review.verdict, "clean");
    });

    it("does not care for the order of registration, nor for that of answers", async () => {
        const turned = snapshotOf(
            (await renderings()).map((each) => ({ ...each, resources: [...each.resources].reverse() })),
        );
        for (const stack of reviewOf(await base(), turned, SIDES).stacks)
            assert.deepEqual([told(stack), stack.resources], [NOTHING, []]);
    });

    it("has each parent before its children, and every resource once", async () => {
        for (const { stack, resources } of (await base()).stacks) {
            const { whole } = stackOf(reviewOf(undefined, await base(), SIDES), stack);
            const seen = new Set<string | undefined>([undefined]);
            for (const { urn, parent } of whole.resources) {
                assert.ok(seen.has(parent), urn);
                seen.add(urn);
            }
            assert.equal(whole.resources.length, resources.length);
            assert.equal(seen.size, resources.length + 1);
        }
    });
});

describe("a review that can't compare everything", () => {
    it("tells the head alone where nothing of the base is known", async () => {
        const review = reviewOf(undefined, await base(), SIDES);
        for (const stack of review.stacks) {
            assert.equal(stack.compared, "head-only");
            assert.deepEqual([told(stack), stack.resources, stack.unchanged], [NOTHING, [], 0]);
            assert.ok(stack.whole.resources.length > 100 && stack.whole.access.length > 100);
        }
    });

    it("has all of a stack that is new, and all of one that goes", async () => {
        const added = stackOf(reviewOf(without(await base(), "dev"), await base(), SIDES), "dev");
        const removed = stackOf(reviewOf(await base(), without(await base(), "dev"), SIDES), "dev");
        assert.deepEqual([added.compared, removed.compared], ["added", "removed"]);
        assert.ok(added.resources.length > 100 && added.resources.every(({ kind }) => kind === "added"));
        assert.ok(removed.resources.every(({ kind }) => kind === "removed"));
        assert.deepEqual(
            removed.documents.map(({ document }) => document),
            added.documents.map(({ document }) => document),
        );
        assert.equal(added.access.length, removed.access.length);
        assert.ok(added.access.every(({ kind }) => kind === "gained"));
        assert.ok(removed.access.every(({ kind }) => kind === "lost"));
        assert.deepEqual(removed.whole.resources, []);
        assert.equal(removed.verdict, "clean");
    });

    for (const side of ["base", "head"] as const) {
        it(`invents nothing where the program of the ${side} failed`, async () => {
            const whole = await base();
            const broken = withStack(whole, "dev", (stack) => ({
                ...stack,
                complete: false,
                resources: stack.resources.slice(0, 9),
                diagnostics: [{ severity: "error", message: "it broke\n" }],
            }));
            const [before, after] = side === "base" ? [broken, whole] : [whole, broken];
            const review = reviewOf(before, after, SIDES);
            const dev = stackOf(review, "dev");
            assert.deepEqual([dev.compared, told(dev), dev.resources], ["head-only", NOTHING, []]);
            assert.deepEqual(dev.errors, side === "head" ? ["it broke"] : []);
            assert.equal(review.verdict, side === "head" ? "failed" : "clean");
            const note = "dev: the program failed in the head, so nothing is compared.";
            assert.deepEqual(review.notes, side === "head" ? [note] : []);
            assert.equal(stackOf(review, "prod").compared, "both");
        });
    }
});

describe("violations", () => {
    const urn = "urn:pulumi:dev::strongroom::aws:iam/role:Role::a";
    const told = "IAM-03: 'a': \"Statement[1]\" it names too much. Name one.";
    const exemption = { owner: "o", reason: "r", until: "2027-01-01" };

    it("appear and go, and stay where only a place in a list moved", async () => {
        const moved = told.replace("[1]", "[2]");
        const other = "ISO-03: 'a': it is elsewhere. Move it.";
        assert.deepEqual(
            await violationsOf(
                violating(violation(told, { urn }), violation("gone")),
                violating(violation(moved, { urn }), violation(other, { urn })),
            ),
            { violations: { appeared: [other], gone: ["gone"], stayed: [moved] }, exemptions: NO_DELTA },
        );
    });

    it("count each for itself where two say the same", async () => {
        const { violations } = await violationsOf(
            violating(violation(told, { urn })),
            violating(violation(told, { urn }), violation(told, { urn })),
        );
        assert.deepEqual(violations, { appeared: [told], gone: [], stayed: [told] });
    });

    it("are not mended by an exemption", async () => {
        assert.deepEqual(
            await violationsOf(
                violating(violation(told, { urn })),
                violating(violation(told, { urn, exemption })),
            ),
            { violations: NO_DELTA, exemptions: { ...NO_DELTA, appeared: [told] } },
        );
    });

    it("appear when an exemption ends", async () => {
        assert.deepEqual(
            await violationsOf(
                violating(violation(told, { urn, exemption })),
                violating(violation(told, { urn })),
            ),
            {
                violations: { ...NO_DELTA, appeared: [told] },
                exemptions: { ...NO_DELTA, gone: [told] },
            },
        );
    });

    it("have the id of their policy, their resource and its type, and no disabled ones among them", async () => {
        const after = await violating(violation(told, { urn }), violation("quiet", { level: "disabled" }));
        const review: Review = reviewOf(await base(), after, {
            ...SIDES,
            sourceOf: () => ({ file: "f", line: 7 }),
        });
        assert.deepEqual(stackOf(review, "dev").violations.appeared, [
            {
                ...{ policy: "p", id: "IAM-03", level: "mandatory", description: "d", message: told },
                ...{ urn, resource: "a", type: "aws:iam/role:Role", undecided: false },
                source: { file: "f", line: 7 },
            },
        ]);
        assert.equal(review.verdict, "violated");
    });
});

describe("a value that is encrypted in the configuration", () => {
    it("is said to change by its encrypted text, and by nothing else", async () => {
        const encrypted = (path: string, digest: string) => (stack: StackSnapshot) => ({
            ...stack,
            encrypted: { [path]: digest },
        });
        const paths = [
            "strongroom:values.devplatform/api-keys.mapbox_access_token",
            'strongroom:values["devplatform/api-keys.mapbox_access_token"]',
        ];
        for (const path of paths) {
            const before = withStack(await base(), "prod", encrypted(path, "1"));
            const after = withStack(await base(), "prod", encrypted(path, "2"));
            const { fields } = stackOf(reviewOf(before, after, SIDES), "prod");
            assert.deepEqual(
                fields.map(({ field, what }) => [field, what]),
                [["devplatform/api-keys.mapbox_access_token", ["value"]]],
            );
            assert.deepEqual(stackOf(reviewOf(after, after, SIDES), "prod").fields, []);
        }
    });
});
