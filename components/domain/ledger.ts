import { fieldsOf } from "./catalogue";
import type { Catalogue, Strategy } from "./catalogue";
import { Problems, suggest } from "./problems";
import type { Problem } from "./problems";
import { REASONS } from "./stages";
import type { Generations, Ledger, LiveGeneration } from "./stages";
import * as v from "valibot";

/** A day of the calendar as YYYY-MM-DD; 31 February is none. */
const day = v.pipe(
    v.string("a day is written YYYY-MM-DD"),
    v.check(
        (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDayOfCalendar(text),
        "a day is written YYYY-MM-DD and is in the calendar",
    ),
);
const generation = v.pipe(
    v.number("a generation is a whole number from 1"),
    v.check((n) => Number.isSafeInteger(n) && n >= 1, "a generation is a whole number from 1"),
);
const live = v.strictObject({
    generation,
    since: day,
    reason: v.picklist(REASONS, `a reason is one of ${REASONS.join(", ")}`),
    reference: v.optional(v.string()),
});
const generations = v.strictObject({
    next: v.optional(live),
    current: live,
    previous: v.optional(v.strictObject({ generation, until: day })),
});

/** What the ledger has to know of a field whose values are drawn. */
export interface DrawnField {
    readonly strategy: Strategy;
    /** Its document holds one generation only. */
    readonly isText: boolean;
}

export function drawnFields(catalogue: Catalogue): Map<string, DrawnField> {
    const drawn = new Map<string, DrawnField>();
    for (const { id, document, field } of fieldsOf(catalogue)) {
        if (field.kind !== "generated") continue;
        drawn.set(id, { strategy: field.rotation.strategy, isText: document.format === "text" });
    }
    return drawn;
}

function isDayOfCalendar(text: string): boolean {
    const date = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/**
 * Reads a ledger and holds it against the catalogue: each drawn field has a current generation, and what is live
 * beside it follows the order of rotation.
 *
 * @param source the parsed YAML of the ledger.
 * @param drawn the fields that need an entry, by id.
 * @param place how problems name the ledger, e.g. `ledger/prod.yaml`.
 */
export function readLedger(
    source: unknown,
    drawn: ReadonlyMap<string, DrawnField>,
    place: string,
): { readonly ledger: Ledger; readonly problems: readonly Problem[] } {
    const problems = new Problems();
    const ledger: Record<string, Generations> = {};
    if (typeof source !== "object" || source === null || Array.isArray(source)) {
        problems.add(
            place,
            "a ledger is a mapping from fields to their live generations",
            "See ledger/dev.yaml",
        );
        return { ledger, problems: problems.all };
    }
    for (const [id, entry] of Object.entries(source)) {
        const at = `${place}: ${id}`;
        const known = drawn.get(id);
        if (known === undefined) {
            problems.add(at, "the catalogue has no drawn field of this name", suggest(id, drawn.keys()));
            continue;
        }
        const parsed = v.safeParse(generations, entry);
        if (parsed.success) {
            ledger[id] = parsed.output;
            problems.addAll(stageProblems(at, parsed.output, known));
        } else {
            for (const issue of parsed.issues) {
                problems.add(`${at}.${v.getDotPath(issue) ?? ""}`.replace(/\.$/, ""), issueText(issue));
            }
        }
    }
    for (const id of drawn.keys()) {
        if (id in source) continue;
        const fix = `Add '${id}: { current: { generation: 1, since: <today>, reason: initial } }'`;
        problems.add(place, `'${id}' is drawn and has no generation`, fix);
    }
    return { ledger, problems: problems.all };
}

/** A schema's complaint without the value it met, which the library's own messages quote. */
export function issueText(issue: v.BaseIssue<unknown>): string {
    if (issue.type === "strict_object")
        return issue.expected === "never" ? "there is no such key" : "it is missing";
    return issue.message.startsWith("Invalid ")
        ? `it must be ${issue.expected ?? "something else"}`
        : issue.message;
}

function stageProblems(at: string, stages: Generations, field: DrawnField): readonly Problem[] {
    const problems = new Problems();
    const { next, current, previous } = stages;
    if (next !== undefined && next.generation !== current.generation + 1) {
        problems.add(`${at}.next`, `the generation after ${String(current.generation)} is the next one`);
    }
    if (previous !== undefined && previous.generation !== current.generation - 1) {
        problems.add(
            `${at}.previous`,
            `the generation before ${String(current.generation)} is the previous one`,
        );
    }
    if (field.isText && (next !== undefined || previous !== undefined)) {
        problems.add(at, "a text document holds the current generation only", "Remove 'next' and 'previous'");
    } else if (next !== undefined && field.strategy !== "overlap") {
        problems.add(`${at}.next`, "only a field that rotates by overlap announces its next generation");
    }
    if (current.reason === "compromise" && previous !== undefined) {
        problems.add(`${at}.previous`, "a compromised generation goes at once", "Remove 'previous'");
    }
    const needsReference = (stage: string, { reason, reference }: LiveGeneration): void => {
        if (reason === "initial" || reason === "schedule" || reference !== undefined) return;
        problems.add(
            `${at}.${stage}`,
            `the reason '${reason}' carries a reference`,
            "Add 'reference: <ticket>'",
        );
    };
    needsReference("current", current);
    if (next !== undefined) needsReference("next", next);
    return problems.all;
}
