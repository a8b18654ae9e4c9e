import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { skip } from "../../support/skip";
import { MAIN, ROOT, strongroom } from "../support";

const has = (shell: string): boolean => spawnSync(shell, ["--version"]).status === 0;

/** Tells a shell to load what the command prints, as people do. */
const load = (shell: string): string => `source <(node '${MAIN}' completion ${shell})`;

/** What bash has found, after it has split a line at its own word breaks. */
function inBash(...words: readonly string[]): readonly string[] {
    const script = `${load("bash")}
        COMP_WORDS=(strongroom "$@"); COMP_CWORD=$#
        _strongroom
        printf '%s\\n' "\${COMPREPLY[@]}"`;
    return lines(
        execFileSync("bash", ["--norc", "-c", script, "bash", ...words], { cwd: ROOT, encoding: "utf8" }),
    );
}

/** What fish offers for a line. */
function inFish(line: string): readonly string[] {
    const script = `node '${MAIN}' completion fish | source; complete -C '${line}'`;
    return lines(execFileSync("fish", ["--no-config", "-c", script], { cwd: ROOT, encoding: "utf8" })).map(
        (each) => each.split("\t")[0] ?? "",
    );
}

/** What zsh has made of a line after a tab, typed into a terminal of its own. */
function inZsh(line: string): string {
    const script = `
        zmodload zsh/zpty
        zpty shell zsh --no-rcs -i
        zpty -w shell "PS1=READY; autoload -U compinit; compinit -D -u; source <(node '${MAIN}' completion zsh); cd '${ROOT}'"
        zpty -w shell 'accept() { print -r -- "<$BUFFER>"; exit }; zle -N accept; bindkey "^X" accept; print LOADED'
        zpty -r shell output '*LOADED*LOADED*'
        zpty -w -n shell $'${line}\\t\\C-x'
        zpty -r shell output '*<*>*'
        print -r -- $output`;
    const output = execFileSync("zsh", ["--no-rcs", "-c", script], { encoding: "utf8", cwd: ROOT });
    return /<(strongroom[^>]*)>/.exec(output)?.[1] ?? output;
}

const lines = (text: string): readonly string[] => text.split("\n").filter((each) => each !== "");

/** How a shell shows a choice of several is its own matter. */
describe("completion in shells", function () {
    this.timeout("1 minute");

    describe("bash", () => {
        it("completes commands, options and values", () => {
            assert.deepEqual(inBash("pre"), ["preview"]);
            assert.deepEqual(inBash("preview", "--sta"), ["--stack"]);
            assert.deepEqual(inBash("preview", "--stack", ""), ["dev", "prod"]);
            assert.deepEqual(inBash("rotate", "compromise", "yosai/d"), ["yosai/db.password"]);
        });

        it("completes what stands after '=', at which bash splits", () => {
            assert.deepEqual(inBash("preview", "--stack", "=", "p"), ["prod"]);
            assert.deepEqual(inBash("preview", "--stack", "="), ["dev", "prod"]);
        });

        it("completes files where one may stand", () => {
            assert.deepEqual(inBash("rotate", "due", "--verified", "package.js"), ["package.json"]);
        });

        it("has a command strongroom afterwards, where there was none", () => {
            const typed = `${load("bash")}; strongroom --version`;
            const text = execFileSync("bash", ["--norc", "-c", typed], { encoding: "utf8" });
            assert.match(text, /^\d+\.\d+\.\d+\n$/);
        });

        it("can be loaded from a folder with blanks and quotes in its name", () => {
            const directory = fs.mkdtempSync(path.join(os.tmpdir(), "it's here "));
            try {
                for (const each of [
                    "cli",
                    "startup",
                    "node_modules",
                    "package.json",
                    "components",
                    "preview",
                    "stacks",
                ])
                    fs.symlinkSync(path.join(ROOT, each), path.join(directory, each));
                const main = path.join(directory, "cli/main.js").replaceAll("'", String.raw`'\''`);
                const typed = `source <(node --preserve-symlinks --preserve-symlinks-main '${main}' completion bash); strongroom --version`;
                assert.match(
                    execFileSync("bash", ["--norc", "-c", typed], { encoding: "utf8" }),
                    /^\d+\.\d+/,
                );
            } finally {
                fs.rmSync(directory, { recursive: true });
            }
        });
    });

    describe("zsh", () => {
        it("completes commands, options and values", function () {
            if (!has("zsh")) skip(this, "there is no zsh to complete in");
            assert.equal(inZsh("strongroom prev"), "strongroom preview ");
            assert.equal(inZsh("strongroom preview --verb"), "strongroom preview --verbose ");
            assert.equal(inZsh("strongroom preview --stack=p"), "strongroom preview --stack=prod ");
        });
    });

    describe("fish", () => {
        it("completes commands, options and values", function () {
            if (!has("fish")) skip(this, "there is no fish to complete in");
            assert.deepEqual(inFish("strongroom pre"), ["preview"]);
            assert.deepEqual(inFish("strongroom preview --stack "), ["dev", "prod"]);
            assert.deepEqual(inFish("strongroom preview --stack=p"), ["--stack=prod"]);
            assert.deepEqual(inFish("strongroom rotate due --verified package.js"), ["package.json"]);
        });
    });

    it("is refused for another shell, with what was meant", async () => {
        const { code, stdout, stderr } = await strongroom(["completion", "bsh"]);
        assert.match(stderr, /there is none for 'bsh'\.\n +Did you mean 'bash'\?/);
        assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
    });
});
