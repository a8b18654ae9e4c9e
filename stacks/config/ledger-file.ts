import * as fs from "node:fs";
import * as path from "node:path";
import { isScalar, LineCounter, parseAllDocuments, visit } from "yaml";
import type { ErrorCode } from "yaml";
import { Problems } from "../../components/domain/problems";
import type { Problem } from "../../components/domain/problems";

/** The parser's own wordings advise its callers, not people. */
const SYNTAX: Partial<Record<ErrorCode, readonly [string, string]>> = {
    TAB_AS_INDENT: ["a tab indents the line", "Indent with spaces"],
};

/**
 * Reads the file of a ledger.
 *
 * @param root what `ledger` is relative to.
 * @returns its content, or undefined when there is none to judge; and why.
 */
export function readLedgerFile(
    root: string,
    ledger: string,
): { readonly source: unknown; readonly problems: readonly Problem[] } {
    const problems = new Problems();
    let text: string;
    try {
        text = fs.readFileSync(path.join(root, ledger), "utf8");
    } catch {
        const fix = "Name it from the root of the project";
        problems.add("strongroom:ledger", `there is no file '${ledger}'`, fix);
        return { source: undefined, problems: problems.all };
    }
    return readLedgerText(text, ledger);
}

/**
 * Reads a ledger, of this commit or of another one.
 *
 * @param place how mistakes name it, e.g. `ledger/prod.yaml`.
 * @returns its content, or undefined when there is none to judge; and why.
 */
export function readLedgerText(
    text: string,
    place: string,
): { readonly source: unknown; readonly problems: readonly Problem[] } {
    const problems = new Problems();
    const lines = new LineCounter();
    // The library compares each name with all before it, which is too slow for a large ledger; `visit` below counts.
    const documents = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false });
    const [document, second] = Array.isArray(documents) ? documents : [];
    if (document === undefined || document.contents === null) {
        problems.add(place, "the file is empty", "See ledger/dev.yaml");
    } else if (second !== undefined) {
        problems.add(place, "there is a second document in the file", "Keep one: remove the '---' before it");
    } else {
        for (const { code, linePos } of document.errors) {
            const [message, fix] = SYNTAX[code] ?? [
                "this is not YAML",
                "Look for indentation, colons and quotes",
            ];
            problems.add(`${place}:${String(linePos?.[0].line ?? 1)}`, message, fix);
        }
        visit(document, {
            Alias: () => {
                problems.add(place, "there is an alias (*)", "Write the value out");
            },
            Map: (_, { items }) => {
                const names = new Set<unknown>();
                for (const { key } of items) {
                    const name = isScalar(key) ? key.value : key;
                    if (names.has(name) && isScalar(key)) {
                        const { line } = lines.linePos(key.range?.[0] ?? 0);
                        problems.add(
                            `${place}:${String(line)}`,
                            "the name is there twice",
                            "Keep one of the two",
                        );
                    }
                    names.add(name);
                }
            },
        });
    }
    const source: unknown = problems.empty ? document?.toJS({ maxAliasCount: 0 }) : undefined;
    return { source, problems: problems.all };
}
