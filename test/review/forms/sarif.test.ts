import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import Ajv from "ajv-draft-04";
import fc from "fast-check";
import type { Log, Result } from "sarif";

import type { FormOptions } from "../../../review/forms";
import { sarif } from "../../../review/forms/sarif";
import type { Review } from "../../../review/review";
import { sampleReviews } from "../../support/sample-review";
import { HOSTILE_TEXTS, hostileReview } from "../../support/sample-review-extremes";
import { noDelta, sampleReview, sampleStack, sampleViolation } from "../../support/sample-review-parts";

// Held to the schema that OASIS published, as a tool of Microsoft's ships it. What it does not prove: that GitHub takes
// it; its rules go beyond the schema, and of them only the file that each result needs is looked at here.

const schema = JSON.parse(
    readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
) as Record<string, unknown>;
const validate = new Ajv({
    allErrors: true,
    strict: false,
    validateFormats: false,
    unicodeRegExp: false,
}).compile(schema);

function complaints(text: string): readonly string[] {
    return validate(JSON.parse(text))
        ? []
        : (validate.errors ?? []).map((each) => `${each.instancePath} ${each.message ?? ""}`);
}

const read = (review: Review, options: FormOptions = {}): Log => JSON.parse(sarif(review, options)) as Log;
const results = (review: Review, options: FormOptions = {}): readonly Result[] =>
    read(review, options).runs[0]?.results ?? [];

describe("the SARIF of a review", () => {
    for (const [name, review] of Object.entries(sampleReviews)) {
        it(`is as OASIS says: ${name}`, () => {
            assert.deepEqual(complaints(sarif(review, { withAbsent: true })), []);
        });
    }

    it("is held to a schema that refuses what is wrong", () => {
        assert.notDeepEqual(complaints(sarif(sampleReviews.breach).replace('"error"', '"fatal"')), []);
    });

    it("tells each violation with its level, its state and its place", () => {
        const told = results(sampleReviews.breach, { withAbsent: true }).map((each) => [
            each.ruleId,
            each.level,
            each.baselineState,
            each.suppressions?.[0]?.justification,
            each.locations?.[0]?.physicalLocation?.artifactLocation?.uri,
            each.locations?.[0]?.physicalLocation?.region?.startLine,
        ]);
        const place = ["stacks/catalogue/devplatform.ts", 118];
        assert.deepEqual(told, [
            ["IAM-02", "warning", "new", undefined, ...place],
            ["IAM-02", "error", "new", undefined, ...place],
            ["ESO-05", "error", "new", "moves in January (platform-engineering, until 2027-01-31)", ...place],
            ["KMS-01", "error", "absent", undefined, ...place],
        ]);
    });

    it("leaves out what is no more unless it is asked for", () => {
        assert.ok(results(sampleReviews.breach).every(({ baselineState }) => baselineState !== "absent"));
    });

    it("names the resource, and the file that stands for it where the source is unknown", () => {
        const { source, ...unknown } = sampleViolation();
        assert.ok(source !== undefined);
        const review = sampleReview({
            stacks: [sampleStack("prod", { violations: { ...noDelta(), stayed: [unknown] } })],
        });
        assert.deepEqual(results(review)[0]?.locations, [
            {
                physicalLocation: {
                    artifactLocation: { uri: "Pulumi.yaml", uriBaseId: "%SRCROOT%" },
                    region: { startLine: 1 },
                },
                logicalLocations: [
                    {
                        fullyQualifiedName: sampleViolation().urn,
                        kind: "resource",
                        name: "devplatform/reports",
                    },
                ],
            },
        ]);
    });

    it("carries the rules that the caller has, each once, and each result points at its own", () => {
        const rule = {
            policy: "iam-02-values-are-read-by-name",
            id: "IAM-02",
            description: "Values are read by name",
            help: "Name the ARNs.",
            url: "https://example.com/iam-02",
        };
        const [run] = read(sampleReviews.breach, { rules: [rule] }).runs;
        const rules = run?.tool.driver.rules ?? [];
        assert.deepEqual(
            rules.map(({ id, helpUri }) => [id, helpUri]),
            [
                ["ESO-05", undefined],
                ["IAM-02", "https://example.com/iam-02"],
            ],
        );
        for (const { ruleId, ruleIndex } of run?.results ?? [])
            assert.equal(rules[ruleIndex ?? -1]?.id, ruleId);
    });

    it("knows a violation again whose line moved, and tells equal ones apart", () => {
        const prints = (line: number): readonly unknown[] => {
            const violation = sampleViolation({ source: { file: "a.ts", line } });
            const violations = { ...noDelta<typeof violation>(), appeared: [violation, violation] };
            const review = sampleReview({ stacks: [sampleStack("prod", { violations })] });
            return results(review).map(({ partialFingerprints }) => partialFingerprints?.["strongroom/v1"]);
        };
        assert.deepEqual(prints(3), prints(77));
        assert.equal(new Set(prints(3)).size, 2);
    });

    it("is valid whatever stands in names", () => {
        const text = fc.oneof(
            fc.constantFrom(...HOSTILE_TEXTS),
            fc.string({ unit: "binary", maxLength: 40 }),
        );
        fc.assert(
            fc.property(text, (name) => {
                assert.deepEqual(complaints(sarif(hostileReview(name), { withAbsent: true })), []);
            }),
            { numRuns: 60 },
        );
    });
});
