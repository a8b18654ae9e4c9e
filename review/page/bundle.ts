import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { transform } from "sucrase";

const CLIENT = path.join(__dirname, "client");
const STYLE = path.join(__dirname, "style");

/** All of `style/`, in the order of the files' names: what comes later wins. */
export function styleSheet(): string {
    const files = readdirSync(STYLE).sort();
    return files.map((file) => readFileSync(path.join(STYLE, file), "utf8")).join("\n");
}

/**
 * A module of the client with all that it imports, as one script: types are taken away as at start-up, and each module
 * stays a function of its own that runs when it is first required. Nothing is minified: whoever opens the page's source
 * can read what it does.
 */
export function bundle(entry: string): string {
    const modules = new Map<string, string>();
    const waiting = [entry];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
        if (modules.has(name)) continue;
        const code = moduleCode(name);
        modules.set(name, code);
        waiting.push(
            ...[...code.matchAll(/require\('\.\/([\w-]+)'\)/g)].map(([, imported = ""]) => imported),
        );
    }
    const functions = [...modules].sort(([a], [b]) => (a < b ? -1 : 1));
    return `"use strict";
(() => {
const modules = {
${functions.map(([name, code]) => `"./${name}"(exports, require) {\n${code}\n},`).join("\n")}
};
const loaded = {};
function load(name) {
    if (loaded[name] === undefined) modules[name]((loaded[name] = {}), load);
    return loaded[name];
}
load("./${entry}");
})();
`;
}

function moduleCode(name: string): string {
    const file = path.join(CLIENT, `${name}.ts`);
    const { code } = transform(readFileSync(file, "utf8"), {
        transforms: ["imports", "typescript"],
        filePath: file,
        production: true,
    });
    // Comments argue with those who work on the code: a line that holds nothing else needs not travel in each page.
    return code
        .replace(/^"use strict";/, "")
        .split("\n")
        .filter((line) => !/^\s*(\/\/.*|\/\*\*.*\*\/)?\s*$/.test(line))
        .join("\n");
}

/** How a policy of content names a script or a style that it allows: by its SHA-256. */
export function sourceHash(text: string): string {
    return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
