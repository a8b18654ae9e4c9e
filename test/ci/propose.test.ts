import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { useSandbox } from "./sandbox";
import type { Sandbox } from "./sandbox";

describe("the scripts that propose a rotation", function () {
    this.timeout("30 seconds");
    const place = useSandbox();
    const OUT = (): Record<string, string> => ({ OUT: path.join(place.folder, "out"), BY: "ana" });
    const out = (file: string): string => fs.readFileSync(path.join(place.folder, "out", file), "utf8");
    const rotates =
        'if [[ $3 == rotate ]]; then echo "## dev: 1 step"; echo 4 >ledger/dev.yaml; echo {} >ledger/dev.events.jsonl; ' +
        "else echo 4 >test/golden/dev.txt; fi";

    describe("propose", () => {
        it("starts what falls due in this month, and makes a patch with the renderings", () => {
            const { status, calls } = place.run("propose", { ...OUT(), MODE: "due", STUB_npm: rotates });
            assert.equal(status, 0);
            const now = new Date();
            const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0));
            const day = last.toISOString().slice(0, 10);
            assert.equal(
                calls,
                `npm [run] [--silent] [rotate] [--] [due] [--due-by] [${day}] [--by=ana]\nnpm [run] [--silent] [golden]\n`,
            );
            assert.equal(out("pull-request.md"), "## dev: 1 step\n");
            for (const file of ["ledger/dev.yaml", "ledger/dev.events.jsonl", "test/golden/dev.txt"])
                assert.ok(out("rotation.patch").includes(`b/${file}\n`), file);
        });

        it("makes an empty patch when no ledger changes", () => {
            const { status, calls } = place.run("propose", {
                ...OUT(),
                MODE: "due",
                STUB_npm: "echo Nothing rotates.",
            });
            assert.equal(status, 0);
            assert.ok(!calls.includes("golden"));
            assert.equal(out("rotation.patch"), "");
        });

        it("hands on what somebody typed as one argument each, and none as an option", () => {
            const { calls } = place.run("propose", {
                ...OUT(),
                MODE: "compromise",
                SUBJECT: "a/b.c; rm -rf $(x)",
                REFERENCE: "--dry-run `y`",
                STACK: "prod",
            });
            assert.ok(
                calls.startsWith(
                    "npm [run] [--silent] [rotate] [--] [compromise] [a/b.c; rm -rf $(x)] [--by=ana] [--stack=prod] [--ref=--dry-run `y`]\n",
                ),
            );
        });

        for (const [title, env] of [
            ["a mode that there is not", { MODE: "destroy" }],
            ["no field", { MODE: "request" }],
            ["an option for a field", { MODE: "request", SUBJECT: "--help" }],
        ] as const) {
            it(`refuses ${title}`, () => {
                const { status, calls } = place.run("propose", { ...OUT(), ...env });
                assert.equal(status, 1);
                assert.equal(calls, "");
            });
        }

        it("proposes what is taken although other steps are held back", () => {
            const { status } = place.run("propose", {
                ...OUT(),
                MODE: "all",
                STUB_npm: `${rotates}; [[ $3 != rotate ]] || exit 2`,
            });
            assert.equal(status, 0);
            assert.ok(out("rotation.patch").includes("b/ledger/dev.yaml\n"));
        });

        it("fails when the command fails", () => {
            assert.equal(place.run("propose", { ...OUT(), MODE: "due", STUB_npm: "exit 1" }).status, 1);
        });
    });

    describe("commit-proposal", () => {
        const WHO = (): Record<string, string> => ({
            ...OUT(),
            BRANCH: "rotation/due",
            TITLE: "Rotation: due",
            AUTHOR: "app[bot]",
            EMAIL: "app@example.com",
        });
        const proposed = (npm: string): ReturnType<Sandbox["run"]> => {
            place.git("reset", "--quiet", "--hard", "origin/main");
            place.run("propose", { ...OUT(), MODE: "due", STUB_npm: npm });
            place.git("reset", "--quiet", "--hard", "origin/main");
            place.git("clean", "--quiet", "--force");
            return place.run("commit-proposal", WHO());
        };

        it("has nothing to push for an empty patch", () => {
            assert.equal(proposed("true").stdout, "none\n");
            assert.equal(place.git("rev-parse", "HEAD"), place.commits[2]);
        });

        it("commits the ledger, its log and the renderings", () => {
            assert.equal(proposed(rotates).stdout, "new\n");
            assert.equal(
                place.git("show", "--format=%s by %an", "--name-only", "HEAD"),
                "Rotation: due by app[bot]\n\nledger/dev.events.jsonl\nledger/dev.yaml\ntest/golden/dev.txt",
            );
        });

        it("takes nothing else from a patch", () => {
            const npm = `${rotates}; mkdir -p .github; echo x >.github/evil.yml; git add --all`;
            assert.equal(proposed(npm).stdout, "new\n");
            assert.ok(out("rotation.patch").includes("evil.yml"));
            assert.ok(!place.git("ls-files").includes("evil"));
        });

        it("leaves a pushed proposal alone that says the same of the same main, whatever its log says", () => {
            proposed(rotates);
            place.git("push", "--quiet", "origin", "HEAD:refs/heads/rotation/due");
            assert.equal(proposed(rotates.replace("echo {}", "echo '{\"later\":1}'")).stdout, "same\n");
            assert.equal(proposed(rotates.replace("echo 4 >ledger", "echo 5 >ledger")).stdout, "new\n");
            place.git("reset", "--quiet", "--hard", "origin/main");
            place.commit({ "README.md": "moved on\n" });
            place.git("push", "--quiet", "origin", "HEAD:main");
            place.git("fetch", "--quiet");
            assert.equal(proposed(rotates).stdout, "new\n");
        });
    });

    describe("open-pull-request", () => {
        it("opens one, renews it, and closes what nothing is left of, without a token in an argument", () => {
            const env = {
                ...OUT(),
                BRANCH: "rotation/due",
                TITLE: "Rotation: due",
                AUTHOR: "app[bot]",
                EMAIL: "app@example.com",
                GH_TOKEN: "canary-of-the-app",
            };
            place.run("propose", { ...OUT(), MODE: "due", STUB_npm: rotates });
            place.git("reset", "--quiet", "--hard", "origin/main");
            const opened = place.run("open-pull-request", env);
            assert.equal(opened.status, 0, opened.stderr);
            assert.match(
                opened.calls,
                /gh \[pr\] \[create\] \[--base\] \[main\] \[--head\] \[rotation\/due\]/,
            );
            place.git("fetch", "--quiet");
            assert.equal(place.git("rev-parse", "origin/rotation/due"), place.git("rev-parse", "HEAD"));
            place.git("reset", "--quiet", "--hard", "origin/main");
            const renewed = place.run("open-pull-request", { ...env, STUB_gh: "[[ $2 != list ]] || echo 7" });
            assert.match(renewed.calls, /gh \[pr\] \[edit\] \[7\] \[--title\] \[Rotation: due\]/);
            place.git("reset", "--quiet", "--hard", "origin/main");
            fs.writeFileSync(path.join(place.folder, "out/rotation.patch"), "");
            const closed = place.run("open-pull-request", { ...env, STUB_gh: "[[ $2 != list ]] || echo 7" });
            assert.match(closed.calls, /gh \[pr\] \[close\] \[7\]/);
            for (const { calls } of [opened, renewed, closed]) assert.ok(!calls.includes("canary"));
        });
    });
});
