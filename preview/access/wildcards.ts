import { order } from "./estate";

/** Wildcards of a grant's language: `*` any text, `?` one character, `+` one segment of a path (Vault). */
export interface Pattern {
    readonly text: string;
    /** What every match begins with. */
    readonly prefix: string;
    readonly exact: boolean;
    matches(candidate: string): boolean;
}

/** IAM: `*` matches any text, also across `/` and `:`; `?` exactly one character. */
export function iamPattern(text: string): Pattern {
    return pattern(text, /[*?]/u, (character) =>
        character === "*" ? ".*" : character === "?" ? "." : undefined,
    );
}

/** Vault: `+` matches one segment, also an empty one, `*` any text and only at the end; elsewhere a star is a star. */
export function vaultPattern(text: string): Pattern {
    const glob = text.endsWith("*");
    const body = glob ? text.slice(0, -1) : text;
    const segments = body.split("/").map((segment) => (segment === "+" ? "[^/]*" : escaped(segment)));
    const wild = /(?:^|\/)\+(?:\/|$)/u.exec(body);
    const prefix = wild === null ? body : body.slice(0, wild.index + (wild[0].startsWith("/") ? 1 : 0));
    const expression = new RegExp(`^${segments.join("/")}${glob ? ".*" : ""}$`, "su");
    return {
        text,
        prefix,
        exact: !glob && wild === null,
        matches: (candidate) => expression.test(candidate),
    };
}

function pattern(text: string, wild: RegExp, translate: (character: string) => string | undefined): Pattern {
    const first = text.search(wild);
    if (first < 0) return { text, prefix: text, exact: true, matches: (candidate) => candidate === text };
    const prefix = text.slice(0, first);
    // Most patterns are never asked beyond their beginning.
    let expression: RegExp | undefined;
    const compiled = (): RegExp => {
        const source = text.replace(/./gsu, (character) => translate(character) ?? escaped(character));
        return new RegExp(`^${source}$`, "su");
    };
    return {
        text,
        prefix,
        exact: false,
        matches: (candidate) => candidate.startsWith(prefix) && (expression ??= compiled()).test(candidate),
    };
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");

/**
 * Many patterns asked as one: by the beginnings that they fix, so that a statement that lists thousands of names
 * costs a few look-ups for each candidate instead of thousands of comparisons.
 */
export class PatternSet {
    readonly #byPrefix = new Map<string, Pattern[]>();
    readonly #lengths: readonly number[];

    constructor(readonly patterns: readonly Pattern[]) {
        for (const pattern of patterns) {
            const alike = this.#byPrefix.get(pattern.prefix);
            if (alike === undefined) this.#byPrefix.set(pattern.prefix, [pattern]);
            else alike.push(pattern);
        }
        this.#lengths = [...new Set(patterns.map(({ prefix }) => prefix.length))];
    }

    matches(candidate: string): boolean {
        return this.#lengths.some(
            (length) =>
                length <= candidate.length &&
                this.#byPrefix.get(candidate.slice(0, length))?.some((pattern) => pattern.matches(candidate)),
        );
    }
}

/**
 * Things by name, for asking which of them a pattern covers without looking at all of them: the cost is that of the
 * names that share the pattern's beginning.
 */
export class NameIndex<T> {
    readonly #names: readonly string[];
    readonly #things: readonly T[];

    constructor(things: readonly (readonly [name: string, thing: T])[]) {
        const sorted = [...things].sort(([a], [b]) => order(a, b));
        this.#names = sorted.map(([name]) => name);
        this.#things = sorted.map(([, thing]) => thing);
    }

    /** In the order of the names. */
    matching(pattern: Pattern): T[] {
        const found: T[] = [];
        for (let at = this.#first(pattern.prefix); at < this.#names.length; at++) {
            const name = this.#names[at] ?? "";
            if (!name.startsWith(pattern.prefix)) break;
            if (pattern.matches(name)) found.push(this.#things[at] as T);
        }
        return found;
    }

    #first(prefix: string): number {
        let [low, high] = [0, this.#names.length];
        while (low < high) {
            const middle = (low + high) >>> 1;
            if ((this.#names[middle] ?? "") < prefix) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
