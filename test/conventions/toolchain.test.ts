import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

interface Outcome {
    readonly status: number | null;
    readonly output: string;
}

function run(module: string, args: readonly string[]): Promise<Outcome> {
    return new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [require.resolve(module, { paths: [ROOT] }), ...args], {
            cwd: ROOT,
        });
        let output = "";
        child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
        child.on("error", reject);
        child.on("close", (status) => {
            resolve({ status, output });
        });
    });
}

/** What start-up leaves out is checked here, once. */
describe("the source", function () {
    this.timeout("5 minutes");

    const checks: [string, string, string[]][] = [
        ["has sound types", "typescript/lib/tsc.js", ["--noEmit", "--project", "."]],
        [
            "has sound types in the page's script",
            "typescript/lib/tsc.js",
            ["--noEmit", "--project", "review/page/client"],
        ],
        ["has the agreed format", "prettier/bin/prettier.cjs", ["--check", "--log-level", "warn", "."]],
        ["passes lint", "eslint/bin/eslint.js", ["--max-warnings", "0", "."]],
    ];
    for (const [title, module, args] of checks) {
        it(title, async () => {
            const { status, output } = await run(path.join(ROOT, "node_modules", module), args);
            assert.equal(status, 0, output);
        });
    }
});
