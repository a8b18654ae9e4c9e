import { stripVTControlCharacters } from "node:util";

/** Columns that a text takes on a terminal, without its colours. */
export const widthOf = (text: string): number => stripVTControlCharacters(text).length;

export const padded = (text: string, columns: number): string =>
    text + " ".repeat(Math.max(0, columns - widthOf(text)));

/**
 * Fills lines with words, no line wider than `columns`. The first line begins with `first`, the others with `rest`
 * (as wide, or less). A word that is wider than a whole line is cut.
 */
export function filled(first: string, rest: string, words: readonly string[], columns: number): string[] {
    const lines: string[] = [];
    let line = first;
    let empty = true;
    for (const word of words.flatMap((each) => cut(each, Math.max(20, columns - widthOf(rest))))) {
        if (!empty && widthOf(line) + 1 + widthOf(word) > columns) {
            lines.push(line.trimEnd());
            line = rest;
            empty = true;
        } else if (
            empty &&
            line === first &&
            widthOf(first) > widthOf(rest) &&
            widthOf(first + word) > columns
        ) {
            lines.push(line.trimEnd());
            line = rest;
        }
        line += empty ? word : ` ${word}`;
        empty = false;
    }
    return [...lines, line.trimEnd()];
}

/** Colours are lost where a word is cut: an escape code must not be. */
function cut(word: string, columns: number): readonly string[] {
    if (widthOf(word) <= columns) return [word];
    const plain = stripVTControlCharacters(word);
    return Array.from({ length: Math.ceil(plain.length / columns) }, (_, index) =>
        plain.slice(index * columns, (index + 1) * columns),
    );
}

/** Words of a sentence. Line ends count as spaces. */
export const wordsOf = (text: string): readonly string[] => text.split(/\s+/u).filter((word) => word !== "");

/** `a, b, c` as words that a line may break between: spaces inside an item hold it together. */
export const listed = (items: readonly string[]): readonly string[] =>
    items.map((item, index) => (index < items.length - 1 ? `${item},` : item));
