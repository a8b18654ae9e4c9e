import assert from "node:assert/strict";
import { rules } from "../../policies/pack";
import { tables } from "./cases";
import { runCase, type Outcome } from "./support/analyze";
import type { Case, Expectation } from "./support/case";

/**
 * Every policy on its cases, through the handlers that answer the engine. What this does not prove: that a cloud, a
 * cluster or Vault understands a document as the rule does.
 */
for (const table of tables) {
    describe(`policy ${table.policy}`, () => {
        const rule = rules.find(({ name }) => name === table.policy);
        const clean: Case = { title: "a clean resource", change: {}, expect: "clean" };
        for (const one of [clean, ...table.cases]) {
            it(`${one.title}: ${say(one.expect)}`, async () => {
                assert.ok(rule, "the pack has this policy");
                meets(await runCase(rule, table, one), one.expect);
            });
        }
    });
}

function say(expect: Expectation): string {
    return typeof expect === "string" ? expect : `violates in ${String(expect.length)}`;
}

function meets(outcome: Outcome, expect: Expectation): void {
    if (typeof expect !== "string") {
        const told = outcome.violations.join("\n");
        for (const text of expect)
            assert.ok(told.includes(text), `wanted ${text}, got ${told || "no violation"}`);
        assert.equal(outcome.violations.length, expect.length, told);
        return;
    }
    assert.deepEqual(outcome, {
        violations: [],
        cannotRun: expect === "can't run",
        notApplicable: expect === "not applicable",
    });
}
