import type { Day } from "./day";

/** The stages of a live generation, in the order of its life. */
export const STAGES = ["next", "current", "previous"] as const;
export type Stage = (typeof STAGES)[number];

/** Why a generation became live. */
export const REASONS = [
    "initial",
    "schedule",
    "request",
    "compromise",
    "offboarding",
    "permission change",
    "rollback",
] as const;
export type Reason = (typeof REASONS)[number];

/** Why a step is taken, and the ticket or incident that asked for it. */
export interface Cause {
    readonly reason: Reason;
    /** Required for every reason but `initial` and `schedule`. */
    readonly reference?: string | undefined;
}

export const needsReference = (reason: Reason): boolean => reason !== "initial" && reason !== "schedule";

/** A generation that is announced or in use. */
export interface LiveGeneration extends Cause {
    /** 1, 2, 3, …: counts the values of one field; never reused. */
    readonly generation: number;
    /** The day it took its stage. */
    readonly since: Day;
}

/** A generation that is no longer used, and still accepted or kept for the way back. */
export interface PreviousGeneration {
    readonly generation: number;
    /** The first day on which it may go. */
    readonly until: Day;
    /**
     * The day on which everything that it encrypted begins to be written anew. Nobody encrypts with this generation any
     * more by then: what was written anew before that can come back under it.
     */
    readonly rewriting?: Day | undefined;
    /** The day on which everything that it encrypted was found to be written anew. */
    readonly rewritten?: Day | undefined;
}

/** The live generations of one field. `current` is the one to use. */
export interface Generations {
    readonly next?: LiveGeneration | undefined;
    readonly current: LiveGeneration;
    readonly previous?: PreviousGeneration | undefined;
    /** The highest number that was ever given, where a rollback or a withdrawal left a lower one in use. */
    readonly highest?: number | undefined;
}

/** Which generations are live, by field: `devplatform/jwt.secret_key`. */
export type Ledger = Readonly<Record<string, Generations>>;

/** The name of a field's value in its document: `secret_key`, `secret_key_next`, `secret_key_previous`. */
export function stagedField(field: string, stage: Stage): string {
    return stage === "current" ? field : `${field}_${stage}`;
}

/** The live stages of a field with the number of the generation in each. */
export function liveStages(generations: Generations): { stage: Stage; generation: number }[] {
    return STAGES.flatMap((stage) => {
        const live = generations[stage];
        return live === undefined ? [] : [{ stage, generation: live.generation }];
    });
}

/** The highest number that was ever given to a value of the field. */
export function highestGeneration(generations: Generations): number {
    return Math.max(generations.highest ?? 0, ...liveStages(generations).map(({ generation }) => generation));
}
