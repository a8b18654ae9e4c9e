import assert from "node:assert/strict";
import { commandLine } from "../../../cli";
import { candidates, type ValuesOf } from "../../../cli/completion/candidates";

const valuesOf: ValuesOf = (name, placeholder) => {
    if (name === "stack") return ["dev", "prod"];
    if (name === "field") return ["yosai/db.password", "yosai/app.secret_key"];
    return placeholder === "file" ? "files" : [];
};

/** The words that may end a line, which is typed after `strongroom `. */
function after(line: string): readonly string[] | "files" {
    const found = candidates(commandLine(), line.split(" "), valuesOf);
    return found === "files" ? found : found.map(({ word }) => word);
}

/** What shells make of the words is the next test's matter. */
describe("what may stand at the end of a line", () => {
    const cases: readonly (readonly [line: string, words: readonly string[] | "files"])[] = [
        ["pre", ["preview"]],
        ["rotate re", ["request", "reschedule", "rewritten"]],
        ["preview --st", ["--stack"]],
        ["preview --stack ", ["dev", "prod"]],
        ["preview -s p", ["prod"]],
        ["preview --stack=", ["--stack=dev", "--stack=prod"]],
        ["preview --stack=d", ["--stack=dev"]],
        ["preview --frobnicate=", []],
        ["preview --base main --ba", []],
        ["preview --stack dev --st", ["--stack"]],
        ["preview --no-p", ["--no-policies"]],
        ["preview ", []],
        ["rotate compromise ", ["yosai/db.password", "yosai/app.secret_key"]],
        ["rotate compromise --stack prod --ref X yosai/d", ["yosai/db.password"]],
        ["rotate compromise yosai/db.password ", []],
        ["rotate compromise yosai/db.password --keep", ["--keep-backup", "--keep-next"]],
        ["rotate compromise -- --k", []],
        ["rotate due --verified ./e", "files"],
        ["completion ", ["bash", "zsh", "fish"]],
        ["frobnicate ", []],
        ["__comp", []],
        ["--no-c", ["--no-color"]],
    ];
    for (const [line, words] of cases)
        it(`is known: strongroom ${line}`, () => {
            assert.deepEqual(after(line), words);
        });

    it("offers each command that help shows, and what it is for", () => {
        const found = candidates(commandLine(), [""], valuesOf);
        assert.ok(found !== "files" && found.length > 7);
        for (const { word, meaning } of found) assert.match(`${word} ${meaning}`, /^[a-z]+ [A-Z].*\.$/);
    });
});
