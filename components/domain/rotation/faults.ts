import { addDays } from "./day";
import type { Day } from "./day";
import { keptUntil } from "./due";
import { timingOf } from "./rotation-class";
import type { RotationClass } from "./rotation-class";
import { needsReference } from "./stages";
import type { Cause, Generations, Reason } from "./stages";
import type { Step } from "./steps";

/** Why a step is not allowed, and what is. Sentences without a period. */
export interface Fault {
    readonly message: string;
    readonly fix: string;
    /** The first day on which the step is allowed, where waiting is all it takes. */
    readonly earliest?: Day;
}

export interface Circumstances {
    readonly rotationClass: RotationClass;
    /** Undefined where steps are judged without a clock. */
    readonly today?: Day | undefined;
}

/**
 * Everything that forbids a step. The stages are taken as `takeStep` takes them; nothing here asks for the time but
 * through `today`.
 */
export function stepFaults(
    before: Generations | undefined,
    step: Step,
    { rotationClass, today }: Circumstances,
): readonly Fault[] {
    const faults: Fault[] = [];
    const add = (message: string, fix: string, earliest?: Day): void => {
        faults.push(earliest === undefined ? { message, fix } : { message, fix, earliest });
    };
    const day = dayOf(step);
    if (day !== undefined && today !== undefined && day > today)
        add(`${day} has not come yet`, `Date it ${today} or earlier`);
    if (before === undefined) {
        // What a vendor issued was in use before the ledger knew of it, and may be leaked for all that.
        const isKnown = rotationClass.strategy === "external";
        if (step.kind === "begin" && step.cause.reason !== "initial" && !isKnown)
            add("a first value rotates nothing", "Give it the reason 'initial'");
        return faults;
    }
    if (day !== undefined && day < before.current.since)
        add(`${day} is before ${before.current.since}, when the last step was taken`, "Date it later");
    const { strategy, encryptsData = false } = rotationClass;
    const { announce } = timingOf(rotationClass);
    switch (step.kind) {
        case "announce":
            if (strategy !== "overlap") add(`a field that rotates by ${strategy} announces nothing`, REPLACE);
            addAll(faults, underWay(before));
            addAll(faults, causeFaults(step.cause, encryptsData ? [] : ["compromise"]));
            break;
        case "promote": {
            const announced = before.next?.since ?? step.on;
            const earliest = addDays(announced, announce.wholeDays);
            if (step.on < earliest) {
                const message = `generation ${String(before.next?.generation)} was announced on ${announced}, and it takes ${announce.toString()} until everybody accepts it`;
                add(message, `Wait until ${earliest}`, earliest);
            }
            addAll(faults, graceFaults(step.on, step.until, rotationClass));
            break;
        }
        case "replace":
            if (strategy === "overlap")
                add("a field that rotates by overlap is announced first", "Add the new generation as 'next'");
            if (strategy !== "external") {
                addAll(faults, underWay(before));
                if (step.until === undefined)
                    add("the old generation is kept for a while", "Add 'previous' with the day it may go");
                else addAll(faults, graceFaults(step.on, step.until, rotationClass));
            } else if (step.until !== undefined) {
                add("a value that somebody else issued has no previous one here", "Remove 'previous'");
            }
            addAll(
                faults,
                causeFaults(step.cause, encryptsData || strategy === "external" ? [] : ["compromise"]),
            );
            break;
        case "retire":
            addAll(faults, retireFaults(before, encryptsData, today));
            break;
        case "revoke":
            if (encryptsData) {
                const message = "what it encrypted would be lost with it";
                add(message, "Rotate it with the reason compromise, and write everything anew");
            }
            if (before.current.reason === "compromise" && before.current.reference === step.cause.reference)
                add(
                    `generation ${String(before.current.generation)} was drawn for that already`,
                    "Deploy it; another leak has another reference",
                );
            if (strategy === "external")
                add("only its issuer can revoke it", "Replace it, and revoke the old one there");
            if (strategy === "two-key" && step.use === "fresh" && before.previous !== undefined)
                add(
                    "its issuer takes no third key beside the two that live",
                    `Use generation ${String(before.previous.generation)} again, and rotate once more after that`,
                );
            if (strategy !== "two-key" && step.use === "previous")
                add("the previous value may be known as well", "Draw a fresh one");
            addAll(faults, causeFaults(step.cause, []));
            if (step.cause.reason !== "compromise")
                add(
                    "only a compromised value goes at once",
                    "Rotate it, or give the reason 'compromise' with a reference",
                );
            break;
        case "roll back":
            if (before.current.reason === "compromise")
                add("the previous value is compromised", "Rotate it once more");
            addAll(faults, graceFaults(step.on, step.until, rotationClass));
            if (step.cause.reason !== "rollback")
                add(
                    `the reason of a rollback can't be '${step.cause.reason}'`,
                    "Give it the reason 'rollback'",
                );
            if (step.cause.reference === undefined) add("a rollback carries a reference", REFERENCE);
            break;
        case "start rewrite":
        case "confirm rewrite":
            addAll(faults, rewriteFaults(before, step, rotationClass));
            break;
        case "reschedule":
            addAll(faults, graceFaults(before.current.since, step.until, rotationClass));
            break;
        case "begin":
        case "withdraw":
            break;
    }
    return faults;
}

