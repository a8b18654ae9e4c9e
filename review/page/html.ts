/** Markup, as opposed to text: only `markup` makes it, so that what has not been escaped can't pass for it. */
export class Html {
    private constructor(private readonly written: string) {}

    static of(strings: TemplateStringsArray, parts: readonly Part[]): Html {
        return new Html(strings.reduce((sum, each, at) => sum + markupOf(parts[at - 1]) + each));
    }

    toString(): string {
        return this.written;
    }

    static escaped(text: string): Html {
        return new Html(visible(text).replace(/[&<>"']/g, (char) => ESCAPES[char] ?? ""));
    }

    /** JSON for a `<script type="application/json">`: no text in it can end the element, or begin a comment. */
    static json(value: unknown): Html {
        const text = JSON.stringify(value).replace(/[<\u2028\u2029]/g, unicodeEscape);
        return new Html(text);
    }

    /** A script or a style of the project's own. @throws {Error} when it would end its element. */
    static own(text: string): Html {
        if (/<\/(script|style)|<!--/i.test(text))
            throw new Error("a script or a style can't hold its own end tag");
        return new Html(text);
    }
}

/** What may stand in a template: a text is escaped, nothing is written for `undefined` and `false`. */
export type Part = Html | string | number | undefined | false | readonly Part[];

/** A template whose parts are text unless they are markup themselves, in elements and in quoted attributes alike. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
    return Html.of(strings, parts);
}

/**
 * Text in which nothing is hidden: control characters, and those that turn the direction of writing, show as their
 * number. A name that looks like another one would deceive a reviewer, whatever it can't do to the page.
 */
export function visible(text: string): string {
    return text.replace(
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
        named,
    );
}

const ESCAPES: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
};

const hex = (char: string): string => char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
const named = (char: string): string => `⟨U+${hex(char)}⟩`;
const unicodeEscape = (char: string): string => `\\u${hex(char)}`;

function markupOf(part: Part): string {
    if (part === undefined || part === false) return "";
    if (part instanceof Html) return part.toString();
    if (typeof part === "object") return part.map(markupOf).join("");
    return Html.escaped(String(part)).toString();
}
