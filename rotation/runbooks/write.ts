import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { replaceFiles } from "../files";

export interface Written {
    readonly written: readonly string[];
    readonly removed: readonly string[];
    readonly unchanged: number;
}

/**
 * Makes a folder hold exactly these pages, or changes none of it.
 *
 * @param pages texts by path below the folder.
 */
export function writeFolder(folder: string, pages: ReadonlyMap<string, string>): Written {
    const before = pagesIn(folder);
    const changed = [...pages].filter(([name, text]) => before.get(name) !== text);
    const removed = [...before.keys()].filter((name) => !pages.has(name)).sort();
    replaceFiles(
        [...changed.map(([name]) => name), ...removed].map((name) => ({
            file: path.join(folder, name),
            before: before.get(name),
            after: pages.get(name),
        })),
    );
    return { written: changed.map(([name]) => name), removed, unchanged: pages.size - changed.length };
}

/** Every page of a folder, by path below it. What is no Markdown is none of ours. */
export function pagesIn(folder: string): Map<string, string> {
    if (!existsSync(folder)) return new Map();
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
        .map((name) => name.split(path.sep).join("/"))
        .filter((name) => name.endsWith(".md"))
        .sort();
    return new Map(names.map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
}
