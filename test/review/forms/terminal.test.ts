import assert from "node:assert/strict";

import fc from "fast-check";

import { headline } from "../../../review/forms/headline";
import { terminal } from "../../../review/forms/terminal";
import { widthOf } from "../../../preview/report/layout";
import { HOSTILE_TEXTS, hostileReview } from "../../support/sample-review-extremes";
import { sampleReviews } from "../../support/sample-review";

// What it does not prove: how wide a terminal draws characters of other scripts.

const HEADLINES: Readonly<Partial<Record<keyof typeof sampleReviews, string>>> = {
    nothing:
        "No secret rotates, appears or goes, no workload restarts, nobody gains access, 0 policies newly fail",
    rotation: "1 secret rotates, 2 workloads restart, nobody gains access, 0 policies newly fail",
    compromise:
        "1 secret is compromised, 2 workloads restart, 2 are cut off, nobody gains access, 0 policies newly fail",
    newSecret: "2 secrets appear, 1 workload restarts, 1 identity gains access, 0 policies newly fail",
    newConsumer:
        "No secret rotates, appears or goes, no workload restarts, 1 identity gains access, 0 policies newly fail",
    breach:
        "Must not be merged: the ledger refuses 1 step, 1 mandatory policy newly fails and 2 findings; " +
        "no secret rotates, appears or goes, no workload restarts, 2 identities gain access, 1 loses access, " +
        "2 PROTECTED RESOURCES WOULD BE DELETED, 1 policy newly fails",
};

describe("the review on a terminal", () => {
    for (const [name, expected] of Object.entries(HEADLINES)) {
        it(`begins with the verdict in words: ${name}`, () => {
            assert.equal(headline(sampleReviews[name as keyof typeof sampleReviews]), expected);
        });
    }

    it("tells a rotation in full", () => {
        const told = terminal(sampleReviews.rotation).split("\n");
        assert.deepEqual(told.slice(0, 8), [
            "1 secret rotates, 2 workloads restart, nobody gains access, 0 policies newly fail",
            "",
            "Secrets",
            "  prod: devplatform/jwt.secret_key: generation 3 is announced (schedule); old value: generation 2",
            "      stays in use",
            "",
            "Workloads",
            "  prod: devplatform/backend, devplatform/celery restart: other values of devplatform/jwt.secret_key,",
        ]);
    });

    it("tells once what both stacks do, with a line for an identity, its verbs and documents", () => {
        const told = terminal(sampleReviews.newSecret);
        assert.ok(
            told.includes(
                "  dev and prod: role devplatform-{dev,prod}-backend gains read of devplatform/billing\n",
            ),
        );
        const consumer = terminal(sampleReviews.newConsumer);
        assert.ok(
            consumer.includes(
                "  prod: role devplatform-prod-reports gains read, list of devplatform/db, devplatform/jwt,\n",
            ),
        );
    });

    it("puts strangers first, then other environments", () => {
        const told = terminal(sampleReviews.breach);
        const access = told.slice(told.indexOf("\nAccess\n"));
        const places = ["A STRANGER", "OF ANOTHER ENVIRONMENT", "loses"].map((each) => access.indexOf(each));
        assert.ok(!places.includes(-1));
        assert.deepEqual(
            places,
            [...places].sort((a, b) => a - b),
        );
    });

    it("folds long lists, and shows all of them when asked", () => {
        assert.ok(terminal(sampleReviews.huge).includes("and 1988 more: --verbose"));
        const whole = terminal(sampleReviews.huge, { verbose: true });
        assert.ok(!whole.includes("--verbose"));
        assert.ok(whole.includes("platform39/document1999.key"));
    });

    it("has escape codes only where asked, and none that a name brings", () => {
        const escape = String.fromCharCode(27);
        for (const review of Object.values(sampleReviews)) assert.ok(!terminal(review).includes(escape));
        assert.ok(terminal(sampleReviews.rotation, { color: true }).includes(escape));
    });

    it("is never wider than the terminal, and has no control character", () => {
        const text = fc.oneof(
            fc.constantFrom(...HOSTILE_TEXTS),
            fc.string({ unit: "binary", maxLength: 80 }),
        );
        fc.assert(
            fc.property(text, fc.integer({ min: 60, max: 140 }), (name, columns) => {
                const told = terminal(hostileReview(name), { columns });

                assert.doesNotMatch(told.replaceAll("\n", ""), /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/u);
                // Commands are there to be copied, and tables have a line a stack.
                const lines = told
                    .split("\n")
                    .filter((line) => !/^ {4}\S|^ {2}(?:dev|prod|stack)/u.test(line));
                assert.deepEqual(
                    lines.filter((line) => widthOf(line) > columns),
                    [],
                );
            }),
            { numRuns: 60 },
        );
    });
});
