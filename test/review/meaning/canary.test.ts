import assert from "node:assert/strict";

import { Secret } from "../../../preview/engine/values";
import type { Rendering } from "../../../preview/rendering";
import { encodings } from "../../../preview/report/redact";
import { reviewOf } from "../../../review/meaning";
import { CANARY, estuary } from "../../support/estuary";
import { snapshotOf } from "../../support/snapshots";
import { SIDES } from "../support/changed";

const OTHER = `${CANARY}-other`;

const holding = (value: string): Rendering =>
    estuary({
        outputs: { url: new Secret(`https://${value}@db`) },
        violations: [
            { pack: "p", policy: "q", level: "mandatory", description: "d", message: `it has ${value}` },
        ],
        diagnostics: [{ severity: "error", message: `it drew ${value}` }],
        resources: [
            {
                type: "kubernetes:core/v1:Secret",
                name: "values",
                inputs: { data: { key: new Secret(value) }, stringData: new Secret({ key: value }) },
            },
            // A secret on one side alone, and in a list.
            {
                type: "aws:iam/role:Role",
                name: value === CANARY ? "one" : "other",
                inputs: { tags: { key: new Secret(value) }, list: [new Secret(value)] },
            },
        ],
    });

// Snapshots are made here by a support of the tests: the real ones have a test of their own.
describe("a canary among the values", () => {
    const snapshots = [CANARY, OTHER].map((value) => snapshotOf([holding(value)]));

    it("is in no review, whichever side it is on", () => {
        const [one, other] = snapshots;
        assert.ok(one && other);
        const there = reviewOf(one, other, SIDES);
        const texts = [there, reviewOf(other, one, SIDES), reviewOf(undefined, one, SIDES)].map((review) =>
            JSON.stringify(review),
        );
        for (const text of texts)
            for (const form of encodings(CANARY)) assert.ok(!text.includes(form), "a value shows");
        const paths = there.stacks.flatMap(({ resources }) =>
            resources.flatMap(({ properties }) => properties),
        );
        assert.ok(paths.length >= 2 && paths.some(({ isSecret }) => isSecret));
        assert.ok(
            paths
                .filter(({ isSecret }) => isSecret)
                .every((each) => !("before" in each) && !("after" in each)),
        );
    });
});
