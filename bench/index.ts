import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { PER_STACK, writeEstate } from "./estate";
import { measure, median, middle } from "./measure";
import type { Measurement } from "./measure";
import { writeRotatingLedger } from "./rotation";

/**
 * `npm run bench`: what a preview costs, as ratios to the bare cost of starting Node and loading the same SDKs in the
 * same run; and how it grows with the estate. By hand only: times say something about a machine that does nothing else.
 */
const ROOT = path.resolve(__dirname, "..");
const CLI = path.join(ROOT, "cli/main.js");
const EMPTY_PACK = path.join(__dirname, "empty-pack");
const SDKS = ["pulumi", "aws", "gcp", "kubernetes", "vault", "random"];
const RUNS = 5;
const ESTATES = [100, 1_000, 5_000];
const ROTATING = [1_000, 10_000];

async function main(): Promise<void> {
    const load = SDKS.map((name) => `require("@pulumi/${name}")`).join(";");
    const bare = await median(RUNS, () => measure(["-e", load], ROOT));
    await measure([CLI, "preview"], ROOT); // warms the file cache
    const [without, empty, withPolicies] = await interleaved([
        [CLI, "preview", "--no-policies"],
        [CLI, "preview", "--policy-pack", EMPTY_PACK],
        [CLI, "preview"],
    ]);
    print("command", "seconds", "ratio", "largest process", "all processes");
    row("node that loads the SDKs", bare, bare);
    row("preview of both stacks without policies", without, bare);
    row("… with a pack of no policies", empty, bare);
    row("… with our policies", withPolicies, bare);
    console.log(`\nover the preview without them, policies add ${added(withPolicies, without)};`);
    console.log(`a pack's process alone adds ${added(empty, without)}\n`);

    for (const fields of ROTATING)
        row(`rotate due over ${String(fields)} fields`, await rotating(fields), bare);

    console.log();
    print("documents", "resources", "seconds", "with policies", "largest process");
    const plain: [number, number][] = [];
    const policed: [number, number][] = [];
    for (const documents of ESTATES) {
        const { directory, stacks } = writeEstate(documents);
        try {
            const result = await measure([CLI, "preview", "--no-policies", "--json"], directory);
            const checked = await measure([CLI, "preview", "--json"], directory);
            const resources = countResources(result);
            countResources(checked);
            const split =
                stacks.length > 1 ? ` (${String(stacks.length)} stacks of ${String(PER_STACK)})` : "";
            print(
                `${String(documents)}${split}`,
                `${String(resources)} (${(resources / documents).toFixed(1)} each)`,
                `${result.seconds.toFixed(1)} (${perResource(result, resources)})`,
                `${checked.seconds.toFixed(1)} (${perResource(checked, resources)})`,
                `${checked.largestProcessMb.toFixed(0)} MB`,
            );
            plain.push([documents, result.cpuSeconds || result.seconds]);
            policed.push([documents, checked.cpuSeconds || checked.seconds]);
        } finally {
            fs.rmSync(directory, { recursive: true, force: true });
        }
    }
    console.log(
        `\nwork grows with the number of documents to the power of ${exponent(plain).toFixed(2)}, ` +
            `with policies of ${exponent(policed).toFixed(2)}`,
    );
}

const perResource = ({ seconds }: Measurement, resources: number): string =>
    `${((1000 * seconds) / resources).toFixed(1)} ms each`;

/** In turns, so that what else the machine does meets all of them alike; the median of each. */
async function interleaved(
    commands: readonly (readonly string[])[],
): Promise<[Measurement, Measurement, Measurement]> {
    const found = commands.map((): Measurement[] => []);
    for (let run = 0; run < RUNS; run++) {
        for (const [at, command] of commands.entries()) found[at]?.push(await measure(command, ROOT));
    }
    return found.map(middle) as [Measurement, Measurement, Measurement];
}

/** `32 % in time and 28 % in work of the processors`. */
function added(more: Measurement, less: Measurement): string {
    const percent = (a: number, b: number): string => `${(100 * (a / b - 1)).toFixed(0)} %`;
    const work =
        less.cpuSeconds === 0
            ? ""
            : ` and ${percent(more.cpuSeconds, less.cpuSeconds)} in work of the processors`;
    return `${percent(more.seconds, less.seconds)} in time${work}`;
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
