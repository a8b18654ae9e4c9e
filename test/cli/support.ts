import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

export const ROOT = path.resolve(__dirname, "../..");
export const MAIN = path.join(ROOT, "cli/main.js");

export interface Run {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
    /** Both, with every run of blanks as one: where a line is wrapped is not what these tests are about. */
    readonly text: string;
}

export interface RunOptions {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly main?: string;
    /** Arguments of node itself. */
    readonly node?: readonly string[];
}

/** Runs the command line as a process of its own, as people do. */
export function strongroom(args: readonly string[], options: RunOptions = {}): Promise<Run> {
    const { cwd = ROOT, env = {}, main = MAIN, node = [] } = options;
    const inherited = { ...process.env };
    delete inherited["PULUMI_CONFIG_PASSPHRASE"];
    return new Promise((resolve) => {
        execFile(
            process.execPath,
            [...node, main, ...args],
            { cwd, env: { ...inherited, CI: "true", ...env }, maxBuffer: 64 * 1024 * 1024 },
            (error, stdout, stderr) => {
                const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
                resolve({ code, stdout, stderr, text: `${stdout}\n${stderr}`.replace(/\s+/g, " ") });
            },
        );
    });
}

/** Text of a file from the one that was there; a buffer is written as it is, and undefined removes the file. */
export type Change = string | Buffer | undefined | ((before: string) => string);

/**
 * A ledger in which one entry says something else, whatever it says now: the committed ledgers change with every
 * rotation, and no test should.
 *
 * @param lines of the entry, without indentation.
 */
export const withEntry =
    (field: string, ...lines: readonly string[]): ((before: string) => string) =>
    (before) => {
        const entry = new RegExp(`^${field.replaceAll(".", "\\.")}:.*\\n(?: .*\\n)+`, "m");
        return before.replace(entry, [`${field}:`, ...lines.map((line) => `  ${line}`), ""].join("\n"));
    };

/** A copy of the project's own files that a test may spoil; what is code is linked and not copied. */
export class Workspace {
    readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-cli-"));

    constructor(changes: Readonly<Record<string, Change>> = {}) {
        for (const name of fs.readdirSync(ROOT).filter((file) => /^Pulumi(\.\w+)?\.yaml$/.test(file)))
            fs.copyFileSync(path.join(ROOT, name), this.path(name));
        fs.cpSync(path.join(ROOT, "ledger"), this.path("ledger"), { recursive: true });
        for (const name of ["stacks", "components", "startup", "node_modules", "policies", "package.json"])
            fs.symlinkSync(path.join(ROOT, name), this.path(name));
        for (const [name, change] of Object.entries(changes)) this.change(name, change);
    }

    path(name: string): string {
        return path.join(this.directory, name);
    }

    change(name: string, change: Change): void {
        if (change === undefined) {
            fs.rmSync(this.path(name));
            return;
        }
        const after =
            typeof change === "function" ? change(fs.readFileSync(this.path(name), "utf8")) : change;
        if (typeof change === "function" && after === fs.readFileSync(this.path(name), "utf8"))
            throw new Error(`the change of ${name} changes nothing`);
        fs.mkdirSync(path.dirname(this.path(name)), { recursive: true });
        fs.writeFileSync(this.path(name), after);
    }

    /** Every file with what is in it, links not followed. */
    contents(): Readonly<Record<string, string>> {
        const found: Record<string, string> = {};
        const walk = (directory: string): void => {
            for (const entry of fs.readdirSync(this.path(directory), { withFileTypes: true })) {
                const name = path.join(directory, entry.name);
                if (entry.isDirectory()) walk(name);
                else if (entry.isFile()) found[name] = fs.readFileSync(this.path(name), "latin1");
                else found[name] = "link";
            }
        };
        walk(".");
        return found;
    }

    remove(): void {
        fs.rmSync(this.directory, { recursive: true });
    }
}

/** Makes our program, with another catalogue, the one that the project runs. */
export const runsProgram =
    (program: string): ((before: string) => string) =>
    (before) =>
        before
            .replace("main: stacks/", `main: ${path.join(__dirname, "programs", program)}`)
            .replace("../startup", path.join(ROOT, "startup"));
