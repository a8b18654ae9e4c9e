import { distance } from "fastest-levenshtein";

/** One mistake in what a person wrote: where, which rule it breaks, and what to do about it. Never holds a value. */
export interface Problem {
    /** A file with line, a configuration key, or a path into the catalogue or the ledger. */
    readonly place: string;
    /** The rule and how it is broken, as one sentence without a period. */
    readonly message: string;
    /** The next step, as one sentence without a period. */
    readonly fix?: string;
}

/** Gathers mistakes, so that all of them are told at once. */
export class Problems {
    readonly #found: Problem[] = [];

    add(place: string, message: string, fix?: string): void {
        this.#found.push(fix === undefined ? { place, message } : { place, message, fix });
    }

    addAll(problems: Iterable<Problem>): void {
        this.#found.push(...problems);
    }

    get all(): readonly Problem[] {
        return this.#found;
    }

    get empty(): boolean {
        return this.#found.length === 0;
    }
}

/** A mistake a line, its fix below it; `subject` names what was being read, e.g. "The configuration of stack prod". */
export function formatProblems(subject: string, problems: readonly Problem[]): string {
    const count = problems.length === 1 ? "a mistake" : `${String(problems.length)} mistakes`;
    const lines = problems.map(({ place, message, fix }) => {
        const first = `  ${place}: ${message}.`;
        return fix === undefined ? first : `${first}\n      ${fix}${fix.endsWith("?") ? "" : "."}`;
    });
    return `${subject} has ${count}:\n${lines.join("\n")}`;
}

/**
 * The candidate that `word` was probably meant to be: two edits away (one for a word of up to three letters), or a
 * third of its letters when it is long.
 *
 * @returns undefined when nothing is near enough to be a help.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
    const allowed = word.length <= 3 ? 1 : Math.max(2, Math.floor(word.length / 3));
    let best: { candidate: string; edits: number } | undefined;
    for (const candidate of candidates) {
        const edits = distance(word.toLowerCase(), candidate.toLowerCase());
        if (edits <= allowed && edits < (best?.edits ?? Infinity)) best = { candidate, edits };
    }
    return best?.candidate;
}

/** How many choices are listed where nothing is near. */
const LISTED = 12;

/** The candidate that was probably meant, otherwise the choices themselves. */
export function suggest(word: string, candidates: Iterable<string>): string {
    const choices = [...candidates];
    const near = nearest(word, choices);
    if (near !== undefined) return `Did you mean '${near}'?`;
    if (choices.length === 0) return "There is none to choose from";
    const listed = choices.slice(0, LISTED).map((choice) => `'${choice}'`);
    return `Choose one of ${listed.join(", ")}${choices.length > LISTED ? ", …" : ""}`;
}
