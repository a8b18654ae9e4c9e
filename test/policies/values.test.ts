import assert from "node:assert/strict";
import { rules } from "../../policies/pack";
import { VALUE_PROPERTIES } from "../../policies/reading/types";
import { tables } from "./cases";
import { run } from "./support/analyze";
import { sketchOf, UNKNOWN, type Sketch } from "./support/case";
import { leavesOf, wholeLeavesOf } from "./support/leaves";

const CANARY = "cAnArY-7c1f-of-a-value";

describe("violation texts", () => {
    for (const table of tables) {
        it(`hold no value: ${table.policy}`, async () => {
            const rule = rules.find(({ name }) => name === table.policy);
            assert.ok(rule);
            for (const one of table.cases.filter(({ expect }) => typeof expect !== "string")) {
                const sketch = sketchOf(table, one);
                for (const leaf of leavesOf(sketch.props)) {
                    for (const canary of [CANARY, `<${CANARY}>`, `arn:aws:iam::${CANARY}:role/x`]) {
                        const props = leaf.replaced(canary) as Sketch["props"];
                        const { violations } = await run(
                            rule,
                            { ...sketch, props },
                            one.beside,
                            one.settings,
                        );
                        const told = violations.join("\n");
                        assert.ok(!told.includes(CANARY), `${one.title}, at ${leaf.path.join(".")}: ${told}`);
                    }
                }
            }
        });
    }
});

describe("an unknown value", () => {
    for (const table of tables) {
        it(`never turns a violation into a pass: ${table.policy}`, async () => {
            const rule = rules.find(({ name }) => name === table.policy);
            assert.ok(rule);
            for (const one of table.cases.filter(({ expect }) => typeof expect !== "string")) {
                const sketch = sketchOf(table, one);
                const before = await run(rule, sketch, one.beside ?? table.clean.beside, one.settings);
                for (const leaf of wholeLeavesOf(sketch.props)) {
                    if (waitsInSilence(sketch.type, leaf.path)) continue;
                    const props = leaf.replaced(UNKNOWN) as Sketch["props"];
                    const beside = one.beside ?? table.clean.beside;
                    const after = await run(rule, { ...sketch, props }, beside, one.settings);
                    const told = after.violations.length > 0 || after.cannotRun;
                    assert.ok(
                        told,
                        `${one.title}, at ${leaf.path.join(".")}; before: ${before.violations.join("\n")}`,
                    );
                }
            }
        });
    }
});

/** Values of secrets are unknown in every preview; the rules about them say nothing then and ask in the update. */
function waitsInSilence(type: string, path: readonly (string | number)[]): boolean {
    const canonical = type.replace("core/v1", "core");
    const holdsValue = VALUE_PROPERTIES.get(canonical)?.includes(String(path[0])) === true;
    return holdsValue || path.at(-1) === "secret";
}
