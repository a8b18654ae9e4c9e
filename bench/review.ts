import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { measure, middle } from "./measure";
import type { Measurement } from "./measure";

/**
 * `npm run bench:review`: what a review of a one-line change in both stacks costs, as a ratio to a preview of both in the
 * same run, with the base rendered and with the base kept. By hand only: times say something about a machine that does
 * nothing else, the work of the processors a little more.
 */
const ROOT = path.resolve(__dirname, "..");
const RUNS = 5;
/** What may be: the promises of the review. */
const AT_MOST = { rendered: 2.2, kept: 1.3 };

async function main(): Promise<void> {
    const clone = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-bench-"));
    try {
        prepare(clone);
        const cli = path.join(clone, "cli/main.js");
        const review = [cli, "review", "--base", "HEAD~1"];
        const commands = [[cli, "preview"], [...review, "--no-cache"], review];
        // Warms the file cache, what is kept of compiled code, and the base's snapshot.
        for (const command of commands) must(await measure(command, clone));
        const found = commands.map((): Measurement[] => []);
        for (let run = 0; run < RUNS; run++)
            for (const [at, command] of commands.entries())
                found[at]?.push(must(await measure(command, clone)));
        const [preview, rendered, kept] = found.map(middle) as [Measurement, Measurement, Measurement];
        print("command", "seconds", "ratio", "work", "ratio", "all processes");
        row("preview of both stacks", preview, preview);
        row(`review, base rendered (at most ${String(AT_MOST.rendered)} ×)`, rendered, preview);
        row(`review, base kept (at most ${String(AT_MOST.kept)} ×)`, kept, preview);
    } finally {
        fs.rmSync(clone, { recursive: true, force: true });
    }
}

/** The project as it is committed, and a line of its catalogue that both stacks are made of. */
function prepare(clone: string): void {
    const git = (...args: readonly string[]): void => {
        const who = ["-c", "user.name=bench", "-c", "user.email=bench@example.com"];
        execFileSync("git", ["-C", clone, ...who, ...args], { stdio: "ignore" });
    };
    git("clone", "--shared", "--no-hardlinks", ROOT, ".");
    fs.appendFileSync(path.join(clone, ".git/info/exclude"), "node_modules\n");
    fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(clone, "node_modules"));
    const file = path.join(clone, "stacks/catalogue/devplatform.ts");
    const before = fs.readFileSync(file, "utf8");
    const after = before.replace("PostgreSQL and Redis credentials", "Credentials of PostgreSQL and Redis");
    if (after === before) throw new Error("the change changes nothing");
    fs.writeFileSync(file, after);
    git("commit", "--all", "--message", "A line of the catalogue");
}

function must(measured: Measurement): Measurement {
    if (measured.status !== 0) throw new Error(`a command ended with ${String(measured.status)}`);
    return measured;
}

function row(title: string, measured: Measurement, preview: Measurement): void {
    const { seconds, cpuSeconds, allProcessesMb } = measured;
    const ratio = (a: number, b: number): string => `${(a / b).toFixed(2)} ×`;
    print(
        title,
        seconds.toFixed(2),
        ratio(seconds, preview.seconds),
        cpuSeconds.toFixed(2),
        ratio(cpuSeconds, preview.cpuSeconds),
        `${allProcessesMb.toFixed(0)} MB`,
    );
}

function print(first: string, ...others: string[]): void {
    console.log([first.padEnd(44), ...others.map((text) => text.padStart(14))].join(""));
}

void main();
