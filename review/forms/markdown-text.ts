import { code as inBackticks } from "../../components/domain/markdown";
import type { Code, Span, Text } from "./text";

/** Between two characters that would mean something together; it is not seen and does not break a line. */
const JOINER = "\u2060";

/**
 * Words as Markdown and HTML show them. What has a meaning is written as a number of its character, which can't begin
 * a structure in either; what a host makes of plain words (a mention, a reference to an issue, a link) is parted.
 */
export const escaped = (text: string): string =>
    text
        // Mentions are looked for in what is rendered, so that a number for the character would not help.
        .replace(/@(?=\S)/gu, `@${JOINER}`)
        .replace(/([#!])(?=\w)|(GH-)(?=\d)/giu, (start) => start + JOINER)
        .replace(/\/(?=\/)/gu, `/${JOINER}`)
        .replace(/(?:www|mailto|xmpp)(?=[.:])/giu, (word) => word + JOINER)
        .replace(/[\\`*_{}[\]<>#|~&$^]/gu, (character) => `&#${String(character.charCodeAt(0))};`);

/** The mark of a list or the line under a heading, where a text begins with it. */
const MARK = /^(?:[-+=]|\d+[.)])/u;

/** In backticks where nothing in it could end them; else as an element, in which names can't be mentioned either. */
export const codeText = ({ code }: Code): string =>
    code !== "" && !/[`|\\<>&]/u.test(code) ? inBackticks(code) : `<code>${escaped(code)}</code>`;

/** @param clipChars of each part; more is cut, with `…` at the end */
export function markdownText(text: Text, clipChars: number): string {
    const told = joined(text)
        .map((span) =>
            typeof span === "string"
                ? escaped(clipped(span, clipChars))
                : codeText({ code: clipped(span.code, clipChars) }),
        )
        .join("")
        .trim();
    // Nothing at all would let the next line make a heading of the mark before it.
    if (told === "") return EMPTY;
    return told.replace(MARK, (mark) => `${mark.slice(0, -1)}&#${String(mark.charCodeAt(mark.length - 1))};`);
}

const EMPTY = "(empty)";

/** Words that stand side by side are one text: what they mean together is seen. */
function joined(text: Text): readonly Span[] {
    const spans: Span[] = [];
    for (const span of text) {
        const last = spans.at(-1);
        if (typeof span === "string" && typeof last === "string") spans[spans.length - 1] = last + span;
        else spans.push(span);
    }
    return spans;
}

/** Never between the halves of one character. */
function clipped(text: string, chars: number): string {
    if (text.length <= chars) return text;
    return `${text.slice(0, Math.max(0, chars - 1)).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}
