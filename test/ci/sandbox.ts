import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { skip } from "../support/skip";

const SCRIPTS = path.resolve(__dirname, "../../.ci");
/** Stands for another program: writes down its arguments, and does what its own variable says. */
const STUB = `#!/usr/bin/env bash
name=\${0##*/}
printf '%s' "$name" >>"$CALLS"; printf ' [%s]' "$@" >>"$CALLS"; echo >>"$CALLS"
code="STUB_$name"; eval "\${!code:-}"
`;

export interface Outcome {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
    /** A line a call of a program that is stood for: `npm [run] [golden]`. */
    readonly calls: string;
}

/** A clone with three commits of ledgers, and scripts that run in it with real Git and no other real program. */
export interface Sandbox {
    readonly folder: string;
    readonly commits: readonly string[];
    git(...args: string[]): string;
    commit(files: Readonly<Record<string, string>>): string;
    /** @param script below `.ci/`, e.g. `review/run`; without a folder one of `.ci/rotation/`. */
    run(script: string, env: Readonly<Record<string, string>>, ...args: string[]): Outcome;
}

/**
 * A sandbox that each test finds as new. What npm, gh, curl and aws make of their arguments is not proved with it.
 */
export function useSandbox(): Sandbox {
    let model = "";
    let folder = "";
    let commits: string[] = [];
    const git = (...args: string[]): string =>
        execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.example", ...args], {
            cwd: path.join(folder, "clone"),
            encoding: "utf8",
            stdio: ["ignore", "pipe", "pipe"],
        }).trim();
    const commit = (files: Readonly<Record<string, string>>): string => {
        for (const [file, text] of Object.entries(files)) {
            const place = path.join(folder, "clone", file);
            fs.mkdirSync(path.dirname(place), { recursive: true });
            fs.writeFileSync(place, text);
        }
        git("add", "--all");
        git("commit", "--quiet", "--message", "change");
        return git("rev-parse", "HEAD");
    };
    const run = (script: string, env: Readonly<Record<string, string>>, ...args: string[]): Outcome => {
        const calls = path.join(folder, "calls");
        fs.writeFileSync(calls, "");
        const file = path.join(SCRIPTS, script.includes("/") ? script : `rotation/${script}`);
        const { status, stdout, stderr } = spawnSync("bash", [file, ...args], {
            cwd: path.join(folder, "clone"),
            encoding: "utf8",
            env: {
                PATH: `${path.join(folder, "bin")}:${process.env.PATH ?? ""}`,
                HOME: folder,
                CALLS: calls,
                GITHUB_REPOSITORY: "example/strongroom",
                ...env,
            },
        });
        return { status, stdout, stderr, calls: fs.readFileSync(calls, "utf8") };
    };

    before(function () {
        if (os.platform() !== "linux") skip(this, "the scripts of the workflows are for the runners' Linux");
        model = fs.mkdtempSync(path.join(os.tmpdir(), "rotation-"));
        folder = model;
        fs.mkdirSync(path.join(folder, "bin"));
        for (const name of ["npm", "gh", "curl", "aws", "pulumi", "sleep"])
            fs.writeFileSync(path.join(folder, "bin", name), STUB, { mode: 0o755 });
        execFileSync("git", [
            "init",
            "--quiet",
            "--bare",
            "--initial-branch=main",
            path.join(folder, "origin"),
        ]);
        fs.mkdirSync(path.join(folder, "clone"));
        git("init", "--quiet", "--template=", "--initial-branch=main");
        git("remote", "add", "origin", "../origin");
        commits = [
            commit({ "ledger/dev.yaml": "1\n", "ledger/prod.yaml": "1\n", "test/golden/dev.txt": "1\n" }),
            commit({ "ledger/dev.yaml": "2\n" }),
            commit({ "ledger/dev.yaml": "3\n", "ledger/prod.yaml": "2\n" }),
        ];
        git("push", "--quiet", "--set-upstream", "origin", "main");
    });
    beforeEach(() => {
        folder = `${model}-${process.pid}`;
        fs.cpSync(model, folder, { recursive: true });
    });
    afterEach(() => {
        fs.rmSync(folder, { recursive: true });
    });
    after(() => {
        if (model !== "") fs.rmSync(model, { recursive: true });
    });

    return {
        get folder() {
            return folder;
        },
        get commits() {
            return commits;
        },
        git,
        commit,
        run,
    };
}