const REPLACE = "Replace it: the new generation becomes 'current', the old one 'previous'";
const REFERENCE = "Add 'reference: <ticket>'";

function addAll(faults: Fault[], more: readonly Fault[]): void {
    faults.push(...more);
}

function dayOf(step: Step): Day | undefined {
    return "on" in step ? step.on : undefined;
}

/** One rotation of a field at a time: with two under way, a generation in use would have to go. */
function underWay({ next, previous }: Generations): Fault[] {
    if (next !== undefined) {
        return [
            {
                message: `generation ${String(next.generation)} is announced and not in use yet`,
                fix: "Let that rotation end, or withdraw it: npm run rotate -- rollback <field>",
            },
        ];
    }
    if (previous !== undefined) {
        return [
            {
                message: `generation ${String(previous.generation)} is kept until ${previous.until}: one rotation at a time`,
                fix: `Let that one end first; it may from ${previous.until} on`,
                earliest: previous.until,
            },
        ];
    }
    return [];
}

function graceFaults(on: Day, until: Day, rotationClass: RotationClass): Fault[] {
    const least = keptUntil(rotationClass, on);
    if (until >= least) return [];
    return [
        {
            message: `the previous generation would go on ${until}, and what it signed is valid for longer`,
            fix: `Keep it until ${least} or later`,
        },
    ];
}

function retireFaults({ previous }: Generations, encryptsData: boolean, today: Day | undefined): Fault[] {
    const faults: Fault[] = [];
    if (previous === undefined) return faults;
    const { generation, until, rewritten } = previous;
    if (encryptsData && rewritten === undefined) {
        faults.push({
            message: `nothing proves that all that generation ${String(generation)} encrypted was written anew`,
            fix: "Write it anew, check it, and record it: npm run rotate -- rewritten <field>",
        });
    }
    if (today !== undefined && today < until) {
        faults.push({
            message: `generation ${String(generation)} is accepted until ${until}`,
            fix: `Keep it until then`,
            earliest: until,
        });
    }
    return faults;
}

/**
 * What is written anew while somebody encrypts with the old key does not stay so. Where one value is valid at a time
 * nobody does from the swap on, which is when everything is written anew.
 */
function rewriteFaults(
    { previous }: Generations,
    { kind, on }: Step & { readonly kind: "start rewrite" | "confirm rewrite" },
    { strategy, encryptsData = false }: RotationClass,
): Fault[] {
    if (!encryptsData) {
        const mark = kind === "start rewrite" ? "rewriting" : "rewritten";
        return [{ message: "it encrypts nothing that is kept", fix: `Remove '${mark}'` }];
    }
    if (previous === undefined || strategy !== "overlap" || on >= previous.until) return [];
    const { generation, until } = previous;
    return [
        {
            message: `somebody may still encrypt with generation ${String(generation)} until ${until}, and what is written anew before that does not stay so`,
            fix: `Wait until ${until}`,
            earliest: until,
        },
    ];
}

function causeFaults({ reason, reference }: Cause, forbidden: readonly Reason[]): Fault[] {
    const faults: Fault[] = [];
    if (reason === "initial" || reason === "rollback" || forbidden.includes(reason)) {
        const fix =
            reason === "compromise"
                ? "A compromised value goes at once: npm run rotate -- compromise <field> --ref <incident>"
                : "Use schedule, request, offboarding or permission change";
        faults.push({ message: `the reason of this step can't be '${reason}'`, fix });
    }
    if (needsReference(reason) && reference === undefined)
        faults.push({ message: `the reason '${reason}' carries a reference`, fix: REFERENCE });
    return faults;
}
