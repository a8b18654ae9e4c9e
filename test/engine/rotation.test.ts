import assert from "node:assert/strict";
import path from "node:path";
import { liveStages, stagedField } from "../../components/domain/rotation/stages";
import type { Generations } from "../../components/domain/rotation/stages";
import { takeStep } from "../../components/domain/rotation/steps";
import type { Step } from "../../components/domain/rotation/steps";
import { skipWithoutEngine, withEngine } from "./real-engine";

const PROJECT = path.join(__dirname, "programs/rotating");
const STACK = ["--stack", "prod"];
const STEPS: readonly Step[] = [
    { kind: "begin", on: "2026-09-01", cause: { reason: "initial" } },
    { kind: "announce", on: "2026-11-01", cause: { reason: "schedule" } },
    { kind: "promote", on: "2026-11-03", until: "2026-11-08" },
    {
        kind: "roll back",
        on: "2026-11-04",
        until: "2026-11-09",
        cause: { reason: "rollback", reference: "R-1" },
    },
    { kind: "retire" },
    { kind: "announce", on: "2026-11-10", cause: { reason: "request", reference: "R-2" } },
    { kind: "withdraw" },
    { kind: "announce", on: "2026-11-12", cause: { reason: "request", reference: "R-3" } },
    { kind: "promote", on: "2026-11-14", until: "2026-11-19" },
    { kind: "revoke", on: "2026-11-15", use: "fresh", cause: { reason: "compromise", reference: "INC-1" } },
];

/** Deploys each step with the real engine. The store is none: what a store does with the values is not proved here. */
describe("a rotation, with the real engine", function () {
    this.timeout("4 minutes");

    before(async function () {
        await skipWithoutEngine(this, "random");
    });

    it("draws each generation once, keeps every live value as it is, and changes nothing when it is run again", () =>
        withEngine(PROJECT, async ({ pulumi }) => {
            await pulumi("stack", "init", "prod");
            const drawn = new Map<number, string>();
            let generations: Generations | undefined;
            for (const step of STEPS) {
                generations = takeStep(generations, step);
                await pulumi("config", "set", ...STACK, "rotating:generations", JSON.stringify(generations));
                await pulumi("up", ...STACK, "--yes", "--skip-preview");
                const { stdout } = await pulumi(
                    "stack",
                    "output",
                    "values",
                    ...STACK,
                    "--show-secrets",
                    "--json",
                );
                const values = JSON.parse(stdout) as Record<string, string>;
                const live = liveStages(generations);
                assert.deepEqual(
                    Object.keys(values).sort(),
                    live.map(({ stage }) => stagedField("key", stage)).sort(),
                );
                for (const { stage, generation } of live) {
                    const value = values[stagedField("key", stage)] ?? "";
                    assert.match(value, /^[0-9a-f]{64}$/);
                    assert.equal(
                        value,
                        drawn.get(generation) ?? value,
                        `${step.kind}: generation ${String(generation)}`,
                    );
                    drawn.set(generation, value);
                }
                await pulumi("up", ...STACK, "--yes", "--skip-preview", "--expect-no-changes");
            }
            assert.equal(new Set(drawn.values()).size, drawn.size);
            assert.deepEqual([...drawn.keys()], [1, 2, 3, 4, 5]);
        }));
});
