import { isMap, isScalar, parseDocument, stringify } from "yaml";
import type { Document, YAMLMap } from "yaml";
import { STAGES } from "../components/domain/rotation/stages";
import type { Generations } from "../components/domain/rotation/stages";
import { isSame } from "../components/domain/rotation/transition";

/** The order in which an entry, and a stage in it, is written. */
const ENTRY_KEYS = [...STAGES, "highest"] as const;
const STAGE_KEYS = ["generation", "since", "until", "reason", "reference", "rewriting", "rewritten"] as const;

/** The text says something else of a field than what its change begins with. */
export class OtherEntry extends Error {
    override readonly name = "OtherEntry";
}

type Values = Readonly<Record<string, unknown>>;

/** A changed entry: what it says now, undefined when there is none, and what it is to say. */
export interface EntryChange {
    readonly before: Generations | undefined;
    readonly after: Generations;
}

/**
 * Writes changed entries into the text of a ledger. Every other line stays as it is, byte for byte; in a changed entry
 * comments and the way of writing (a line or a block) stay.
 *
 * @param text a ledger that can be read: a mapping that begins in the first column.
 * @param changes by field; a field without an entry gets one at the end.
 * @throws {OtherEntry} when an entry is not what its change begins with.
 */
export function editLedger(text: string, changes: ReadonlyMap<string, EntryChange>): string {
    const newline = text.includes("\r\n") ? "\r\n" : "\n";
    const lines = newline === "\r\n" ? text.replaceAll("\r\n", "\n") : text;
    const added = new Map(changes);
    const parts = splitEntries(lines).map(({ id, own, rest }) => {
        const change = changes.get(id);
        if (change === undefined) return own + rest;
        added.delete(id);
        return editEntry(id, own, change) + rest;
    });
    let edited = parts.join("");
    for (const [id, { before, after }] of added) {
        if (before !== undefined) throw new OtherEntry(`the entry of '${id}' is gone`);
        if (edited !== "" && !edited.endsWith("\n")) edited += "\n";
        edited += writeEntry(id, after);
    }
    return newline === "\r\n" ? edited.replaceAll("\n", "\r\n") : edited;
}

/** A piece of the text: an entry, and the empty lines and comments after it, which belong to the next one. */
interface Entry {
    /** Empty for what stands before the first entry. */
    readonly id: string;
    readonly own: string;
    readonly rest: string;
}

/** An entry begins in the first column, and nothing else does but comments: YAML indents what is inside. */
function splitEntries(text: string): Entry[] {
    return text.split(/^(?=[^\s#])/m).map((piece) => {
        const own = /^(?:.*\n?)(?:[ \t]*\n(?=(?:[ \t]*\n)*[ \t]+\S)|[ \t]+\S.*\n?)*/.exec(piece)?.[0] ?? "";
        const isHead = /^[\s#]/.test(piece);
        return isHead
            ? { id: "", own: piece, rest: "" }
            : { id: keyOf(piece), own, rest: piece.slice(own.length) };
    });
}

function keyOf(piece: string): string {
    const plain = /^([\w./-]+):(?:\s|$)/.exec(piece)?.[1];
    if (plain !== undefined) return plain;
    const { contents } = parseDocument(piece);
    const key = isMap(contents) ? contents.items[0]?.key : undefined;
    return isScalar(key) ? String(key.value) : "";
}

function editEntry(id: string, own: string, { before, after }: EntryChange): string {
    // What this command wrote it writes anew, which is much quicker than to parse it.
    if (before !== undefined && writeEntry(id, before) === own) return writeEntry(id, after);
    const document = parseDocument(own);
    const { contents } = document;
    const value = isMap(contents) ? contents.items[0]?.value : undefined;
    if (!isMap(value)) throw new TypeError("an entry of the ledger is no mapping");
    const said = (document.toJS() as Record<string, Generations>)[id];
    if (before === undefined || said === undefined || !isSame(said, before))
        throw new OtherEntry(`the entry of '${id}' is another one`);
    setAll(document, value, ENTRY_KEYS, { ...after });
    const written = document.toString({ lineWidth: 0, indent: indentOf(own) });
    const read = (parseDocument(written).toJS() as Record<string, Generations>)[id];
    if (read === undefined || !isSame(read, after))
        throw new Error(`the new text of the ledger does not say what it should for '${id}'`);
    return own.endsWith("\n") ? written : written.replace(/\n$/, "");
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

/** An entry as this command writes it: a line a stage. */
function writeEntry(id: string, generations: Generations): string {
    const lines = ENTRY_KEYS.flatMap((key) => {
        const value = generations[key];
        if (value === undefined) return [];
        return [`  ${key}: ${typeof value === "number" ? String(value) : writeStage({ ...value })}\n`];
    });
    return `${id}:\n${lines.join("")}`;
}

function writeStage(stage: Values): string {
    const parts = Object.entries(ordered(stage)).map(([key, value]) => `${key}: ${writeScalar(value)}`);
    return `{ ${parts.join(", ")} }`;
}

/** Texts that are texts to every reader of YAML without quotes; the library judges all others. */
const PLAIN = /^(?:\d{4}-\d\d-\d\d|[A-Z]{2,10}-\d+|schedule|request|initial|compromise|offboarding)$/;

function writeScalar(value: unknown): string {
    const text = String(value);
    if (typeof value === "number" || PLAIN.test(text)) return text;
    return stringify([value], { lineWidth: 0, collectionStyle: "flow", flowCollectionPadding: false })
        .trim()
        .slice(1, -1);
}

function ordered(stage: Values): Values {
    return Object.fromEntries(
        STAGE_KEYS.flatMap((key) => (stage[key] === undefined ? [] : [[key, stage[key]]])),
    );
}

function indentOf(own: string): number {
    return /\n( +)\S/.exec(own)?.[1]?.length ?? 2;
}
