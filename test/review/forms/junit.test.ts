import assert from "node:assert/strict";

import { DOMParser } from "@xmldom/xmldom";
import fc from "fast-check";

import { junit } from "../../../review/forms/junit";
import { sampleReviews } from "../../support/sample-review";
import { HOSTILE_TEXTS, hostileReview } from "../../support/sample-review-extremes";

// Read by an XML parser that refuses what is not well-formed. What it does not prove: how a certain tool shows it, as
// JUnit's format has no standard.

const parser = new DOMParser({
    onError: (level, message) => {
        // It warns of the character that stands for what can't be seen.
        if (level !== "warning") throw new Error(`${level}: ${message}`);
    },
});
const parsed = (text: string): ReturnType<DOMParser["parseFromString"]> =>
    parser.parseFromString(text, "text/xml");

/** Elements of a name, each with some of its attributes. */
const told = (
    text: string,
    name: string,
    ...attributes: readonly string[]
): readonly (readonly (string | null)[])[] =>
    Array.from(parsed(text).getElementsByTagName(name), (each) =>
        attributes.map((key) => each.getAttribute(key)),
    );

describe("the JUnit of a review", () => {
    it("has a suite a stack, a failure a mandatory violation, and skips the others", () => {
        const text = junit(sampleReviews.breach);
        assert.deepEqual(told(text, "testsuite", "name", "tests", "failures", "skipped"), [
            ["dev", "2", "0", "1"],
            ["prod", "3", "1", "1"],
        ]);
        assert.deepEqual(told(text, "testsuites", "tests", "failures", "skipped"), [["5", "1", "2"]]);
        assert.deepEqual(told(text, "failure", "message"), [
            [
                "IAM-02: Statement 1 of 'policy' reads values of all secrets. Name the secrets' exact ARNs in 'Resource'. (stacks/catalogue/devplatform.ts:118)",
            ],
        ]);
        assert.deepEqual(
            told(text, "skipped", "message").map(([message]) => message?.slice(0, 40)),
            ["advisory: IAM-02: Statement 1 of 'policy", "exempt until 2027-01-31: moves in Januar"],
        );
    });

    it("says how many rules had nothing to say", () => {
        const rules = ["a", "b", "c"].map((policy) => ({ policy, description: policy }));
        assert.deepEqual(told(junit(sampleReviews.nothing, { rules }), "testcase", "classname", "name"), [
            ["dev.policies", "all 3 other policies"],
            ["prod.policies", "all 3 other policies"],
        ]);
    });

    it("fails where the program does", () => {
        const text = junit(hostileReview("no such value"));
        assert.ok(told(text, "failure", "message").some(([message]) => message === "no such value"));
    });

    it("is well-formed whatever stands in names, and tells it", () => {
        const text = fc.oneof(
            fc.constantFrom(...HOSTILE_TEXTS),
            fc.string({ unit: "binary", maxLength: 40 }),
        );
        fc.assert(
            fc.property(text, (name) => {
                assert.equal(told(junit(hostileReview(name)), "testsuite", "name").length, 2);
            }),
            { numRuns: 100 },
        );
        assert.deepEqual(
            told(junit(hostileReview(`<a b="c">'&amp;]]>`)), "testsuite", "name"),
            ["dev", "prod"].map((stack) => [`${stack}<a b="c">'&amp;]]>`]),
        );
    });
});
