import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { strongroom } from "../support";
import { inWorkspace, JWT } from "./support";

describe("npm run rotate -- check", () => {
    it("refuses another provider for an etcd key in use, and takes the move that its fix names", async () => {
        await inWorkspace({}, async (workspace, rotate) => {
            const git = (...args: string[]): string =>
                execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
                    cwd: workspace.directory,
                    encoding: "utf8",
                });
            git("init", "-q");
            git("add", "ledger", "Pulumi.dev.yaml");
            git("commit", "-qm", "base");
            const check = ["check", "--base", "HEAD", "--stack", "dev", "--today", "2026-12-01"];
            const moveTo = (more: string): void => {
                workspace.change("Pulumi.dev.yaml", (text) =>
                    text.replace(/^( +)provider: secretbox$/m, `$1provider: aescbc${more}`),
                );
            };
            moveTo("");
            const refused = await rotate(...check);
            assert.equal(refused.code, 2, refused.text);
            assert.match(
                refused.text,
                /generation 1 of the key wrote with secretbox, and aescbc reads nothing/,
            );
            assert.match(refused.text, /earlier: \{ provider: secretbox, through: 1 \}/);
            workspace.change("Pulumi.dev.yaml", (text) =>
                text.replace("provider: aescbc", "provider: secretbox"),
            );
            moveTo("\n    earlier: { provider: secretbox, through: 1 }");
            const taken = await rotate(...check);
            assert.equal(taken.code, 0, taken.text);
        });
    });

    it("refuses leaps against the ledger of another commit", async () => {
        await inWorkspace({}, async (workspace, rotate) => {
            const git = (...args: string[]): string =>
                execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
                    cwd: workspace.directory,
                    encoding: "utf8",
                });
            git("init", "-q");
            git("add", "ledger");
            git("commit", "-qm", "base");
            const check = ["check", "--base", "HEAD", "--stack", "dev", "--today", "2026-12-01"];
            assert.equal((await rotate(...check)).text.trim(), "Nothing rotates.");
            const request = ["request", JWT, "--stack", "dev", "--ref", "OPS-1"];
            assert.equal((await rotate(...request, "--today", "2026-12-01")).code, 0);
            const one = await rotate(...check);
            assert.equal(one.code, 0, one.text);
            assert.match(one.text, /generation 8 is announced/);
            assert.equal((await rotate("due", "--stack", "dev", "--today", "2026-12-04")).code, 0);
            const two = await rotate("check", "--base", "HEAD", "--stack", "dev", "--today", "2026-12-04");
            assert.equal(two.code, 2);
            assert.match(
                two.text,
                /devplatform\/jwt\.secret_key: a field that rotates by overlap is announced first/,
            );
            const args = ["preview", "--stack", "dev", "--no-policies", "--today", "2026-12-04"];
            const preview = await strongroom([...args, "--base", "HEAD"], { cwd: workspace.directory });
            assert.equal(preview.code, 2, preview.stderr);
            assert.match(preview.text, /Rotation since HEAD/);
            assert.match(
                preview.text,
                /refused ledger\/dev\.yaml: devplatform\/jwt\.secret_key: a field that/,
            );
            assert.match(preview.text, /1 refused step, .*: violated/);
            const unknown = await rotate("check", "--base", "nowhere", "--stack", "dev");
            assert.equal(unknown.code, 1);
            assert.match(unknown.text, /--base nowhere: Git knows no such commit here/);
        });
    });

    it("says what is wrong with a ledger that can't be read in the other commit", async () => {
        await inWorkspace({}, async (workspace, rotate) => {
            const git = (...args: string[]): string =>
                execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
                    cwd: workspace.directory,
                    encoding: "utf8",
                });
            const sound = fs.readFileSync(workspace.path("ledger/dev.yaml"), "utf8");
            workspace.change("ledger/dev.yaml", "a: &x { current: 1 }\nb: *x\n");
            git("init", "-q");
            git("add", "ledger", "Pulumi.dev.yaml");
            git("commit", "-qm", "base");
            workspace.change("ledger/dev.yaml", sound);
            const { code, stdout, stderr } = await rotate("check", "--base", "HEAD");
            assert.match(
                stderr,
                /^The command has a mistake:\n {2}--base HEAD: ledger\/dev\.yaml can't be read there: there is an alias \(\*\)\.\n {6}Name a commit whose ledger can be read\.\n$/,
            );
            assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
        });
    });
});
