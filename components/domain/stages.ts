/** The stages of a live generation, in the order of its life. */
export const STAGES = ["next", "current", "previous"] as const;
export type Stage = (typeof STAGES)[number];

/** Why a generation became live. */
export const REASONS = ["initial", "schedule", "request", "compromise", "offboarding"] as const;
export type Reason = (typeof REASONS)[number];

/** A generation that is announced or in use. */
export interface LiveGeneration {
    /** 1, 2, 3, …: counts the values of one field; never reused. */
    readonly generation: number;
    /** The day it took its stage, as YYYY-MM-DD. */
    readonly since: string;
    readonly reason: Reason;
    /** A ticket or an incident; required for every reason but `initial` and `schedule`. */
    readonly reference?: string | undefined;
}

/** A generation that is still accepted, and no longer used. */
export interface PreviousGeneration {
    readonly generation: number;
    /** The day until which it is accepted, as YYYY-MM-DD. */
    readonly until: string;
}

/** The live generations of one field. `current` is the one to use; consumers accept all of them. */
export interface Generations {
    readonly next?: LiveGeneration | undefined;
    readonly current: LiveGeneration;
    readonly previous?: PreviousGeneration | undefined;
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
