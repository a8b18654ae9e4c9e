/**
 * A sentence in parts: words of ours or of a message, and names as they are in code, which a form may set apart. Both
 * are plain: one line, nothing that steers a terminal.
 */
export type Text = readonly Span[];
export type Span = string | Code;

export interface Code {
    readonly code: string;
}

/** Controls, and what makes text read in another order or not be seen: it would lie about the name that it is in. */
const UNSEEN = /[\p{Cc}\p{Cs}\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF0-\uFFFF]/gu;

/** One line, without what can't be seen: each such character shows as `�`. */
export const plain = (text: string): string => text.replace(/\s+/gu, " ").trim().replace(UNSEEN, "\uFFFD");

/** A name, a path, a command. */
export const code = (text: string): Code => ({ code: plain(text) });

/** A sentence with texts and other sentences in it: t`${code(field)} goes: ${why}`. */
export function t(
    strings: TemplateStringsArray,
    ...values: readonly (string | number | Code | Text)[]
): Text {
    return strings.flatMap((string, at) => {
        const value = values[at];
        const own = string === "" ? [] : [string];
        if (value === undefined) return own;
        if (typeof value === "number") return [...own, String(value)];
        if (typeof value === "string") return [...own, plain(value)];
        return [...own, ...(Array.isArray(value) ? (value as Text) : [value as Code])];
    });
}

/** `a, b, c` */
export const list = (items: readonly Text[]): Text =>
    items.flatMap((item, at) => (at === 0 ? item : [", ", ...item]));

/** Names as a list. */
export const codes = (names: readonly string[]): Text => list(names.map((name) => [code(name)]));

/** `a and b`, `a, b and c` */
export function and(words: readonly string[]): string {
    const last = words.at(-1) ?? "";
    return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
