import { Duration } from "../duration";
import { addDays } from "./day";
import type { Day } from "./day";
import { timingOf } from "./rotation-class";
import type { RotationClass } from "./rotation-class";
import type { Generations } from "./stages";
import type { StepKind } from "./steps";

/** How a field rotates: its class, its period, and what else makes it rotate. */
export interface RotatingField {
    readonly rotationClass: RotationClass;
    /** The longest age of a value, e.g. `90 days`; absent when only an event rotates it. */
    readonly every?: string | undefined;
}

/** The shortest of the fields' periods; undefined when age rotates none of them. */
export function shortestPeriod(fields: readonly RotatingField[]): Duration | undefined {
    const periods = fields.flatMap(({ every }) => (every === undefined ? [] : [Duration.parse(every)]));
    return periods.sort((a, b) => a.minutes - b.minutes)[0];
}

/** The day from which on the current value is older than it may be; undefined when age alone does not rotate it. */
export function dueDay({ every }: RotatingField, { current }: Generations): Day | undefined {
    return every === undefined ? undefined : addDays(current.since, Duration.parse(every).wholeDays);
}

/** The day on which a rotation has to begin so that the new value is in use on the due day. */
function startDay(field: RotatingField, generations: Generations): Day | undefined {
    const due = dueDay(field, generations);
    if (due === undefined) return undefined;
    const { announce } = timingOf(field.rotationClass);
    return addDays(due, -announce.wholeDays);
}

/** The steps that a schedule leads to. */
export type ScheduledKind = "announce" | "promote" | "replace" | "start rewrite" | "retire";

/** The step that a rotation begins with. */
export function beginningOf({ strategy }: RotationClass): "announce" | "replace" {
    return strategy === "overlap" ? "announce" : "replace";
}

/** Whether a step begins a rotation, whatever its strategy. */
export const isBeginning = (kind: StepKind): kind is "announce" | "replace" =>
    kind === "announce" || kind === "replace";

/** The first day on which a value may go that is no longer used from a day on. */
export function keptUntil(rotationClass: RotationClass, day: Day): Day {
    return addDays(day, timingOf(rotationClass).grace.wholeDays);
}

/** The next step by schedule and the first day it is safe on; undefined when only an event leads to one. */
export function nextStep(
    field: RotatingField,
    generations: Generations,
): { readonly kind: ScheduledKind; readonly earliest: Day } | undefined {
    const { next, previous } = generations;
    const { strategy, encryptsData = false } = field.rotationClass;
    if (next !== undefined) {
        const { announce } = timingOf(field.rotationClass);
        return { kind: "promote", earliest: addDays(next.since, announce.wholeDays) };
    }
    if (previous !== undefined) {
        const { until: earliest, rewriting, rewritten } = previous;
        const isUntouched = rewriting === undefined && rewritten === undefined;
        return {
            kind: strategy === "overlap" && encryptsData && isUntouched ? "start rewrite" : "retire",
            earliest,
        };
    }
    const start = startDay(field, generations);
    if (start === undefined) return undefined;
    return { kind: beginningOf(field.rotationClass), earliest: start };
}
