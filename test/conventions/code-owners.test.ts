import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const LINES = fs
    .readFileSync(path.join(ROOT, "CODEOWNERS"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(/\s+/));

/** The owners of a file: those of the last line that matches, as both forges read it. */
function ownersOf(file: string, lines: readonly (readonly string[])[] = LINES): readonly string[] {
    const line = lines.findLast(([pattern = ""]) => {
        const glob = pattern
            .slice(1)
            .replace(/[.+^${}()|[\]\\]/g, "\\$&")
            .replaceAll("*", "[^/]*");
        return new RegExp(`^${glob}${pattern.endsWith("/") ? "" : "$"}`).test(file);
    });
    return line?.slice(1) ?? [];
}

describe("the code owners", () => {
    it("have every pattern begin at the root, and match something", () => {
        const files = fs
            .readdirSync(ROOT, { recursive: true, encoding: "utf8" })
            .filter((file) => !file.startsWith("node_modules/") && !file.startsWith(".git/"));
        for (const line of LINES) {
            assert.match(line[0] ?? "", /^\//);
            assert.ok(line.length > 1, `${line[0] ?? ""} has no owner`);
            assert.ok(
                files.some((file) => ownersOf(file, [line]).length > 0),
                `${line[0] ?? ""} matches nothing`,
            );
        }
    });

    it("own the ledgers, and prod's with fewer", () => {
        for (const file of fs.readdirSync(path.join(ROOT, "ledger")))
            assert.notDeepEqual(ownersOf(`ledger/${file}`), [], file);
        assert.deepEqual(ownersOf("ledger/dev.yaml"), ["@example-org/platform", "@example-org/security"]);
        for (const file of ["ledger/prod.yaml", "ledger/prod.events.jsonl", "ledger/prod.devplatform.yaml"])
            assert.deepEqual(ownersOf(file), ["@example-org/security"], file);
    });

    it("own what could go round them", () => {
        for (const file of [
            "CODEOWNERS",
            ".github/workflows/deploy.yml",
            ".gitlab-ci.yml",
            ".ci/rotation/check-deployed",
            ".ci/review/comment",
            ".githooks/pre-commit",
            ".secrets-allow.yaml",
            "Pulumi.prod.yaml",
            "policies/PulumiPolicy.yaml",
            "components/domain/rotation/faults.ts",
            "stacks/catalogue/rotation-classes.ts",
        ]) {
            assert.ok(fs.existsSync(path.join(ROOT, file)), file);
            assert.deepEqual(ownersOf(file), ["@example-org/security"], file);
        }
    });

    it("leave the renderings free, which every rotation changes", () => {
        assert.deepEqual(ownersOf("test/golden/prod.txt"), []);
    });
});
