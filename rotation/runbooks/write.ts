import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface Written {
    readonly written: readonly string[];
    readonly removed: readonly string[];
    readonly unchanged: number;
}

/**
 * Makes a folder hold exactly these pages. All are written beside the ones that they replace first, so that one that
 * can't be written changes none; then each takes its place at once, and a reader never sees half a page.
 *
 * @param pages texts by path below the folder.
 */
export function writeFolder(folder: string, pages: ReadonlyMap<string, string>): Written {
    const before = pagesIn(folder);
    const changed = [...pages].filter(([name, text]) => before.get(name) !== text);
    const removed = [...before.keys()].filter((name) => !pages.has(name)).sort();
    const temporary = (name: string): string => path.join(folder, `${name}.${String(process.pid)}.tmp`);
    try {
        for (const [name, text] of changed) {
            mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
            writeFileSync(temporary(name), text);
        }
    } catch (error) {
        for (const [name] of changed) rmSync(temporary(name), { force: true });
        throw error;
    }
    for (const [name] of changed) renameSync(temporary(name), path.join(folder, name));
    for (const name of removed) rmSync(path.join(folder, name));
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
