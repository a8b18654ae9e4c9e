import { Temporal } from "temporal-polyfill";
import * as v from "valibot";
import { Problems, suggest } from "../components/domain/problems";
import type { Problem } from "../components/domain/problems";
import { freeText } from "../components/domain/rotation/free-text";
import { issueText } from "../components/domain/rotation/ledger";
import { REASONS } from "../components/domain/rotation/stages";
import type { Reason } from "../components/domain/rotation/stages";
import type { StepKind } from "../components/domain/rotation/steps";

/** One step of one field, as the log beside the ledger has it. Holds no value. */
export interface RotationEvent {
    /** ISO 8601, UTC. */
    readonly at: string;
    /** A person or a workflow. */
    readonly by: string;
    readonly stack: string;
    readonly field: string;
    readonly step: StepKind;
    /** The one that the step is about: announced by it, or in use after it. */
    readonly generation: number;
    readonly reason: Reason;
    /** The ticket or incident. */
    readonly reference?: string | undefined;
}

/** What each step is called once it is done, in the order in which a message tells them: the urgent ones first. */
export const STEP_DONE: Readonly<Record<StepKind, string>> = {
    revoke: "revoked, refused from now on",
    "roll back": "rolled back",
    withdraw: "withdrawn before anybody used it",
    replace: "replaced",
    promote: "promoted, in use from now on",
    announce: "announced, accepted and not yet in use",
    retire: "previous value retired",
    "start rewrite": "what it encrypted is being written anew",
    "confirm rewrite": "confirmed to be written anew",
    reschedule: "previous value kept until another day",
    begin: "begun",
};
const STEPS = Object.keys(STEP_DONE) as [StepKind, ...StepKind[]];

/** The file beside a ledger that its steps are logged in, a JSON object a line. */
export const eventsFile = (ledgerFile: string): string => ledgerFile.replace(/\.ya?ml$/, ".events.jsonl");

const event = v.strictObject({
    at: v.pipe(
        v.string("a time is written 2026-11-01T00:00:00Z"),
        v.check(isInstant, "a time is written 2026-11-01T00:00:00Z"),
    ),
    by: freeText,
    stack: v.pipe(
        v.string("it must be the name of a stack"),
        v.regex(/^[\w.-]{1,100}$/, "it must be the name of a stack"),
    ),
    field: v.pipe(
        v.string("a field is written platform/document.field"),
        v.regex(/^(?=.{1,200}$)[\w-]+\/[\w-]+\.[\w-]+$/, "a field is written platform/document.field"),
    ),
    step: v.picklist(STEPS, `a step is one of ${STEPS.join(", ")}`),
    generation: v.pipe(
        v.number("a generation is a whole number from 1"),
        v.check((n) => Number.isSafeInteger(n) && n >= 1, "a generation is a whole number from 1"),
    ),
    reason: v.picklist(REASONS, `a reason is one of ${REASONS.join(", ")}`),
    reference: v.optional(freeText),
});

/**
 * Reads the log of a ledger. What a bad line holds is never told: somebody may have put a value there.
 *
 * @param text one JSON object a line, in the order in which the steps were taken.
 * @param place how problems name the file; they add the line: `ledger/prod.events.jsonl:3`.
 * @returns the events of the good lines, and everything that is wrong with the others.
 */
export function readEvents(
    text: string,
    place: string,
): { readonly events: readonly RotationEvent[]; readonly problems: readonly Problem[] } {
    const problems = new Problems();
    const events: RotationEvent[] = [];
    const lines = text.split("\n");
    if (lines.at(-1) === "") lines.pop();
    for (const [index, line] of lines.entries()) {
        const at = `${place}:${String(index + 1)}`;
        const parsed = parseJson(line);
        if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
            const fix = "Take the line back from Git; the command that takes a step writes the log";
            problems.add(at, "the line is not a JSON object", fix);
            continue;
        }
        const read = v.safeParse(event, parsed);
        if (read.success) {
            events.push(read.output);
            continue;
        }
        for (const issue of read.issues) {
            // A key that does not belong here is not told: it could be a value.
            const key = v.getDotPath(issue) ?? "";
            const unknown = !(key in event.entries);
            const fix = unknown ? suggest("", Object.keys(event.entries)) : undefined;
            problems.add(
                at,
                unknown ? "there is a key that events do not have" : `${key}: ${issueText(issue)}`,
                fix,
            );
        }
    }
    return { events, problems: problems.all };
}

function parseJson(line: string): unknown {
    try {
        return JSON.parse(line);
    } catch {
        return undefined;
    }
}

function isInstant(text: string): boolean {
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(text)) return false;
    try {
        Temporal.Instant.from(text);
        return true;
    } catch {
        return false;
    }
}
