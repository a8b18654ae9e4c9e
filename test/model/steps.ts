import { nextStep } from "../../components/domain/rotation/due";
import { timingOf } from "../../components/domain/rotation/rotation-class";
import { REASONS } from "../../components/domain/rotation/stages";
import type { Cause, Generations } from "../../components/domain/rotation/stages";
import type { Step, StepKind } from "../../components/domain/rotation/steps";
import { later } from "./calendar";
import type { ModelField } from "./design";
import type { Random } from "./random";

/** The step that the schedule asks for on a day; undefined when nothing is due. */
export function dueStep(spec: ModelField, generations: Generations, today: string): Step | undefined {
    const next = nextStep(spec, generations);
    if (next === undefined || next.earliest > today) return undefined;
    return scheduled(next.kind, today, later(today, timingOf(spec.rotationClass).grace.wholeDays));
}

/** The next step of the schedule, whether or not its day has come, and perhaps with less grace than it takes. */
export function hastyStep(
    random: Random,
    spec: ModelField,
    generations: Generations,
    today: string,
): Step | undefined {
    const next = nextStep(spec, generations);
    if (next === undefined) return undefined;
    const graceDays = timingOf(spec.rotationClass).grace.wholeDays - random.below(2);
    return scheduled(next.kind, today, later(today, Math.max(0, graceDays)));
}

function scheduled(
    kind: "announce" | "promote" | "replace" | "start rewrite" | "retire",
    today: string,
    until: string,
): Step {
    const cause: Cause = { reason: "schedule" };
    switch (kind) {
        case "announce":
            return { kind: "announce", on: today, cause };
        case "promote":
            return { kind: "promote", on: today, until };
        case "replace":
            return { kind: "replace", on: today, until, cause };
        case "start rewrite":
            return { kind, on: today };
        case "retire":
            return { kind: "retire" };
    }
}

const KINDS: readonly Exclude<StepKind, "begin" | "start rewrite" | "confirm rewrite" | "revoke">[] = [
    "announce",
    "promote",
    "replace",
    "retire",
    "roll back",
    "withdraw",
    "reschedule",
];

/** Any step that somebody could ask for, sound or not: the machine has to know. */
export function anyStep(random: Random, spec: ModelField, today: string, on: string): Step {
    const { grace } = timingOf(spec.rotationClass);
    const until = later(on, Math.max(0, grace.wholeDays + random.pick([-1, 0, 0, 1, 3])));
    const kind = random.pick(KINDS);
    switch (kind) {
        case "announce":
            return { kind, on, cause: anyCause(random) };
        case "replace":
            return { kind, on, ...(random.chance(90) ? { until } : {}), cause: anyCause(random) };
        case "promote":
            return { kind, on, until };
        case "roll back":
            return { kind, on, until, cause: { reason: "rollback", reference: "OPS-1" } };
        case "reschedule":
            return { kind, until: later(today, random.between(-6, 8)) };
        case "retire":
        case "withdraw":
            return { kind };
    }
}

function anyCause(random: Random): Cause {
    const reason = random.chance(80) ? "request" : random.pick(REASONS);
    return random.chance(90) ? { reason, reference: "OPS-2" } : { reason };
}

/** The value is known to somebody who must not know it. */
export function revocation(random: Random, generations: Generations, on: string): Step {
    const known = (["next", "previous"] as const).filter((stage) => generations[stage] !== undefined);
    const use = known.length > 0 && random.chance(50) ? random.pick(known) : "fresh";
    return { kind: "revoke", on, use, cause: { reason: "compromise", reference: "INC-1" } };
}
