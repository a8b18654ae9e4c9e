import * as v from "valibot";
import type { Fault } from "../components/domain/rotation/faults";
import type { Step } from "../components/domain/rotation/steps";
import type { RotatingStack } from "./stack";

/** What the consumers of a stack run, as `rotate verify --json` saw it. */
export interface Evidence {
    readonly stack: string;
    /** The generations that every consumer of a field has, by field id. */
    readonly fields: Readonly<Record<string, { readonly behind: readonly string[] }>>;
}

/** A step that takes something away, or uses something new, waits for everybody that was seen to be behind. */
export function evidenceFaults(
    evidence: Evidence,
    { stack }: RotatingStack,
    field: string,
    step: Step,
): readonly Fault[] {
    if (evidence.stack !== stack || (step.kind !== "promote" && step.kind !== "retire")) return [];
    const seen = evidence.fields[field];
    if (seen === undefined) return [];
    return seen.behind.map((consumer) => ({
        message: `${consumer} does not run what the ledger says`,
        fix: `Look at it: npm run rotate -- verify --stack ${stack}`,
    }));
}

/** @returns undefined for a text that is not evidence. */
export function parseEvidence(text: string): Evidence | undefined {
    try {
        const parsed = v.safeParse(evidenceSchema, JSON.parse(text));
        return parsed.success ? parsed.output : undefined;
    } catch {
        return undefined;
    }
}

const evidenceSchema = v.object({
    stack: v.string(),
    fields: v.record(v.string(), v.object({ behind: v.array(v.string()) })),
});
