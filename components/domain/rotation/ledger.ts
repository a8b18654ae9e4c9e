import * as v from "valibot";
import { fieldsOf, isMade } from "../catalogue";
import type { Catalogue } from "../catalogue";
import { Problems, suggest } from "../problems";
import type { Problem } from "../problems";
import { isDay } from "./day";
import type { RotatingField } from "./due";
import { freeText } from "./free-text";
import type { RotationClass } from "./rotation-class";
import { needsReference, REASONS } from "./stages";
import type { Generations, Ledger, LiveGeneration } from "./stages";

/** A day of the calendar as YYYY-MM-DD; 31 February is none. */
const day = v.pipe(
    v.string("a day is written YYYY-MM-DD"),
    v.check(isDay, "a day is written YYYY-MM-DD and is in the calendar"),
);
const generation = v.pipe(
    v.number("a generation is a whole number from 1"),
    v.check((n) => Number.isSafeInteger(n) && n >= 1, "a generation is a whole number from 1"),
);
const live = v.strictObject({
    generation,
    since: day,
    reason: v.picklist(REASONS, `a reason is one of ${REASONS.join(", ")}`),
    reference: v.optional(freeText),
});
const generations = v.strictObject({
    next: v.optional(live),
    current: live,
    previous: v.optional(
        v.strictObject({ generation, until: day, rewriting: v.optional(day), rewritten: v.optional(day) }),
    ),
    highest: v.optional(generation),
});

/** What the ledger has to know of a field. */
export interface LedgerField extends RotatingField {
    /** Its document holds one generation only. */
    readonly isText: boolean;
    /** Drawn or created by the stack: without an entry there would be no value. Others have one once they are set. */
    readonly isOurs: boolean;
}

/**
 * The fields that a ledger has entries for.
 *
 * @param createsAccessKeys whether the environment has AWS, whose access keys the stack creates; without it somebody
 *     else issues them.
 */
export function ledgerFields(catalogue: Catalogue, createsAccessKeys: boolean): Map<string, LedgerField> {
    const found = new Map<string, LedgerField>();
    for (const { id, document, field } of fieldsOf(catalogue)) {
        const { rotationClass, every } = field.rotation;
        const { strategy } = rotationClass;
        if (strategy === "none" || strategy === "native") continue;
        // The two halves of a key come and go together; its id stands for both.
        if (field.kind === "access-key" && field.part === "secret") continue;
        const isOurs = isMade(field, createsAccessKeys);
        found.set(id, {
            rotationClass: isOurs || strategy === "external" ? rotationClass : issuedElsewhere(rotationClass),
            every,
            isText: document.format === "text",
            isOurs,
        });
    }
    return found;
}

/** An access key where the stack does not create it: whoever does sets it. */
const issuedElsewhere = ({ name }: RotationClass): RotationClass => ({ name, strategy: "external" });

/**
 * Reads a ledger and holds it against the catalogue: each drawn field has a current generation, and what is live
 * beside it follows the order of rotation.
 *
 * @param source the parsed YAML of the ledger.
 * @param fields those that may have an entry, by id.
 * @param place how problems name the ledger, e.g. `ledger/prod.yaml`.
 */
export function readLedger(
    source: unknown,
    fields: ReadonlyMap<string, LedgerField>,
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
        const known = fields.get(id);
        if (known === undefined) {
            problems.add(at, "the catalogue has no rotating field of this name", suggest(id, fields.keys()));
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
    for (const [id, { isOurs }] of fields) {
        if (!isOurs || id in source) continue;
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

/** What no sequence of steps leads to. */
function stageProblems(at: string, stages: Generations, field: LedgerField): readonly Problem[] {
    const problems = new Problems();
    const { next, current, previous, highest } = stages;
    const { strategy, encryptsData = false } = field.rotationClass;
    const number = String;
    if (highest !== undefined && highest <= Math.max(current.generation, previous?.generation ?? 0)) {
        problems.add(`${at}.highest`, "a live generation shows it already", "Remove 'highest'");
    }
    if (next !== undefined && next.generation !== Math.max(current.generation, highest ?? 0) + 1) {
        problems.add(
            `${at}.next`,
            `generation ${number(next.generation)} is announced after ${number(current.generation)}, and numbers go up by one`,
            `Number it ${number(Math.max(current.generation, highest ?? 0) + 1)}`,
        );
    }
    if (next !== undefined && previous !== undefined) {
        problems.add(
            `${at}.next`,
            `generation ${number(next.generation)} was announced before ${number(previous.generation)} was gone`,
            "One rotation at a time: remove 'next', and announce it when 'previous' has gone",
        );
    }
    if (previous !== undefined) checkPrevious(`${at}.previous`, stages, problems);
    if (field.isText && strategy === "overlap") {
        problems.add(at, "a text document holds one generation", "Give its field a class that swaps");
    } else if (next !== undefined && strategy !== "overlap") {
        problems.add(
            `${at}.next`,
            "only a field that rotates by overlap announces its next generation",
            "Remove 'next'",
        );
    }
    if (strategy === "external" && previous !== undefined) {
        problems.add(
            `${at}.previous`,
            "a value that somebody else issued has no previous one here",
            "Remove 'previous'",
        );
    } else if (current.reason === "compromise" && previous !== undefined && !encryptsData) {
        problems.add(`${at}.previous`, "a compromised generation goes at once", "Remove 'previous'");
    }
    for (const mark of ["rewriting", "rewritten"] as const) {
        if (previous?.[mark] === undefined || encryptsData) continue;
        problems.add(`${at}.previous.${mark}`, "the field encrypts nothing that is kept", `Remove '${mark}'`);
    }
    const checkReference = (stage: string, { reason, reference }: LiveGeneration): void => {
        if (!needsReference(reason) || reference !== undefined) return;
        const message = `the reason '${reason}' carries a reference`;
        problems.add(`${at}.${stage}`, message, "Add 'reference: <ticket>'");
    };
    checkReference("current", current);
    if (next !== undefined) checkReference("next", next);
    return problems.all;
}

/** The value before this one, or after a rollback the one that was taken back, or after a second one either. */
function checkPrevious(at: string, { current, previous }: Generations, problems: Problems): void {
    if (previous === undefined) return;
    const wasTakenBack = current.reason === "rollback";
    if (previous.generation === current.generation) {
        problems.add(at, "it is the current generation", "Remove 'previous'");
    } else if (previous.generation > current.generation && !wasTakenBack) {
        const message = `generation ${String(previous.generation)} was not the one before ${String(current.generation)}`;
        problems.add(at, message, "Name the generation that was in use before");
    }
    if (previous.until < current.since) {
        problems.add(
            `${at}.until`,
            `it would go before the current one came, on ${current.since}`,
            "Choose a later day",
        );
    }
}
