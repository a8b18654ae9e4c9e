import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";

import { GOLDEN_DIRECTORY } from "../../../cli/golden";
import { parsePath, pathText } from "../../../review/compare/path";
import { REPLACEMENTS, withoutVersion } from "../../../review/compare/replacements";

/** The types of everything that the committed renderings have, components and providers aside. */
function types(): readonly string[] {
    const found = readdirSync(GOLDEN_DIRECTORY)
        .filter((name) => name.endsWith(".yaml"))
        .flatMap((name) => {
            const text = readFileSync(path.join(GOLDEN_DIRECTORY, name), "utf8");
            const { resources } = parse(text) as { readonly resources: Readonly<Record<string, unknown>> };
            return Object.keys(resources).map((title) => title.split(" ")[0]?.split("$").pop() ?? "");
        });
    const isOwn = (type: string): boolean => type.startsWith("strongroom:") || type.startsWith("pulumi:");
    return [...new Set(found)].filter((type) => !isOwn(type)).sort();
}

// That the table says what the providers do, this does not show: each entry names where it was read.
describe("the table of what an engine replaces", () => {
    it("has every type that a stack declares", () => {
        assert.ok(types().length > 50);
        assert.deepEqual(
            types().filter((type) => REPLACEMENTS[withoutVersion(type)] === undefined),
            [],
        );
    });

    it("has a source for each, and paths that can be read", () => {
        for (const [type, { source, properties }] of Object.entries(REPLACEMENTS)) {
            assert.ok(source.length > 10, type);
            for (const each of properties)
                assert.equal(pathText(parsePath(each)).replace('["*"]', "*"), each, type);
        }
    });
});
