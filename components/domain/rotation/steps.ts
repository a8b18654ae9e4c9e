import type { Day } from "./day";
import { highestGeneration } from "./stages";
import type { Cause, Generations, LiveGeneration, PreviousGeneration } from "./stages";

/** One change of the generations of one field. A rotation is one or more of them, with a deployment between. */
export type Step =
    /** The field is new: its first value. */
    | { readonly kind: "begin"; readonly on: Day; readonly cause: Cause }
    /** The next value is published, so that everybody accepts it before anybody uses it. */
    | { readonly kind: "announce"; readonly on: Day; readonly cause: Cause }
    /** The announced value is used; the one before it is still accepted. */
    | { readonly kind: "promote"; readonly on: Day; readonly until: Day }
    /** A new value is used from now on. `until`: how long the old one is kept; nothing of it is, without. */
    | { readonly kind: "replace"; readonly on: Day; readonly until?: Day | undefined; readonly cause: Cause }
    /** The previous value goes. */
    | { readonly kind: "retire" }
    /** Every live value goes at once, whoever still uses it, but the one that `use` names: a fresh one, or one that nobody has seen. */
    | { readonly kind: "revoke"; readonly on: Day; readonly use: Replacement; readonly cause: Cause }
    /** The previous value is used again; the one that replaced it is still accepted. */
    | { readonly kind: "roll back"; readonly on: Day; readonly until: Day; readonly cause: Cause }
    /** The announced value goes before anybody used it. */
    | { readonly kind: "withdraw" }
    /** Everything that the previous value encrypted begins to be written anew. */
    | { readonly kind: "start rewrite"; readonly on: Day }
    /** Everything that the previous value encrypted was found to be written anew. */
    | { readonly kind: "confirm rewrite"; readonly on: Day }
    /** The previous value is kept until another day. */
    | { readonly kind: "reschedule"; readonly until: Day };

export type StepKind = Step["kind"];

/** What is used instead of a revoked value. `previous` is for keys of which the issuer takes no third one. */
export type Replacement = "fresh" | "next" | "previous";

/** A step that the stages do not have: one of another stage was asked for. */
export class ImpossibleStep extends Error {
    override readonly name = "ImpossibleStep";
}

/**
 * What a step makes of the generations of a field, whether or not its time has come: `faults.ts` judges that.
 *
 * @param before undefined for a field without an entry.
 * @throws {ImpossibleStep} when a stage that the step needs is not there.
 */
export function takeStep(before: Generations | undefined, step: Step): Generations {
    if (step.kind === "begin") {
        if (before !== undefined) throw new ImpossibleStep("the field has a generation");
        return { current: live(1, step.on, step.cause) };
    }
    if (before === undefined) throw new ImpossibleStep("the field has no generation");
    const { next, current, previous } = before;
    const fresh = highestGeneration(before) + 1;
    switch (step.kind) {
        case "announce":
            return { ...before, next: live(fresh, step.on, step.cause) };
        case "promote": {
            const announced = there(next, "nothing is announced");
            return remembering(before, {
                current: { ...announced, since: step.on },
                previous: { generation: current.generation, until: step.until },
            });
        }
        case "replace":
            return {
                current: live(fresh, step.on, step.cause),
                ...(step.until === undefined
                    ? {}
                    : { previous: { generation: current.generation, until: step.until } }),
            };
        case "retire":
            there(previous, NO_PREVIOUS);
            return remembering(before, { ...before, previous: undefined });
        case "revoke": {
            const kept = { fresh: { generation: fresh }, next, previous }[step.use];
            const { generation } = there(kept, `there is no ${step.use} generation`);
            return remembering(before, { current: live(generation, step.on, step.cause) });
        }
        case "roll back": {
            const { generation } = there(previous, NO_PREVIOUS);
            return remembering(before, {
                current: live(generation, step.on, step.cause),
                previous: { generation: current.generation, until: step.until },
            });
        }
        case "withdraw":
            there(next, "nothing is announced");
            return remembering(before, { ...before, next: undefined });
        case "start rewrite":
            return withPrevious(before, { rewriting: step.on });
        case "confirm rewrite":
            return withPrevious(before, { rewritten: step.on });
        case "reschedule":
            return withPrevious(before, { until: step.until });
    }
}

function live(generation: number, since: Day, { reason, reference }: Cause): LiveGeneration {
    return { generation, since, reason, ...(reference === undefined ? {} : { reference }) };
}

function there<T>(stage: T | undefined, message: string): T {
    if (stage === undefined) throw new ImpossibleStep(message);
    return stage;
}

const NO_PREVIOUS = "there is no previous generation";

function withPrevious(before: Generations, change: Partial<PreviousGeneration>): Generations {
    return { ...before, previous: { ...there(before.previous, NO_PREVIOUS), ...change } };
}

/** `after`, with the highest number ever given where no generation in use shows it. */
function remembering(before: Generations, after: Generations): Generations {
    const { next, current, previous } = after;
    const highest = highestGeneration(before);
    const shown = Math.max(current.generation, previous?.generation ?? 0);
    return {
        ...(next === undefined ? {} : { next }),
        current,
        ...(previous === undefined ? {} : { previous }),
        ...(highest > shown ? { highest } : {}),
    };
}
