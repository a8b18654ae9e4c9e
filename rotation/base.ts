import { execFileSync } from "node:child_process";
import { parseDocument } from "yaml";
import { Problems } from "../components/domain/problems";
import type { Problem } from "../components/domain/problems";
import { readLedger } from "../components/domain/rotation/ledger";
import type { Ledger } from "../components/domain/rotation/stages";
import type { RotatingStack } from "./stack";

/** The ledger of another commit, as far as the catalogue of this one knows its fields. */
export interface BaseLedger {
    /** Undefined when that commit has no such file. */
    readonly ledger: Ledger | undefined;
    readonly problems: readonly Problem[];
}

/**
 * Reads a stack's ledger as it is in another commit.
 *
 * @param base a branch, a tag or a commit, such as `origin/main`.
 */
export function baseLedger(root: string, base: string, stack: RotatingStack): BaseLedger {
    const problems = new Problems();
    const git = (...args: readonly string[]): string =>
        execFileSync("git", ["-C", root, ...args], {
            encoding: "utf8",
            stdio: ["ignore", "pipe", "ignore"],
            maxBuffer: MAX_BYTES,
        });
    try {
        git("rev-parse", "--verify", "--quiet", "--end-of-options", `${base}^{commit}`);
    } catch {
        const fix = "Fetch it, or name another branch or commit";
        problems.add(`--base ${base}`, "Git knows no such commit here", fix);
        return { ledger: undefined, problems: problems.all };
    }
    let text: string;
    try {
        text = git("show", `${base}:./${stack.place}`);
    } catch {
        return { ledger: undefined, problems: [] };
    }
    // Names were counted when that commit was judged; the library would compare each with all before it.
    const source: unknown = parseDocument(text, { uniqueKeys: false }).toJS({ maxAliasCount: 0 });
    if (typeof source !== "object" || source === null) return { ledger: {}, problems: [] };
    const known = Object.fromEntries(Object.entries(source).filter(([field]) => stack.fields.has(field)));
    // What was wrong there is no fault of this commit, which may be what mends it.
    return { ledger: readLedger(known, stack.fields, stack.place).ledger, problems: [] };
}

const MAX_BYTES = 64 * 1024 * 1024;
