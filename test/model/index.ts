import { parseArgs } from "node:util";
import { shrink, tell } from "./history";
import { search } from "./search";
import { Counts } from "./violation";

/**
 * `npm run model -- --steps 1000000 [--seed n]`: plays random histories of rotations and holds what the machine of the
 * ledger allows against what it promises. Exit code 1 when a promise is broken, with the seed that repeats it.
 */
function main(): number {
    const { values } = parseArgs({ options: { steps: { type: "string" }, seed: { type: "string" } } });
    const steps = Number(values.steps ?? "1000000");
    const seed = Number(values.seed ?? String(Date.now() % 1_000_000));
    if (!Number.isSafeInteger(steps) || steps < 1 || !Number.isSafeInteger(seed) || seed < 0) {
        console.error("--steps is a whole number from 1, and --seed one from 0");
        return 1;
    }
    const counts = new Counts();
    const broken = search({ seed, steps, counts });
    console.log([`seed ${String(seed)}`, ...counts.lines()].join("\n"));
    if (broken === undefined) return 0;
    console.error(`\nbroken: ${tell(shrink(broken))}`);
    console.error(`\nrepeat it: npm run model -- --steps ${String(steps)} --seed ${String(seed)}`);
    return 1;
}

process.exitCode = main();
