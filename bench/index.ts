import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { PER_STACK, writeEstate } from "./estate";
import { measure, median } from "./measure";
import type { Measurement } from "./measure";
import { writeRotatingLedger } from "./rotation";

/**
 * `npm run bench`: what a preview costs, as ratios to the bare cost of starting Node and loading the same SDKs in the
 * same run; and how it grows with the estate. By hand only: times say something about a machine that does nothing else.
 */
const ROOT = path.resolve(__dirname, "..");
const CLI = path.join(ROOT, "cli/main.js");
const SDKS = ["pulumi", "aws", "gcp", "kubernetes", "vault", "random"];
const RUNS = 5;
const ESTATES = [100, 1_000, 5_000];
const ROTATING = [1_000, 10_000];

async function main(): Promise<void> {
    const load = SDKS.map((name) => `require("@pulumi/${name}")`).join(";");
    const bare = await median(RUNS, () => measure(["-e", load], ROOT));
    await measure([CLI, "preview"], ROOT); // warms the file cache
    const withPolicies = await median(RUNS, () => measure([CLI, "preview"], ROOT));
    const without = await median(RUNS, () => measure([CLI, "preview", "--no-policies"], ROOT));
    print("command", "seconds", "ratio", "largest process", "all processes");
    row("node that loads the SDKs", bare, bare);
    row("preview of both stacks with policies", withPolicies, bare);
    row("preview of both stacks without policies", without, bare);

    for (const fields of ROTATING)
        row(`rotate due over ${String(fields)} fields`, await rotating(fields), bare);

    console.log();
    print("documents", "resources", "seconds", "ms a resource", "largest process");
    const points: [number, number][] = [];
    for (const documents of ESTATES) {
        const { directory, stacks } = writeEstate(documents);
        try {
            const result = await measure([CLI, "preview", "--no-policies", "--json"], directory);
            const resources = countResources(result);
            const perResource = (1000 * result.seconds) / resources;
            const split =
                stacks.length > 1 ? ` (${String(stacks.length)} stacks of ${String(PER_STACK)})` : "";
            print(
                `${String(documents)}${split}`,
                `${String(resources)} (${(resources / documents).toFixed(1)} each)`,
                result.seconds.toFixed(1),
                perResource.toFixed(1),
                `${result.largestProcessMb.toFixed(0)} MB`,
            );
            points.push([documents, result.seconds]);
        } finally {
            fs.rmSync(directory, { recursive: true, force: true });
        }
    }
    console.log(`\ntime grows with the number of documents to the power of ${exponent(points).toFixed(2)}`);
}

/** Every field of the ledger is due, so each is read, planned, written and told. */
async function rotating(fields: number): Promise<Measurement> {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-bench-"));
    const script = path.join(__dirname, "rotation.ts");
    try {
        return await median(RUNS, async () => {
            fs.rmSync(path.join(directory, "ledger.events.jsonl"), { force: true });
            writeRotatingLedger(directory, fields);
            const args = ["--require", path.join(ROOT, "startup/register.js"), script, directory];
            const result = await measure([...args, String(fields)], ROOT);
            const { steps } = JSON.parse(result.stdout) as { steps: number };
            if (steps !== fields) throw new Error(`${String(steps)} of ${String(fields)} fields rotated`);
            return result;
        });
    } finally {
        fs.rmSync(directory, { recursive: true, force: true });
    }
}

function countResources({ stdout, status }: Measurement): number {
    if (status !== 0) throw new Error(`the preview ended with ${String(status)}`);
    const report = JSON.parse(stdout) as { stacks: { resources: unknown[] }[] };
    return report.stacks.reduce((sum, { resources }) => sum + resources.length, 0);
}

/** The slope between the first and the last point, both scales logarithmic. */
function exponent(points: readonly [number, number][]): number {
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) return NaN;
    return Math.log(last[1] / first[1]) / Math.log(last[0] / first[0]);
}

function row(
    title: string,
    { seconds, largestProcessMb, allProcessesMb }: Measurement,
    bare: Measurement,
): void {
    const ratio = `${(seconds / bare.seconds).toFixed(1)} ×`;
    print(
        title,
        seconds.toFixed(2),
        ratio,
        `${largestProcessMb.toFixed(0)} MB`,
        `${allProcessesMb.toFixed(0)} MB`,
    );
}

function print(first: string, ...others: string[]): void {
    console.log([first.padEnd(42), ...others.map((text) => text.padStart(18))].join(""));
}

void main();
