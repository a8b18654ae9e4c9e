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
    /** Only its current generation counts: a composed field is made of it. */
    readonly isPart?: boolean;
}

/** A document with its stamp, or with the part of it that a consumer reads. */
export interface DocumentStamp {
    /** `devplatform/jwt` */
    readonly id: string;
    readonly stamp: Stamp;
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

function generationTexts({ field, generations, rotationClass, isPart }: StampedField): string[] {
    const deliversAll = deliversAllGenerations(rotationClass) && isPart !== true;
    return liveStages(generations)
        .filter(({ stage }) => stage === "current" || deliversAll)
        .sort((a, b) => ORDER[a.stage] - ORDER[b.stage])
        .map(({ stage, generation }) => `${stagedField(field, stage)}=${String(generation)}`);
}

/** The annotation that names generations: on an ExternalSecret, on the Secret it makes, and on pods. */
export const GENERATIONS = `${ORIGIN}/generations`;

/** The annotation of an ExternalSecret that names the shortest lag that the classes of its values allow: `4 hours`. */
export const CONSUMER_LAG = `${ORIGIN}/consumer-lag`;

/** `shop/db: password=4; shop/jwt: key=2 key_next=3`, sorted. */
function generationsText(stamps: readonly DocumentStamp[]): string {
    return stamps
        .map(({ id, stamp }) => `${id}: ${stamp.generations}`)
        .sort()
        .join("; ");
}

/**
 * What a consumer's Secret says of itself.
 *
 * @param documents the ids of all that its values are taken from.
 * @param stamps what is live in it.
 */
export function stampAnnotations(
    documents: readonly string[],
    stamps: readonly DocumentStamp[],
): Record<string, string> {
    const named = { [`${ORIGIN}/documents`]: [...documents].sort().join(",") };
    const rotated = stamps.map(({ stamp }) => stamp.rotated).sort()[0];
    if (rotated === undefined) return named;
    const due = stamps.flatMap(({ stamp }) => stamp.due ?? []).sort()[0];
    return {
        ...named,
        [GENERATIONS]: generationsText(stamps),
        [`${ORIGIN}/rotated`]: rotated,
        ...(due === undefined ? {} : { [`${ORIGIN}/due`]: due }),
    };
}

/**
 * What a pod template says of the variables in it: the generations alone, so that only a rotation restarts, and not
 * another period or a label. Empty when nothing that rotates is read.
 */
export function podAnnotations(stamps: readonly DocumentStamp[]): Record<string, string> {
    return stamps.length === 0 ? {} : { [GENERATIONS]: generationsText(stamps) };
}

/**
 * Reads {@link GENERATIONS} back: the generation of each stored field, by `shop/jwt.key_next`. What is not written so
 * is left out, since anybody may annotate an object.
 */
export function parseGenerations(text: string): Map<string, number> {
    const found = new Map<string, number>();
    for (const part of text.split("; ")) {
        const [id, fields] = part.split(": ");
        for (const [, field, generation] of (fields ?? "").matchAll(
            /(?:^| )([a-z0-9_-]+)=(\d{1,15})(?= |$)/g,
        ))
            found.set(`${String(id)}.${String(field)}`, Number(generation));
    }
    return found;
}
