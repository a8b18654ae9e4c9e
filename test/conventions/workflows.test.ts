import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { skip } from "../support/skip";
import { MISTAKES, ROTATE, RULES } from "./workflow-mistakes";
import { GITLAB, npmCalls, workflowsOf } from "./workflow-rules";
import type { Sources } from "./workflow-rules";
import { HOOKS } from "./workflow-safety-rules";

const ROOT = path.resolve(__dirname, "../..");
const inFolder = (folder: string): string[] =>
    fs.readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`);
const SOURCES: Sources = Object.fromEntries(
    [
        GITLAB,
        HOOKS,
        "package.json",
        ...inFolder(".github/workflows"),
        ...[".ci/rotation", ".ci/review", ".ci/deploy", ".ci/drift"].flatMap(inFolder),
    ].map((file) => [file, fs.readFileSync(path.join(ROOT, file), "utf8")]),
);

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
        const helpOf = (script: string, ...args: string[]): string => {
            const [node, ...before] = (scripts[script] ?? "").split(" ");
            assert.equal(node, "node");
            return execFileSync(process.execPath, [...before, ...args, "--help"], {
                cwd: ROOT,
                encoding: "utf8",
            });
        };
        const help = (...args: string[]): string => helpOf("rotate", ...args);

        for (const [script, ...command] of [["review"], ["secrets", "scan"]] as const)
            it(`agree on the options of ${script}`, function () {
                if (scripts[script] === undefined) skip(this, `package.json has no script '${script}'`);
                const known = helpOf(script, ...command);
                const called = npmCalls(SOURCES).filter(({ name }) => name === script);
                assert.ok(called.length >= 2);
                for (const { rest } of called)
                    for (const [option] of rest.matchAll(/--[a-z][\w-]*/g))
                        assert.ok(known.includes(option), option);
            });

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
            ["check.yml", "deploy.yml", "drift.yml", "review-comment.yml", "rotate.yml"],
        );
    });
});
