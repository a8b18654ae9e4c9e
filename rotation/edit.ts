import { isMap, isScalar, parseDocument } from "yaml";
import type { Document, Pair, YAMLMap } from "yaml";
import { STAGES } from "../components/domain/rotation/stages";
import type { Generations } from "../components/domain/rotation/stages";

/** The order in which an entry, and a stage in it, is written. */
const ENTRY_KEYS = [...STAGES, "highest"] as const;
const STAGE_KEYS = ["generation", "since", "until", "reason", "reference", "rewriting", "rewritten"] as const;

type Values = Readonly<Record<string, unknown>>;

/**
 * Writes changed entries into the text of a ledger. Every other line stays as it is, byte for byte; in a changed entry
 * comments and the way of writing (a line or a block) stay.
 *
 * @param changes the new generations by field; a field without an entry gets one at the end.
 */
export function editLedger(text: string, changes: ReadonlyMap<string, Generations>): string {
    const newline = text.includes("\r\n") ? "\r\n" : "\n";
    const lines = newline === "\r\n" ? text.replaceAll("\r\n", "\n") : text;
    const { contents } = parseDocument(lines);
    const pairs = isMap(contents) ? contents.items : [];
    const added = new Map(changes);
    let edited = "";
    let at = 0;
    for (const pair of pairs) {
        const key = isScalar(pair.key) ? String(pair.key.value) : "";
        const after = changes.get(key);
        if (after === undefined) continue;
        const { start, end } = entryRange(lines, pair);
        edited += lines.slice(at, start) + editEntry(lines.slice(start, end), after);
        at = end;
        added.delete(key);
    }
    edited += lines.slice(at);
    for (const [id, after] of added) {
        if (edited !== "" && !edited.endsWith("\n")) edited += "\n";
        edited += newEntry(id, after);
    }
    return newline === "\r\n" ? edited.replaceAll("\n", "\r\n") : edited;
}

/** An entry reaches to the comments and empty lines after it, which belong to the next one. */
function entryRange(text: string, { key, value }: Pair): { readonly start: number; readonly end: number } {
    const start = rangeOf(key)[0];
    const whole = text.slice(start, rangeOf(value)[2]);
    const own = whole.replace(/\n(?:[ \t]*(?:#.*)?\n)*$/, (trailing) => {
        const lines = trailing.slice(1).split(/(?<=\n)/);
        const first = lines.findIndex((line) => !/^[ \t]+#/.test(line));
        return `\n${lines.slice(0, first === -1 ? lines.length : first).join("")}`;
    });
    return { start, end: start + own.length };
}

function rangeOf(node: unknown): readonly [number, number, number] {
    const range = (node as { readonly range?: readonly [number, number, number] | null } | null)?.range;
    if (range === undefined || range === null) throw new TypeError("a node of the ledger has no place in it");
    return range;
}

function editEntry(slice: string, after: Generations): string {
    const document = parseDocument(slice);
    const { contents } = document;
    const value = isMap(contents) ? contents.items[0]?.value : undefined;
    if (!isMap(value)) throw new TypeError("an entry of the ledger is no mapping");
    setAll(document, value, ENTRY_KEYS, { ...after });
    const written = document.toString({ lineWidth: 0, indent: indentOf(slice) });
    return slice.endsWith("\n") ? written : written.replace(/\n$/, "");
}

/** Gives a mapping exactly these values, and keeps what stands around those that were there. */
function setAll(document: Document, map: YAMLMap, keys: readonly string[], values: Values): void {
    for (const key of keys) {
        const wanted = values[key];
        const present: unknown = map.get(key, true);
        if (wanted === undefined) map.delete(key);
        else if (isMap(present)) setAll(document, present, STAGE_KEYS, wanted as Values);
        else if (isScalar(present)) {
            if (present.value !== wanted) present.value = wanted;
        } else insert(document, map, keys, key, wanted);
    }
}

function insert(
    document: Document,
    map: YAMLMap,
    keys: readonly string[],
    key: string,
    wanted: unknown,
): void {
    const value =
        typeof wanted === "object" && wanted !== null
            ? document.createNode(ordered(wanted as Values), { flow: true })
            : document.createNode(wanted);
    const later = keys.slice(keys.indexOf(key) + 1);
    const at = map.items.findIndex((item) => isScalar(item.key) && later.includes(String(item.key.value)));
    const pair = document.createPair(key, value);
    map.items.splice(at === -1 ? map.items.length : at, 0, pair);
}

function newEntry(id: string, after: Generations): string {
    const lines = ENTRY_KEYS.flatMap((key) => {
        const value = after[key];
        if (value === undefined) return [];
        const document = parseDocument("");
        const wanted = typeof value === "number" ? value : ordered({ ...value });
        document.contents = document.createNode(wanted, { flow: true }) as never;
        return [`  ${key}: ${document.toString({ lineWidth: 0 })}`];
    });
    return `${id}:\n${lines.join("")}`;
}

function ordered(stage: Values): Values {
    return Object.fromEntries(
        STAGE_KEYS.flatMap((key) => (stage[key] === undefined ? [] : [[key, stage[key]]])),
    );
}

function indentOf(slice: string): number {
    return /\n( +)\S/.exec(slice)?.[1]?.length ?? 2;
}
