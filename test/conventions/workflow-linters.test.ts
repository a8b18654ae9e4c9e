import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { skip } from "../support/skip";

const ROOT = path.resolve(__dirname, "../..");
const below = (folder: string): string[] =>
    fs
        .readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort();
const WORKFLOWS = below(".github/workflows");
const SCRIPTS = [...below(".ci"), ...below(".githooks")];

/** What GitHub's own parser says: keys, events, permissions, and the expressions with their contexts. */
const parsed = (...files: readonly string[]): string[] =>
    JSON.parse(
        execFileSync(
            process.execPath,
            ["--no-warnings", path.join(__dirname, "support/parse-workflows.mjs"), ...files],
            { encoding: "utf8" },
        ),
    ) as string[];

/** That a run does what it is for is not proved: there is no forge here. */
describe("the workflows, as linters see them", function () {
    this.timeout("2 minutes");

    it("are what GitHub's own parser takes", () => {
        assert.deepEqual(parsed(...WORKFLOWS), []);
    });

    for (const [title, from, to, fault] of [
        ["a key that there is not", "timeout-minutes: 45", "timeout-minute: 45", /timeout-minute/],
        ["a permission that there is not", "contents: read", "contents: reed", /reed/],
        [
            "a context that there is not",
            "github.event.pull_request.base.sha",
            "gitub.event.base.sha",
            /gitub/,
        ],
        ["an event that there is not", "pull_request:", "pull_requests:", /pull_requests/],
        ["a job that needs none", "needs: review", "needs: reviews", /reviews/],
    ] as const)
        it(`would not be, with ${title}`, () => {
            const folder = fs.mkdtempSync(path.join(os.tmpdir(), "workflow-"));
            try {
                const text = fs.readFileSync(path.join(ROOT, ".github/workflows/check.yml"), "utf8");
                const file = path.join(folder, "check.yml");
                fs.writeFileSync(file, text.replace(from, to));
                assert.match(parsed(file).join("\n"), fault);
            } finally {
                fs.rmSync(folder, { recursive: true });
            }
        });

    // Each of them is one `go install` or `pip install` away, and on many machines already.
    for (const [tool, args] of [
        ["actionlint", ["-no-color", ...WORKFLOWS]],
        ["zizmor", ["--offline", "--no-progress", "--pedantic", "--quiet", ...WORKFLOWS]],
        ["shellcheck", SCRIPTS],
        [
            "check-jsonschema",
            ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", ".gitlab-ci.yml"],
        ],
    ] as const)
        it(`pass ${tool}, where it is installed`, function () {
            const { error, status, stdout, stderr } = spawnSync(tool, args, { cwd: ROOT, encoding: "utf8" });
            if (error !== undefined) skip(this, `${tool} is not installed`);
            assert.equal(status, 0, stdout + stderr);
        });
});
