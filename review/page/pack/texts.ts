import { DIGITS } from "../client/texts";
import type { PackedTexts, TextAt } from "../client/shapes";
import { visible } from "../html";

/** Gathers texts that stand in many places, so that each is written once. */
export class TextTable {
    readonly #places = new Map<string, TextAt>();
    readonly #texts: string[];

    /** @param texts all that will be asked for; sorted, so that each shares much with the one before */
    constructor(texts: Iterable<string | undefined>) {
        const own = new Set<string>();
        for (const text of texts) if (text !== undefined) own.add(visible(text));
        this.#texts = [...own].sort();
        this.#texts.forEach((text, at) => this.#places.set(text, at));
    }

    /** @returns -1 for no text. */
    at(text: string | undefined): TextAt {
        if (text === undefined) return -1;
        const place = this.#places.get(visible(text));
        if (place === undefined) throw new RangeError("a text was not gathered");
        return place;
    }

    packed(): PackedTexts {
        return this.#texts.map((text, at) => {
            const shared = sharedLength(this.#texts[at - 1] ?? "", text);
            return `${DIGITS.charAt(shared)}${text.slice(shared)}`;
        });
    }
}

/** Never between the halves of a character, so that each part is well-formed. */
function sharedLength(before: string, text: string): number {
    const most = Math.min(before.length, text.length, DIGITS.length - 1);
    let shared = 0;
    while (shared < most && before.charCodeAt(shared) === text.charCodeAt(shared)) shared++;
    return /[\ud800-\udbff]$/.test(text.slice(0, shared)) ? shared - 1 : shared;
}
