import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
/** What renders, evaluates and makes snapshots. */
const FOLDERS = ["preview", "review", "startup", "components/domain", "stacks/config"];
const FILES = ["package-lock.json"];

/** A digest of the code that makes a snapshot of a commit, by its content: another one would make another snapshot. */
export function digestOfCode(): string {
    const hash = createHash("sha256").update(process.version);
    for (const file of [...FOLDERS.flatMap(filesIn), ...FILES])
        hash.update(`\0${file}\0`).update(readFileSync(path.join(ROOT, file)));
    return hash.digest("hex");
}

function filesIn(folder: string): string[] {
    const entries = readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true });
    return entries
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
        .sort();
}
