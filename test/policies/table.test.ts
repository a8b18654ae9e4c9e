import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readExemptions } from "../../policies/exemptions/read";
import { rules } from "../../policies/pack";
import { ruleRows, ruleTable, withTable } from "../../policies/table";
import { ROOT, strongroom } from "../cli/support";

const README = readFileSync(join(ROOT, "policies/README.md"), "utf8");

describe("the page of the policies", () => {
    it("has the table of the pack; `npm run policies -- --write` brings it up to date", () => {
        assert.equal(withTable(README, ruleTable(ruleRows())), README);
    });

    it("shows exemptions that can be read", () => {
        const shown = /```yaml\n([^`]*)```/.exec(README)?.[1] ?? assert.fail("it shows none");
        const config = parse(shown) as Record<string, unknown>;
        const { exemptions, problems } = readExemptions(
            JSON.stringify(config["strongroom:exemptions"]),
            rules,
        );
        assert.deepEqual(problems, []);
        assert.equal(exemptions.length, 1);
    });

    it("lists every rule once, with where it comes from", () => {
        const rows = ruleRows();
        assert.deepEqual(
            rows.map(({ id }) => id),
            rules.map(({ id }) => id),
        );
        for (const { id, source } of rows) assert.ok(README.includes(`| [${id}](${source})`), id);
    });

    it("loses nothing else when the table is written, and must have a place for it", () => {
        const changed = withTable(README, "| a |");
        assert.ok(changed.includes("\n| a |\n"));
        assert.equal(withTable(changed, ruleTable(ruleRows())), README);
        assert.throws(() => withTable("# Policies", "| a |"), /it lacks/);
    });

    it("is what the command prints, as a table and as JSON", async () => {
        const table = await strongroom(["policies"]);
        assert.deepEqual([table.code, table.stdout], [0, `${ruleTable(ruleRows())}\n`]);
        const json = await strongroom(["policies", "--json"]);
        assert.deepEqual(JSON.parse(json.stdout), JSON.parse(JSON.stringify(ruleRows())));
    });
});
