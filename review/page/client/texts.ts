import type { PackedTexts } from "./shapes";

export const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export function unpackTexts(packed: PackedTexts): string[] {
    let last = "";
    return packed.map((each) => (last = last.slice(0, DIGITS.indexOf(each.charAt(0))) + each.slice(1)));
}

/** What somebody types: each word has to occur somewhere, in any order; upper and lower case are the same. */
export function wordsOf(text: string): readonly string[] {
    return text
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== "");
}

/** `1 grant`, `12,345 grants`. */
export function counted(count: number, one: string, many = `${one}s`): string {
    return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** Thousands are set apart by commas, whatever the reader's own language does: the page is in English. */
export function grouped(count: number): string {
    return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
