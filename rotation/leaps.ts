import { addDays } from "../components/domain/rotation/day";
import type { Day } from "../components/domain/rotation/day";
import { Duration } from "../components/domain/duration";
import { Problems } from "../components/domain/problems";
import type { Problem } from "../components/domain/problems";
import type { Fault } from "../components/domain/rotation/faults";
import type { LedgerField } from "../components/domain/rotation/ledger";
import type { Generations } from "../components/domain/rotation/stages";
import type { Step } from "../components/domain/rotation/steps";
import { takeStep } from "../components/domain/rotation/steps";
import { transitionBetween } from "../components/domain/rotation/transition";
import { gateFaults } from "./gates";
import type { PlannedStep } from "./plan";
import type { RotatingStack } from "./stack";

/** What leads from the ledger of the base branch to this one. */
export interface LedgerChange {
    readonly stack: RotatingStack;
    /** The steps that are allowed. */
    readonly steps: readonly PlannedStep[];
    /** What is not, by field, with the safe way. */
    readonly problems: readonly Problem[];
}

/**
 * Judges a ledger against the one of the base branch, which is what is deployed: each field may take one step.
 *
 * @param base the entries of the base branch's ledger; undefined when the stack is new.
 * @param today undefined to judge the steps without a clock.
 */
export function judgeLedger(
    stack: RotatingStack,
    stacks: readonly RotatingStack[],
    base: Readonly<Record<string, Generations>> | undefined,
    today: Day | undefined,
): LedgerChange {
    const problems = new Problems();
    const steps: PlannedStep[] = [];
    if (base === undefined) return { stack, steps, problems: [] };
    for (const [field, known] of stack.fields) {
        const before = base[field];
        const after = stack.ledger[field];
        const place = `${stack.place}: ${field}`;
        if (after === undefined) {
            if (before !== undefined) {
                problems.add(
                    place,
                    "its entry is gone, and when its value was set is forgotten with it",
                    "Put the entry back",
                );
            }
            continue;
        }
        const { rotationClass } = known;
        const transition = transitionBetween(before, after, { rotationClass, today });
        if (transition.kind === "none" || transition.kind === "annotated") continue;
        const faults: Fault[] = [...transition.faults];
        if (transition.kind === "step") {
            const { step } = transition;
            // A step that the ledger does not date was in a window when it was taken, and may be deployed after it.
            if ("on" in step)
                faults.push(...gateFaults(stack, stacks, { field, before, step, day: step.on }));
            faults.push(...lateFaults(stack, known, step, today));
            if (faults.length === 0) steps.push({ field, step, before, after: takeStep(before, step) });
        }
        for (const { message, fix } of faults) problems.add(place, message, fix);
    }
    return { stack, steps, problems: problems.all };
}

/**
 * A step that is deployed later than the announcement and the overlap allow for is no longer the one that was dated. Of
 * a value that somebody else issued the ledger only tells.
 */
function lateFaults(
    { config }: RotatingStack,
    { rotationClass }: LedgerField,
    step: Step,
    today: Day | undefined,
): Fault[] {
    if (today === undefined || rotationClass.strategy === "external") return [];
    if (step.kind !== "announce" && step.kind !== "promote" && step.kind !== "replace") return [];
    const { deployWithin } = config.rotation;
    // A day counts from its beginning: within one day of it is on that day.
    if (today < addDays(step.on, Duration.parse(deployWithin).wholeDays)) return [];
    return [
        {
            message: `this step is of ${step.on}, and was to be deployed within ${deployWithin}`,
            fix: "Take it anew with today's date: close this change, and run npm run rotate -- due",
        },
    ];
}
