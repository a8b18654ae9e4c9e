import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { skip } from "../support/skip";
import { GITLAB, npmCalls, RULES, workflowsOf } from "./workflow-rules";
import type { Sources } from "./workflow-rules";

const ROOT = path.resolve(__dirname, "../..");
const inFolder = (folder: string): string[] =>
    fs.readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`);
const SOURCES: Sources = Object.fromEntries(
    [GITLAB, "package.json", ...inFolder(".github/workflows"), ...inFolder(".ci/rotation")].map((file) => [
        file,
        fs.readFileSync(path.join(ROOT, file), "utf8"),
    ]),
);

const ROTATE = ".github/workflows/rotate.yml";
const DEPLOY = ".github/workflows/deploy-rotation.yml";

/** A small mistake for each rule, and what the rule says of it. */
const MISTAKES: readonly (readonly [
    rule: keyof typeof RULES,
    file: string,
    from: string | RegExp,
    to: string,
    fault: RegExp,
])[] = [
    [
        "pins each action to a commit, with its version beside it",
        ROTATE,
        /checkout@\w{40}/,
        "checkout@v7",
        /@v7/,
    ],
    ["pins each action to a commit, with its version beside it", DEPLOY, " # v3.4.0", "", /vault-action/],
    [
        "gives nothing to a workflow, and to a job what it names, writing nothing",
        ROTATE,
        "permissions: {}",
        "permissions: read-all",
        /every job/,
    ],
    [
        "gives nothing to a workflow, and to a job what it names, writing nothing",
        ROTATE,
        /permissions:\n\s+contents: read/,
        "env: {}",
        /propose: it has no/,
    ],
    [
        "gives nothing to a workflow, and to a job what it names, writing nothing",
        ROTATE,
        "contents: read",
        "contents: write",
        /write contents/,
    ],
    [
        "ends each job in time",
        DEPLOY,
        "timeout-minutes: 150",
        "continue-on-error: false",
        /dev: it has no timeout/,
    ],
    [
        "leaves no token of the run in the checkout",
        DEPLOY,
        "persist-credentials: false",
        "persist-credentials: true",
        /changes: the token/,
    ],
    [
        "puts no expression into a shell",
        ROTATE,
        "run: .ci/rotation/propose",
        "run: .ci/rotation/propose ${{ inputs.subject }}",
        /propose: an expression/,
    ],
    ["logs nothing that holds values", DEPLOY, "up --yes", "up --json --yes", /dev: --json/],
    ["logs nothing that holds values", DEPLOY, "--policy-pack policies", "--logtostderr -v=9", /-v=9/],
    ["logs nothing that holds values", GITLAB, "up --yes", "up --skip-preview --yes", /--skip-preview/],
    ["logs nothing that holds values", ".ci/rotation/notify", "set -euo", "set -xeuo", /prod: x/],
    [
        "logs nothing that holds values",
        ".ci/rotation/verify",
        "until npm",
        "echo $VAULT_TOKEN\nuntil npm",
        /TOKEN/,
    ],
    [
        "runs on the first of the month at 00:00 UTC, and goes on each day",
        ROTATE,
        "0 0 1 * *",
        "0 9 1 * *",
        /0 9 1/,
    ],
    [
        "runs on the first of the month at 00:00 UTC, and goes on each day",
        GITLAB,
        "#   0 0 2-31 * *",
        "#   0 0 2-30 * *",
        /2-30/,
    ],
    ["calls only scripts that there are", DEPLOY, "npm run preview", "npm run previews", /npm run previews/],
    [
        "keeps what npm itself says out of what is written to a file",
        ".ci/rotation/propose",
        "--silent rotate",
        "rotate",
        /propose: npm run rotate/,
    ],
    [
        "checks, deploys, verifies and tells, in this order",
        DEPLOY,
        "run: .ci/rotation/check-deployed",
        "run: echo",
        /deploy-rotation\.yml: dev/,
    ],
    [
        "checks, deploys, verifies and tells, in this order",
        GITLAB,
        /( {4}- \.ci\/rotation\/verify\n)( {4}- \.ci\/rotation\/notify deployed\n)/,
        "$2$1",
        /deploy prod/,
    ],
    [
        "deploys an environment only as that environment, one run at a time",
        DEPLOY,
        "cancel-in-progress: false",
        "cancel-in-progress: true",
        /one ends another/,
    ],
    [
        "deploys an environment only as that environment, one run at a time",
        DEPLOY,
        "    environment: prod\n",
        "",
        /prod: it has no environment/,
    ],
    [
        "deploys an environment only as that environment, one run at a time",
        GITLAB,
        "resource_group: prod",
        "resource_group: dev",
        /deploy prod: two runs/,
    ],
    [
        "runs nothing of the project where a token can push",
        ".ci/rotation/commit-proposal",
        "git apply",
        "npm run golden\ngit apply",
        /rotate\.yml: open/,
    ],
    ["is text that bash can read", ".ci/rotation/verify", "\ndone", "\n", /verify: .*syntax error/],
    [
        "is text that bash can read",
        GITLAB,
        "== schedule ]]; then",
        "== schedule ]];",
        /propose: .*syntax error/,
    ],
    [
        "stops a script at its first mistake",
        ".ci/rotation/deployed",
        "set -euo pipefail",
        "set -e",
        /deployed/,
    ],
    [
        "deploys with the engine that the program is written for",
        DEPLOY,
        "pulumi-version: 3.248.0",
        "pulumi-version: 3.200.0",
        /deploy-rotation/,
    ],
];

describe("the workflows", () => {
    for (const [name, rule] of Object.entries(RULES)) {
        it(`keep to: ${name}`, () => {
            assert.deepEqual(rule(SOURCES), []);
        });
    }

    for (const [rule, file, from, to, fault] of MISTAKES) {
        it(`are caught when they do not: ${rule} (${path.basename(file)}: ${to.trim() || "left out"})`, () => {
            const text = SOURCES[file] ?? "";
            const mutated = text.replace(from, to);
            assert.notEqual(mutated, text);
            assert.match(RULES[rule]({ ...SOURCES, [file]: mutated }).join("\n"), fault);
        });
    }

    it("have a mistake for every rule", () => {
        const tried = new Set<string>(MISTAKES.map(([rule]) => rule));
        assert.deepEqual(
            Object.keys(RULES).filter((rule) => !tried.has(rule)),
            [],
        );
    });

    describe("and the command line", function () {
        this.timeout("1 minute");
        const { scripts } = JSON.parse(SOURCES["package.json"] ?? "") as { scripts: Record<string, string> };
        const help = (...args: string[]): string => {
            const [node, ...before] = (scripts.rotate ?? "").split(" ");
            assert.equal(node, "node");
            return execFileSync(process.execPath, [...before, ...args, "--help"], {
                cwd: ROOT,
                encoding: "utf8",
            });
        };
        it("agree on the commands and their options", function () {
            if (scripts.rotate === undefined) skip(this, "package.json has no script 'rotate'");
            const commands = [...help().matchAll(/^ {2}([a-z][\w-]*)/gm)].map((match) => match[1] ?? "");
            const called = npmCalls(SOURCES).flatMap(({ name, rest }) => {
                const [, command] = /^ -- ([a-z][\w-]*)/.exec(rest) ?? [];
                return name === "rotate" && command !== undefined ? [{ command, rest }] : [];
            });
            const missing = [...new Set(called.map(({ command }) => command))].filter(
                (command) => !commands.includes(command),
            );
            assert.deepEqual(missing, []);
            for (const { command, rest } of called) {
                const known = help(command);
                for (const [option] of rest.matchAll(/--[a-z][\w-]*/g))
                    assert.ok(known.includes(option), `${command} ${option}`);
            }
        });

        it("agree on the modes that somebody can choose", () => {
            const modes = (text: string): string[] =>
                /options: \[(?:"", )?(due, [^\]]*)\]/.exec(text)?.[1]?.split(", ") ??
                assert.fail("there are none");
            const offered = modes(SOURCES[ROTATE] ?? "");
            assert.deepEqual(modes(SOURCES[GITLAB] ?? ""), offered);
            const taken = [...(SOURCES[".ci/rotation/propose"] ?? "").matchAll(/^([a-z| -]+)\)$/gm)].flatMap(
                (match) => (match[1] ?? "").split(" | "),
            );
            assert.deepEqual([...taken].sort(), [...offered].sort());
        });
    });

    it("can be read, all of them", () => {
        assert.deepEqual(
            workflowsOf(SOURCES).map(([file]) => path.basename(file)),
            ["check.yml", "deploy-rotation.yml", "rotate.yml"],
        );
    });
});
