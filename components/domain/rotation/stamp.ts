import { ORIGIN } from "../ownership";
import type { Day } from "./day";
import { dueDay } from "./due";
import type { RotatingField } from "./due";
import { deliversAllGenerations } from "./rotation-class";
import { liveStages, stagedField } from "./stages";
import type { Generations, Stage } from "./stages";

/** What is live in a document, as its tags and annotations tell: age and what is overdue are known without a value. */
export interface Stamp {
    /** `password=4 secret_key=2 secret_key_next=3`: the generation of each stored field, sorted by field. */
    readonly generations: string;
    /** The day on which the oldest current generation came into use; its age is the document's. */
    readonly rotated: Day;
    /** The first day on which one of them is older than it may be; absent when age rotates none of them. */
    readonly due?: Day;
}

/** A field of a document with its entry in the ledger. */
export interface StampedField extends RotatingField {
    readonly field: string;
    readonly generations: Generations;
}

/** @returns undefined when no field has an entry. */
export function stampOf(fields: readonly StampedField[]): Stamp | undefined {
    const sorted = [...fields].sort((a, b) => (a.field < b.field ? -1 : 1));
    const rotated = sorted.map(({ generations }) => generations.current.since).sort()[0];
    if (rotated === undefined) return undefined;
    const due = sorted.flatMap((field) => dueDay(field, field.generations) ?? []).sort()[0];
    return {
        generations: sorted.flatMap(generationTexts).join(" "),
        rotated,
        ...(due === undefined ? {} : { due }),
    };
}

const ORDER: Record<Stage, number> = { current: 0, next: 1, previous: 2 };

function generationTexts({ field, generations, rotationClass }: StampedField): string[] {
    return liveStages(generations)
        .filter(({ stage }) => stage === "current" || deliversAllGenerations(rotationClass))
        .sort((a, b) => ORDER[a.stage] - ORDER[b.stage])
        .map(({ stage, generation }) => `${stagedField(field, stage)}=${String(generation)}`);
}

/** The stamp of several documents together, as a consumer's Secret carries it. */
export function stampAnnotations(
    stamps: readonly { id: string; stamp: Stamp | undefined }[],
): Record<string, string> {
    const stamped = stamps.flatMap(({ id, stamp }) => (stamp === undefined ? [] : [{ id, stamp }]));
    const documents = {
        [`${ORIGIN}/documents`]: stamps
            .map(({ id }) => id)
            .sort()
            .join(","),
    };
    if (stamped.length === 0) return documents;
    const due = stamped.flatMap(({ stamp }) => stamp.due ?? []).sort()[0];
    return {
        ...documents,
        [`${ORIGIN}/generations`]: stamped
            .map(({ id, stamp }) => `${id}: ${stamp.generations}`)
            .sort()
            .join("; "),
        [`${ORIGIN}/rotated`]: stamped.map(({ stamp }) => stamp.rotated).sort()[0] ?? "",
        ...(due === undefined ? {} : { [`${ORIGIN}/due`]: due }),
    };
}
