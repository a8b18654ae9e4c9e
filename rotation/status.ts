import { daysBetween } from "../components/domain/rotation/day";
import type { Day } from "../components/domain/rotation/day";
import { dueDay, nextStep } from "../components/domain/rotation/due";
import type { LedgerField } from "../components/domain/rotation/ledger";
import { liveStages } from "../components/domain/rotation/stages";
import type { Generations } from "../components/domain/rotation/stages";
import type { RotatingStack } from "./stack";

/** One field of one stack, as `rotate status` tells it. */
export interface FieldStatus {
    readonly stack: string;
    readonly field: string;
    readonly class: string;
    readonly strategy: string;
    /** `2 in use, 3 announced`; null while nobody recorded when it was set. */
    readonly generations: string | null;
    readonly generation: number | null;
    readonly since: Day | null;
    readonly ageDays: number | null;
    /** The first day on which it is older than it may be; null when age alone does not rotate it. */
    readonly due: Day | null;
    readonly overdue: boolean;
    /** What `rotate due` does next, and the first day on which that is safe. */
    readonly next: { readonly step: string; readonly earliest: Day } | null;
    /** The first day on which the previous generation may go. */
    readonly previousUntil: Day | null;
}

const STAGE_WORDS = { next: "announced", current: "in use", previous: "kept" } as const;

/** Every field that rotates, in the order of the catalogue. */
export function fieldStatuses(stack: RotatingStack, today: Day): FieldStatus[] {
    return [...stack.fields].map(([field, known]) => statusOf(stack, field, known, today));
}

function statusOf(
    { stack, ledger }: RotatingStack,
    field: string,
    known: LedgerField,
    today: Day,
): FieldStatus {
    const { name, strategy } = known.rotationClass;
    const common = { stack, field, class: name, strategy };
    const generations = ledger[field];
    if (generations === undefined) {
        return {
            ...common,
            generations: null,
            generation: null,
            since: null,
            ageDays: null,
            due: null,
            overdue: false,
            next: null,
            previousUntil: null,
        };
    }
    const { current, previous } = generations;
    const due = dueDay(known, generations) ?? null;
    return {
        ...common,
        generations: generationsText(generations),
        generation: current.generation,
        since: current.since,
        ageDays: daysBetween(current.since, today),
        due,
        overdue: due !== null && due < today,
        next: nextOf(known, generations),
        previousUntil: previous?.until ?? null,
    };
}

function nextOf(known: LedgerField, generations: Generations): FieldStatus["next"] {
    const next = nextStep(known, generations);
    if (next === undefined) return null;
    const isIssued = known.rotationClass.strategy === "external";
    return { step: isIssued ? "issue anew" : next.kind, earliest: next.earliest };
}

function generationsText(generations: Generations): string {
    return liveStages(generations)
        .sort((a, b) => Number(b.stage === "current") - Number(a.stage === "current"))
        .map(({ stage, generation }) => `${String(generation)} ${STAGE_WORDS[stage]}`)
        .join(", ");
}
