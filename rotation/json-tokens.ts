/** One piece of a JSON text. */
export type Token =
    | { readonly kind: "{" | "}" | "[" | "]" | ":" | "," }
    /** `text` is the beginning of a long string; its escapes are not resolved. */
    | { readonly kind: "string"; readonly text: string }
    | { readonly kind: "number" | "true" | "false" | "null"; readonly text: string };

/** The input is no JSON, or only a part of it. The message quotes nothing of it. */
export class MalformedJson extends Error {
    override readonly name = "MalformedJson";
}

const PUNCTUATION = new Set(["{", "}", "[", "]", ":", ","]);
const SPACE = new Set([" ", "\t", "\n", "\r"]);
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Cuts a JSON text into tokens while it comes in, and keeps only the beginning of each string: the answer of etcd is one
 * line of any length, and most of it is values that nobody may see.
 */
export class JsonTokens {
    /** A string that is not closed yet: its beginning, and whether the last character was an escaping backslash. */
    #string: { kept: string; escaping: boolean } | undefined;
    #word = "";

    /** @param keepChars characters of a string that are kept; the others are passed over. */
    constructor(private readonly keepChars: number) {}

    push(chunk: string): Token[] {
        const found: Token[] = [];
        let at = 0;
        while (at < chunk.length) {
            if (this.#string !== undefined) {
                at = this.#passString(this.#string, chunk, at, found);
                continue;
            }
            const character = chunk[at] ?? "";
            at++;
            if (character === '"' || SPACE.has(character) || PUNCTUATION.has(character)) {
                this.#endWord(found);
                if (character === '"') this.#string = { kept: "", escaping: false };
                else if (PUNCTUATION.has(character)) found.push({ kind: character as "{" });
            } else {
                this.#word += character;
                if (this.#word.length > MAX_WORD) throw new MalformedJson("it is not JSON");
            }
        }
        return found;
    }

    /** @throws {MalformedJson} when the text ends within a string. */
    end(): Token[] {
        if (this.#string !== undefined) throw new MalformedJson("it ends in the middle of a text");
        const found: Token[] = [];
        this.#endWord(found);
        return found;
    }

    #passString(
        string: { kept: string; escaping: boolean },
        chunk: string,
        from: number,
        found: Token[],
    ): number {
        let at = from;
        for (;;) {
            if (string.escaping) {
                at++;
                string.escaping = false;
            }
            const quote = chunk.indexOf('"', at);
            const end = quote === -1 ? chunk.length : quote;
            const backslash = chunk.slice(at, end).indexOf("\\");
            if (backslash !== -1) {
                at += backslash + 1;
                string.escaping = true;
                if (at < chunk.length) continue;
            }
            const room = this.keepChars - string.kept.length;
            if (room > 0) string.kept += chunk.slice(from, Math.min(end, from + room));
            if (quote === -1 || string.escaping) return chunk.length;
            found.push({ kind: "string", text: string.kept });
            this.#string = undefined;
            return quote + 1;
        }
    }

    #endWord(found: Token[]): void {
        const text = this.#word;
        if (text === "") return;
        this.#word = "";
        if (text === "true" || text === "false" || text === "null") found.push({ kind: text, text });
        else if (NUMBER.test(text)) found.push({ kind: "number", text });
        else throw new MalformedJson("it is not JSON");
    }
}

/** No number that etcd writes is longer. */
const MAX_WORD = 64;
