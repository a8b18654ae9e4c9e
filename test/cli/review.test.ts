import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import Ajv from "ajv/dist/2020";

import { Clone } from "../review/support/clone";
import { forms, withSealedValues } from "../support/sealed";
import { MAIN, ROOT, strongroom, type Run } from "./support";

const PASSPHRASE = "a passphrase of this test";
const CANARY = createHash("sha256").update("review").digest("base64url");
const ANOTHER = createHash("sha256").update("another").digest("base64url");
const FIELD = "devplatform/api-keys.anthropic_api_key";

/** Does not prove: what a form says, which is the forms' own to prove; that a review is quick: `npm run bench:review`. */
describe("npm run review", function () {
    this.timeout("3 minutes");
    let clone: Clone;
    before(() => {
        clone = Clone.ofProject();
        clone.git("checkout", "--quiet", "-b", "feature");
        clone.commit({
            "stacks/catalogue/devplatform.ts": (before) =>
                before.replace('"platform-engineering"', '"payments"'),
        });
    });
    beforeEach(() => {
        clone.git("reset", "--quiet", "--hard", "feature");
        clone.git("clean", "--quiet", "--force", "-d");
        fs.rmSync(clone.path(".strongroom"), { recursive: true, force: true });
    });
    after(() => {
        clone.remove();
    });
    const review = (...args: readonly string[]): Promise<Run> =>
        strongroom(["review", "--today", "2026-12-01", ...args], {
            cwd: clone.project,
            env: { PULUMI_CONFIG_PASSPHRASE: PASSPHRASE },
        });
    const quick = ["--stack", "dev", "--no-policies"];

    it("compares with main, prints one form and writes others, all of one review", async () => {
        const out = (name: string): string => path.join(clone.directory, ".git", name);
        const outs = ["--out", `json=${out("review.json")}`, "--out", `html=${out("review.html")}`];
        const run = await review(...quick, "--format", "json", ...outs);
        assert.equal(run.code, 0, run.text);
        assert.equal(run.stderr, "");
        const told = JSON.parse(run.stdout) as {
            base: unknown;
            stacks: { stack: string; compared: string }[];
        };
        const schema = fs.readFileSync(path.join(ROOT, "review/forms/schema.json"), "utf8");
        const validate = new Ajv({ allErrors: true }).compile(JSON.parse(schema) as object);
        assert.ok(validate(told), JSON.stringify(validate.errors));
        assert.deepEqual(told.base, { name: "main", commit: clone.git("rev-parse", "main") });
        assert.deepEqual(
            told.stacks.map(({ stack, compared }) => [stack, compared]),
            [["dev", "both"]],
        );
        assert.equal(fs.readFileSync(out("review.json"), "utf8"), run.stdout);
        assert.match(fs.readFileSync(out("review.html"), "utf8"), /^<!doctype html>/i);
        assert.deepEqual(clone.leftOvers(), []);
        assert.equal(clone.git("status", "--porcelain"), "");
    });

    it("ends with 1 where the head's program fails, and tells it", async () => {
        clone.change({ "stacks/index.ts": 'throw new Error("of the head");\n' });
        const run = await review(...quick, "--format", "json");
        assert.equal(run.code, 1, run.text);
        assert.match(run.stdout, /of the head/);
        assert.deepEqual(clone.leftOvers(), []);
    });

    it("ends with 2 where the ledger takes a step that it must not take", async () => {
        const entry = /^devplatform\/db\.password:\n(?: .*\n)+/m;
        const base = clone.commit({
            "ledger/dev.yaml": (before) =>
                before.replace(entry, (text) => text.replace(/generation: \d+/, "generation: 9")),
        });
        clone.git("reset", "--quiet", "--hard", "HEAD~1");
        const run = await review(...quick, "--base", base, "--exact", "--format", "json");
        assert.equal(run.code, 2, run.text);
        assert.match(run.stdout, /devplatform\/db\.password/);
    });

    it("ends with 2 where the head violates a mandatory policy", async () => {
        const weaker = (before: string): string => before.replace("provider: secretbox", "provider: aescbc");
        clone.change({
            "Pulumi.dev.yaml": weaker,
            "policies/config.dev.json": '{ "all": "mandatory" }\n',
        });
        const run = await review("--stack", "dev", "--format", "json");
        assert.equal(run.code, 2, run.text);
    });

    const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
        [["--base", "mian"], /--base mian: Git knows no such commit here\. Did you mean 'main'\?/],
        [["--stack", "dve"], /--stack dve: there is no Pulumi\.dve\.yaml/],
        [["--today", "2026-02-31"], /--today 2026-02-31: a day is written YYYY-MM-DD/],
        [["--format", "jsn"], /--format jsn: there is no form 'jsn'\. Did you mean 'json'\?/],
        [["--out", "markdown"], /--out markdown: it names no file/],
        [["--out", "sraif=a"], /--out sraif=a: there is no form 'sraif'\. Did you mean 'sarif'\?/],
        [["--out", "html=no/where.html"], /there is no folder no\. Make it first/],
        [["--out", "html=ledger"], /--out html=ledger: that is a folder/],
        [["--out", "html=a", "--out", "json=a"], /--out json=a: another form goes to the same file/],
    ];
    for (const [args, message] of mistakes) {
        it(`refuses ${args.join(" ")}, and leaves nothing behind`, async () => {
            const run = await review(...quick, ...args);
            assert.deepEqual([run.code, run.stdout], [1, ""], run.text);
            assert.match(run.text, message);
            assert.doesNotMatch(run.text, /\n {4}at /);
            assert.deepEqual(clone.leftOvers(), []);
            assert.equal(clone.git("status", "--porcelain"), "");
        });
    }

    it("is refused without Git", async () => {
        const run = await strongroom(["review"], {
            cwd: clone.project,
            env: { PATH: "/nowhere" },
        });
        assert.equal(run.code, 1);
        assert.match(run.text, /git: there is no such program here\. Install Git/);
    });

    for (const signal of ["SIGTERM", "SIGINT"] as const) {
        it(`leaves no worktree when it is ended by ${signal} while the base is rendered`, async () => {
            // The base's program says that it runs, and stays until it is ended.
            const started = path.join(clone.directory, ".git/started");
            fs.rmSync(started, { force: true });
            const base = clone.commit({
                "stacks/index.ts": `require("fs").writeFileSync(${JSON.stringify(started)}, ""); setInterval(() => {}, 1000);\n`,
            });
            clone.git("reset", "--quiet", "--hard", "HEAD~1");
            const watcher = fs.watch(path.join(clone.directory, ".git"));
            const child = spawn(process.execPath, [MAIN, "review", ...quick, "--base", base, "--exact"], {
                cwd: clone.project,
                stdio: "ignore",
            });
            const ended = new Promise((resolve) => child.once("exit", resolve));
            await Promise.race([
                ended,
                new Promise<void>((resolve) => {
                    watcher.on("change", () => {
                        if (fs.existsSync(started)) resolve();
                    });
                }),
            ]);
            watcher.close();
            assert.ok(fs.existsSync(started), "the base's program never ran");
            assert.equal(clone.leftOvers().length, 2);
            child.kill(signal);
            assert.equal(await ended, signal === "SIGTERM" ? 143 : 130);
            assert.deepEqual(clone.leftOvers(), []);
            assert.ok(fs.existsSync(clone.path("node_modules/typescript/package.json")));
        });
    }

    it("shows and keeps nothing of values that are encrypted in a stack's file", async () => {
        const sealed = (value: string) => withSealedValues(PASSPHRASE, { [FIELD]: value });
        const plain = fs.readFileSync(clone.path("Pulumi.dev.yaml"), "utf8");
        const base = clone.commit({ "Pulumi.dev.yaml": sealed(CANARY) });
        clone.change({ "Pulumi.dev.yaml": sealed(ANOTHER)(plain) });
        const outs = ["terminal", "markdown", "html", "sarif", "junit"].map((form) => ({
            form,
            file: path.join(clone.directory, ".git", `review.${form}`),
        }));
        const run = await review(
            ...["--stack", "dev", "--base", base, "--format", "json"],
            ...outs.flatMap(({ form, file }) => ["--out", `${form}=${file}`]),
        );
        assert.equal(run.code, 0, run.text);
        const told = JSON.parse(run.stdout) as { stacks: { fields: { field: string; what: string[] }[] }[] };
        assert.deepEqual(
            told.stacks.flatMap(({ fields }) => fields.map(({ field, what }) => [field, what])),
            [[FIELD, ["value"]]],
        );
        const kept = fs.readdirSync(clone.path(".strongroom/snapshots"));
        assert.equal(kept.length, 1);
        const bytes = fs.readFileSync(clone.path(`.strongroom/snapshots/${kept[0] ?? ""}`));
        const written = [
            ...[run.stdout, run.stderr, ...outs.map(({ file }) => fs.readFileSync(file, "utf8"))],
            ...[bytes.toString("latin1"), bytes.toString("utf16le")],
        ].join("\n");
        for (const value of [CANARY, ANOTHER, PASSPHRASE])
            for (const [at, form] of forms(value).entries())
                assert.ok(!written.includes(form), `form ${String(at)} shows`);
    });
});
