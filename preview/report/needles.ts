const HEAD_CHARS = 6;

/**
 * Many texts looked for at once: one pass over what is searched, whatever their number. All are at least six
 * characters long.
 */
export class Needles {
    readonly #byHead = new Map<string, string[]>();
    /** Which pairs of first characters begin any of them, to pass by most places without a look-up. */
    readonly #starts = new Uint8Array(65_536);

    constructor(texts: Iterable<string>) {
        for (const text of new Set(texts)) {
            const head = text.slice(0, HEAD_CHARS);
            const alike = this.#byHead.get(head);
            if (alike === undefined) this.#byHead.set(head, [text]);
            else alike.push(text);
            this.#starts[startOf(text, 0)] = 1;
        }
        // The longest first, so that nothing of it is left over.
        for (const alike of this.#byHead.values()) alike.sort((a, b) => b.length - a.length);
    }

    masked(text: string, mask: string): string {
        if (this.#byHead.size === 0) return text;
        let result = "";
        let from = 0;
        for (let at = 0; at + HEAD_CHARS <= text.length; at++) {
            const found = this.#at(text, at)[0];
            if (found === undefined) continue;
            result += text.slice(from, at) + mask;
            from = at + found.length;
            at = from - 1;
        }
        return from === 0 ? text : result + text.slice(from);
    }

    foundIn(texts: Iterable<string>): ReadonlySet<string> {
        const found = new Set<string>();
        for (const text of texts) {
            for (let at = 0; at + HEAD_CHARS <= text.length; at++) {
                for (const each of this.#at(text, at)) found.add(each);
            }
        }
        return found;
    }

    #at(text: string, at: number): readonly string[] {
        if (this.#starts[startOf(text, at)] === 0) return [];
        const alike = this.#byHead.get(text.slice(at, at + HEAD_CHARS)) ?? [];
        return alike.filter((each) => text.startsWith(each, at));
    }
}

const startOf = (text: string, at: number): number =>
    (text.charCodeAt(at) * 257 + text.charCodeAt(at + 1)) & 0xffff;
