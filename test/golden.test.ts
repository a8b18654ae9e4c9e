import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { GOLDEN_DIRECTORY } from "../cli/golden";
import { goldenFiles } from "../preview/golden";
import { shortDiff } from "./support/diff";
import { renderings } from "./support/renderings";

const read = (name: string): string => {
    const file = path.join(GOLDEN_DIRECTORY, name);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
};

// Pins what is declared, not that it is right: whoever changes the files reads their diff.
describe("the committed renderings", () => {
    it("are what the stacks declare", async () => {
        const files = goldenFiles(await renderings());
        const changed = files.filter(([name, text]) => read(name) !== text);
        const diffs = changed.map(([name, text]) => `test/golden/${name}\n${shortDiff(read(name), text)}`);
        const advice = "If the change is meant, run 'npm run golden' and review the diff.";
        assert.equal(changed.length, 0, `${diffs.join("\n\n")}\n\n${advice}`);
    });

    it("are of stacks that there are", async () => {
        const names = new Set(goldenFiles(await renderings()).map(([name]) => name));
        assert.deepEqual(
            readdirSync(GOLDEN_DIRECTORY).filter((name) => !names.has(name)),
            [],
        );
    });

    it("come from programs that ran to their end", async () => {
        const all = await renderings();
        assert.deepEqual(
            all.map(({ stack, complete }) => [stack, complete]),
            [
                ["dev", true],
                ["prod", true],
            ],
        );
    });
});

describe("the difference of two renderings", () => {
    it("shows what is gone and what is new, with the line before", () => {
        assert.equal(shortDiff("a\nb\nc\nd", "a\nx\nc\nd\ne"), "  a\n- b\n+ x\n  d\n+ e");
        assert.equal(shortDiff("a\nb", "a\nb"), "");
    });

    it("is cut where it gets long", () => {
        const many = Array.from({ length: 100 }, (_, index) => `line ${index}`).join("\n");
        assert.match(shortDiff("", many), /… 77 lines more$/u);
    });
});
