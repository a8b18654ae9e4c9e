import { stepFaults } from "../../components/domain/rotation/faults";
import { keptUntil } from "../../components/domain/rotation/due";
import type { RotationClass } from "../../components/domain/rotation/rotation-class";
import type { Generations } from "../../components/domain/rotation/stages";
import { ImpossibleStep, takeStep } from "../../components/domain/rotation/steps";
import type { Step } from "../../components/domain/rotation/steps";

/** What the steps of a class allow, asked of the machine itself, so that no page says the opposite of it. */
export interface Allowances {
    /** A rotation begins with an announcement; otherwise the new value is used at once. */
    readonly isAnnounced: boolean;
    /** The old value is kept for a while. */
    readonly keepsPrevious: boolean;
    /** A compromised value goes at once. */
    readonly goesAtOnce: boolean;
    /** Why it does not, as the machine says it; undefined when it does. */
    readonly whyNotAtOnce: string | undefined;
    /** The previous value can come back while it is kept. */
    readonly rollsBack: boolean;
    /** The old value goes only once what it encrypted was written anew. */
    readonly needsRewrite: boolean;
    /** That it was written anew counts even while the old value is still accepted. */
    readonly rewritesEarly: boolean;
}

/** Any day: only the distances between days count. */
const DAY = "2001-01-01";
const LATER = "2001-06-01";
const COMPROMISE = { reason: "compromise", reference: "any" } as const;
const ROLLBACK = { reason: "rollback", reference: "any" } as const;
const REQUEST = { reason: "request", reference: "any" } as const;

export function allowancesOf(rotationClass: RotationClass): Allowances {
    const until = keptUntil(rotationClass, LATER);
    const atRest: Generations = { current: { generation: 1, since: DAY, reason: "initial" } };
    const rotated = (cause: typeof COMPROMISE | typeof REQUEST): Generations => ({
        current: { generation: 2, since: DAY, ...cause },
        previous: { generation: 1, until: LATER },
    });
    const faultsOf = (before: Generations, step: Step): readonly string[] => {
        try {
            takeStep(before, step);
        } catch (error) {
            if (error instanceof ImpossibleStep) return [error.message];
            throw error;
        }
        return stepFaults(before, step, { rotationClass }).map(({ message }) => message);
    };
    const allows = (before: Generations, step: Step): boolean => faultsOf(before, step).length === 0;
    const revoke: Step = { kind: "revoke", on: LATER, use: "fresh", cause: COMPROMISE };
    const isAnnounced = allows(atRest, { kind: "announce", on: LATER, cause: REQUEST });
    const keepsPrevious =
        isAnnounced || allows(atRest, { kind: "replace", on: LATER, until, cause: REQUEST });
    const rollback: Step = { kind: "roll back", on: LATER, until, cause: ROLLBACK };
    return {
        isAnnounced,
        keepsPrevious,
        goesAtOnce: allows(atRest, revoke),
        whyNotAtOnce: faultsOf(atRest, revoke)[0],
        rollsBack: keepsPrevious && allows(rotated(REQUEST), rollback),
        needsRewrite: keepsPrevious && !allows(rotated(REQUEST), { kind: "retire" }),
        rewritesEarly: allows(rotated(REQUEST), { kind: "confirm rewrite", on: DAY }),
    };
}
