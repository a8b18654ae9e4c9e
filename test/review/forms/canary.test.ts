import assert from "node:assert/strict";

import { forms } from "../../../review/forms";
import type { PropertyChange, Review } from "../../../review/review";
import { sampleReviews } from "../../support/sample-review";

// What it does not prove: that a review marks as secret what is; that is for the comparison's tests.

const CANARY = "canary-5e9f1c7ab2";

/** A review that wrongly has both sides of a secret. */
function leaking(review: Review): Review {
    const leak = (each: PropertyChange): PropertyChange =>
        each.isSecret
            ? { ...each, before: `${CANARY}-before`, after: { nested: [`${CANARY}-after`] } }
            : each;
    return {
        ...review,
        stacks: review.stacks.map((stack) => ({
            ...stack,
            resources: stack.resources.map((each) => ({ ...each, properties: each.properties.map(leak) })),
        })),
    };
}

/** The same, frozen to its leaves: who writes to it throws. */
function frozen<T>(value: T): T {
    if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
    return value;
}

describe("the forms of a review", () => {
    for (const [name, form] of Object.entries(forms)) {
        it(`tell no side of what is marked secret: ${name}`, () => {
            const review = leaking(sampleReviews.rotation);
            assert.ok(JSON.stringify(review).includes(CANARY));
            assert.ok(!form(review, { verbose: true }).includes(CANARY));
        });

        it(`are functions of the review alone: ${name}`, () => {
            const review = frozen(structuredClone(sampleReviews.breach));
            const environment = process.env;
            process.env = new Proxy({}, { get: (_, key) => assert.fail(`asked for ${String(key)}`) });
            try {
                assert.equal(form(review, {}), form(structuredClone(sampleReviews.breach), {}));
            } finally {
                process.env = environment;
            }
            assert.ok(form(review, {}).endsWith("\n"));
        });
    }
});
