import { addDays } from "../../components/domain/rotation/day";
import type { RotationClass } from "../../components/domain/rotation/rotation-class";
import type { Generations } from "../../components/domain/rotation/stages";
import type { Step, StepKind } from "../../components/domain/rotation/steps";
import { MACHINE } from "./machine";
import type { Machine } from "./machine";

/**
 * Machines with one mistake each. A model that does not find them would not find it in the real one either.
 */

/** Takes what forbids a step as another step of another field would be judged. */
function judging(
    kind: StepKind,
    change: (
        before: Generations,
        step: Step,
        rotationClass: RotationClass,
        today: string | undefined,
    ) => {
        readonly before?: Generations;
        readonly step?: Step;
        readonly rotationClass?: RotationClass;
        readonly today?: string | undefined;
    },
): Machine {
    return {
        ...MACHINE,
        stepFaults: (before, step, circumstances) => {
            if (before === undefined || step.kind !== kind)
                return MACHINE.stepFaults(before, step, circumstances);
            const { rotationClass, today } = circumstances;
            const other = change(before, step, rotationClass, today);
            const judged = { ...circumstances, ...other };
            return MACHINE.stepFaults(other.before ?? before, other.step ?? step, judged);
        },
    };
}

/** Takes a step otherwise. */
function taking(change: (before: Generations, step: Step, after: Generations) => Generations): Machine {
    return {
        ...MACHINE,
        takeStep: (before, step) => {
            const after = MACHINE.takeStep(before, step);
            return before === undefined ? after : change(before, step, after);
        },
    };
}

const within = (generations: Generations, more: Partial<Generations>): Generations => ({
    ...generations,
    ...more,
});
const shorter = (text: string | undefined): string =>
    `${String(Number.parseInt(text ?? "", 10) - 1440)} minutes`;
const aDayLess = (text: string | undefined): Partial<RotationClass> & { announce?: string } =>
    Number.parseInt(text ?? "", 10) > 1440 ? { announce: shorter(text) } : {};

export const MUTANTS: Readonly<Record<string, { readonly machine: Machine; readonly breaks: RegExp }>> = {
    "uses a generation that it has not announced": {
        machine: judging("replace", (_, __, rotationClass) => ({
            rotationClass: { ...rotationClass, strategy: "swap" },
        })),
        breaks: /^I1/,
    },
    "promotes a day early": {
        machine: judging("promote", (_, __, rotationClass) => ({
            rotationClass: { ...rotationClass, ...aDayLess(rotationClass.announce) },
        })),
        breaks: /^I1/,
    },
    "drops the previous generation early": {
        machine: judging("retire", (before, _, __, today) => ({
            today: before.previous === undefined ? today : addDays(before.previous.until, 1),
        })),
        breaks: /^I1/,
    },
    "promises a day less of grace": {
        machine: judging("promote", (_, step) =>
            step.kind === "promote" ? { step: { ...step, until: addDays(step.until, 1) } } : {},
        ),
        breaks: /^I1/,
    },
    "lets an overlap be shortened": {
        machine: judging("reschedule", (before, step) =>
            step.kind === "reschedule"
                ? { step: { ...step, until: addDays(before.current.since, 400) } }
                : {},
        ),
        breaks: /^I1/,
    },
    "drops a data key that nobody has written anew with": {
        machine: judging("retire", (_, __, rotationClass) => ({
            rotationClass: { ...rotationClass, encryptsData: false },
        })),
        breaks: /^I1/,
    },
    "draws a withdrawn generation again": {
        machine: taking((before, step, after) =>
            step.kind === "announce" && after.next !== undefined
                ? within(after, { next: { ...after.next, generation: before.current.generation + 1 } })
                : after,
        ),
        breaks: /^I3/,
    },
    "draws the generation in use again": {
        machine: taking((before, step, after) =>
            step.kind === "replace"
                ? within(after, { current: { ...after.current, generation: before.current.generation } })
                : after,
        ),
        breaks: /^I3/,
    },
    "goes back to a generation that is gone": {
        machine: {
            stepFaults: (before, step, circumstances) =>
                step.kind === "roll back" ? [] : MACHINE.stepFaults(before, step, circumstances),
            takeStep: (before, step) => {
                if (before === undefined || step.kind !== "roll back" || before.previous !== undefined)
                    return MACHINE.takeStep(before, step);
                const { current } = before;
                const generation = Math.max(1, current.generation - 1);
                return {
                    current: { ...current, generation, since: step.on, reason: "rollback" },
                    previous: { generation: current.generation, until: step.until },
                };
            },
        },
        breaks: /^I3/,
    },
    "skips a number": {
        machine: taking((_, step, after) =>
            step.kind === "announce" && after.next !== undefined
                ? within(after, { next: { ...after.next, generation: after.next.generation + 1 } })
                : after,
        ),
        breaks: /^I3/,
    },
    "forgets the highest number": {
        machine: taking((_, __, after) => within(after, { highest: undefined })),
        breaks: /^I3/,
    },
    "announces while the previous generation lives": {
        machine: judging("announce", (before) => ({ before: within(before, { previous: undefined }) })),
        breaks: /^I4/,
    },
    "begins a swap before the last one has ended": {
        machine: judging("replace", (before) => ({ before: within(before, { previous: undefined }) })),
        breaks: /^I4/,
    },
    "keeps what is compromised": {
        machine: taking((before, step, after) =>
            step.kind === "revoke"
                ? within(after, {
                      previous: { generation: before.current.generation, until: addDays(step.on, 30) },
                  })
                : after,
        ),
        breaks: /^I5/,
    },
    "says nothing of a compromise": {
        machine: taking((_, step, after) =>
            step.kind === "revoke"
                ? within(after, { current: { ...after.current, reason: "request" } })
                : after,
        ),
        breaks: /^I5/,
    },
    "drops the generation in use without a compromise": {
        machine: taking((_, step, after) =>
            step.kind === "promote" ? within(after, { previous: undefined }) : after,
        ),
        breaks: /^I5/,
    },
};
