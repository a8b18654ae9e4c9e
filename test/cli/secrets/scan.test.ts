import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { skip } from "../../support/skip";
import { MAIN, ROOT, strongroom } from "../support";
import { PLANTED } from "./planted";

const ALLOWED = ".secrets-allow.yaml";
const { line: LINE = "", value: VALUE = "" } = PLANTED["a token of GitHub"] ?? {};
const MULTILINE = Object.values(PLANTED).map(({ line }) => line);

/** That a secret of no known shape is found is not proved here: it is not. */
describe("npm run secrets -- scan", function () {
    this.timeout("1 minute");
    let folder = "";
    const git = (...args: string[]): string =>
        execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.example", ...args], {
            cwd: folder,
            encoding: "utf8",
            stdio: ["ignore", "pipe", "pipe"],
        }).trim();
    const write = (file: string, text: string | Buffer): void => {
        fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        fs.writeFileSync(path.join(folder, file), text);
        git("add", "--", file);
    };
    const commit = (message = "change"): string => {
        git("commit", "--quiet", "--no-verify", "--message", message);
        return git("rev-parse", "HEAD");
    };
    const scan = (...args: string[]) => strongroom(["secrets", "scan", ...args], { cwd: folder });

    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "secrets-"));
        git("init", "--quiet", "--template=", "--initial-branch=main");
        write(
            "package.json",
            JSON.stringify({ scripts: { secrets: `"${process.execPath}" "${MAIN}" secrets` } }),
        );
        commit();
    });
    afterEach(() => {
        fs.rmSync(folder, { recursive: true });
    });

    it("tells where each is, what it is, and what to do, and prints none", async () => {
        write("src/all keys.txt", MULTILINE.join("\n"));
        const { code, stdout, stderr } = await scan("--staged");
        assert.equal(code, 2);
        assert.equal(stderr, "");
        assert.match(stdout, /^ {2}src\/all keys\.txt:1: shapes\/AgeSecretKey$/m);
        assert.match(stdout, /github\/GITHUB_TOKEN/);
        assert.match(stdout, /aws\/AWSSecretAccessKey/);
        assert.match(stdout, /rebase.*rotated/s);
        for (const [whose, { value }] of Object.entries(PLANTED))
            for (const part of value.split("\n").filter((each) => !each.startsWith("---")))
                assert.ok(!stdout.includes(part.slice(-12)), whose);
    });

    it("looks at what is staged, and not at the working tree", async () => {
        write("a.txt", LINE);
        fs.writeFileSync(path.join(folder, "a.txt"), "taken out, and not staged\n");
        assert.equal((await scan("--staged")).code, 2);
        write("a.txt", "taken out\n");
        fs.writeFileSync(path.join(folder, "a.txt"), LINE);
        assert.equal((await scan("--staged")).code, 0);
    });

    it("finds what a later commit took away, also in a message", async () => {
        write("b.txt", "base\n");
        const base = commit();
        write("deep/er/a.txt", LINE);
        commit();
        git("rm", "--quiet", "deep/er/a.txt");
        commit();
        assert.equal((await scan()).code, 0);
        const since = await scan("--since", base);
        assert.equal(since.code, 2);
        assert.match(since.stdout, /^ {2}deep\/er\/a\.txt:1: github\/GITHUB_TOKEN$/m);
        assert.match((await scan("--history")).stdout, /deep\/er\/a\.txt/);
        assert.equal((await scan("--since", "HEAD")).code, 0);

        write("c.txt", "c\n");
        const id = commit(`Look at\n\n${LINE}`).slice(0, 7);
        const { code, stdout } = await scan("--since", "HEAD~1");
        assert.equal(code, 2);
        assert.match(stdout, new RegExp(`message of ${id}\\w*:3: `));
        assert.ok(!stdout.includes(VALUE));
    });

    it("takes an exception for one rule in one file, and tells of one that is idle", async () => {
        write("a.txt", LINE);
        write(
            ALLOWED,
            "- { path: a.txt, rule: github/GITHUB_TOKEN, why: made up by the test of the scan }\n",
        );
        for (const args of [[], ["--staged"], ["--history"]]) assert.equal((await scan(...args)).code, 0);
        write("b.txt", LINE);
        assert.match((await scan()).stdout, /^ {2}b\.txt:1: /m);
        git("rm", "--quiet", "--force", "a.txt", "b.txt");
        const { code, stdout } = await scan();
        assert.equal(code, 2);
        assert.match(stdout, /GITHUB_TOKEN is no longer found in a\.txt/);
        assert.equal((await scan("--staged")).code, 0);
    });

    it("passes over what is no text, and says so", async () => {
        write("a.bin", Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(LINE)]));
        write("large.txt", "x".repeat(4 * 1024 * 1024 + 1));
        const { code, stdout } = await scan();
        assert.equal(code, 0);
        assert.match(stdout, /^1 text scanned, 2 passed over/);
    });

    for (const [title, args, allowed, told] of [
        ["two ranges", ["--staged", "--history"], "", /exclude each other/],
        ["a commit that there is not", ["--since", "nowhere"], "", /no commit 'nowhere'.*git fetch/s],
        ["an option for a commit", ["--since", "--all"], "", /no commit '--all'/],
        ["a list without reasons", [], "- { path: a, rule: b/c }", /why.*Each entry has/s],
        ["a short reason", [], "- { path: a, rule: b/c, why: no }", /say in a sentence/],
        ["a pattern for a path", [], "- { path: '*', rule: b/c, why: all of them are }", /path of one file/],
        ["a list that is no YAML", [], "- [", /YAML/],
    ] as const)
        it(`refuses ${title}`, async () => {
            write(ALLOWED, allowed);
            const { code, stdout, stderr } = await scan(...args);
            assert.equal(code, 1);
            assert.equal(stdout, "");
            assert.match(stderr, told);
            assert.doesNotMatch(stderr, /\n\s+at /);
        });

    it("asks for the whole history of a shallow clone, and for a clone at all", async () => {
        write("b.txt", "b\n");
        commit();
        const shallow = `${folder}/shallow`;
        git("clone", "--quiet", "--depth=1", `file://${folder}`, shallow);
        const run = await strongroom(["secrets", "scan", "--history"], { cwd: shallow });
        assert.equal(run.code, 1);
        assert.match(run.stderr, /git fetch --unshallow/);
        fs.rmSync(path.join(folder, ".git"), { recursive: true });
        const outside = await scan();
        assert.equal(outside.code, 1);
        assert.match(outside.stderr, /no Git repository/);
    });

    describe("as a hook", () => {
        const committing = (): { status: number | null; output: string } => {
            const args = ["-c", "user.name=a", "-c", "user.email=a@b.example"];
            const hooks = ["-c", `core.hooksPath=${path.join(ROOT, ".githooks")}`];
            const { status, stdout, stderr } = spawnSync(
                "git",
                [...args, ...hooks, "commit", "--quiet", "-m", "change"],
                { cwd: folder, encoding: "utf8" },
            );
            return { status, output: stdout + stderr };
        };

        it("refuses a commit with a secret, and prints none", () => {
            write("a.txt", LINE);
            const { status, output } = committing();
            assert.equal(status, 1);
            assert.match(output, /a\.txt:1: github\/GITHUB_TOKEN/);
            assert.ok(!output.includes(VALUE));
            assert.equal(git("rev-list", "--count", "HEAD"), "1");
        });

        it("lets every other commit pass", () => {
            write("a.txt", "nothing to see\n");
            const { status, output } = committing();
            assert.equal(status, 0, output);
            assert.equal(git("rev-list", "--count", "HEAD"), "2");
        });
    });

    it("is clean for this project, if this is a clone of it", async function () {
        if (!fs.existsSync(path.join(ROOT, ".git"))) skip(this, "this is no clone");
        const { code, text } = await strongroom(["secrets", "scan"]);
        assert.equal(code, 0, text);
    });
});
