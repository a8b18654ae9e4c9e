import type { Day } from "../components/domain/rotation/day";
import { beginningOf, isBeginning, keptUntil, nextStep } from "../components/domain/rotation/due";
import type { ScheduledKind } from "../components/domain/rotation/due";
import { stepFaults } from "../components/domain/rotation/faults";
import type { Fault } from "../components/domain/rotation/faults";
import type { LedgerField } from "../components/domain/rotation/ledger";
import type { Strategy } from "../components/domain/rotation/rotation-class";
import type { Cause, Generations } from "../components/domain/rotation/stages";
import { takeStep } from "../components/domain/rotation/steps";
import type { Replacement, Step, StepKind } from "../components/domain/rotation/steps";
import { evidenceFaults } from "./evidence-faults";
import { gateFaults } from "./gates";
import type { RotatingStack } from "./stack";
import type { Evidence } from "./verify/evidence";

/** A step that is to be taken. */
export interface PlannedStep {
    readonly field: string;
    readonly step: Step;
    readonly before: Generations | undefined;
    readonly after: Generations;
}

/** A step whose time has come or that was asked for, and that something holds back. */
export interface HeldStep {
    readonly field: string;
    readonly kind: StepKind;
    readonly faults: readonly Fault[];
}

/** What only somebody else can do: issue a new value. */
export interface Ask {
    readonly field: string;
    readonly why: string;
    /** Absent when it is its age. */
    readonly cause?: Cause;
}

/** What is to be done in one stack. */
export interface Plan {
    readonly stack: RotatingStack;
    readonly steps: readonly PlannedStep[];
    readonly held: readonly HeldStep[];
    readonly asks: readonly Ask[];
}

export interface PlanOptions {
    /** All stacks: one waits for another. */
    readonly stacks: readonly RotatingStack[];
    readonly today: Day;
    /** What the consumers run, as `rotate verify` saw it. */
    readonly evidence?: Evidence | undefined;
}

/**
 * Every step of a stack whose time has come: rotations go on by one step, and those begin that are due.
 *
 * @param dueBy rotations that are due until this day begin now.
 */
export function planDue(stack: RotatingStack, dueBy: Day, options: PlanOptions): Plan {
    const { today } = options;
    const draft = new PlanDraft(stack, options);
    for (const [id, field] of stack.fields) {
        const generations = stack.ledger[id];
        const next = generations === undefined ? undefined : nextStep(field, generations);
        if (generations === undefined || next === undefined) continue;
        if (next.earliest > (isBeginning(next.kind) ? dueBy : today)) continue;
        if (field.rotationClass.strategy === "external") draft.ask(id, `it is due on ${next.earliest}`);
        else draft.add(id, stepOf(next.kind, field, today, { reason: "schedule" }));
    }
    return draft.plan;
}

/** Begins a rotation of each field for a reason other than its age. */
export function planRotation(
    stack: RotatingStack,
    fields: Iterable<string>,
    cause: Cause,
    options: PlanOptions,
): Plan {
    const draft = new PlanDraft(stack, options);
    for (const id of fields) {
        const field = stack.fields.get(id);
        if (field === undefined) continue;
        draft.begin(id, field, cause);
    }
    return draft.plan;
}

/**
 * Takes compromised values away at once. What encrypts data stays readable, and rotates without waiting for anything.
 *
 * @param keepNext an announced value was not seen: it is used from now on, and its consumers know it already.
 */
export function planCompromise(
    stack: RotatingStack,
    fields: Iterable<string>,
    reference: string,
    keepNext: boolean,
    options: PlanOptions,
): Plan {
    const cause: Cause = { reason: "compromise", reference };
    const draft = new PlanDraft(stack, options);
    for (const id of fields) {
        const field = stack.fields.get(id);
        const before = stack.ledger[id];
        if (field === undefined) continue;
        const { strategy, encryptsData = false } = field.rotationClass;
        if (strategy === "external" || encryptsData) draft.begin(id, field, cause);
        else {
            const use = replacementOf(strategy, before, keepNext);
            draft.add(id, { kind: "revoke", on: options.today, use, cause });
        }
    }
    return draft.plan;
}

/** An issuer that takes two keys takes no third one, not even for as long as a deployment lasts. */
function replacementOf(strategy: Strategy, before: Generations | undefined, keepNext: boolean): Replacement {
    if (strategy === "two-key" && before?.previous !== undefined) return "previous";
    return keepNext && before?.next !== undefined ? "next" : "fresh";
}

/** One given step of one field, such as a rollback. */
export function planStep(stack: RotatingStack, field: string, step: Step, options: PlanOptions): Plan {
    const draft = new PlanDraft(stack, options);
    draft.add(field, step);
    return draft.plan;
}

/** The way back of a field: an announced value is withdrawn, otherwise the previous one is used again. */
export function wayBack(field: LedgerField, generations: Generations, today: Day, reference: string): Step {
    if (generations.next !== undefined) return { kind: "withdraw" };
    const until = keptUntil(field.rotationClass, today);
    return { kind: "roll back", on: today, until, cause: { reason: "rollback", reference } };
}

export function causeText({ reason, reference }: Cause): string {
    return reference === undefined ? reason : `${reason}, ${reference}`;
}

function stepOf(kind: ScheduledKind, { rotationClass }: LedgerField, today: Day, cause: Cause): Step {
    const until = keptUntil(rotationClass, today);
    switch (kind) {
        case "announce":
            return { kind, on: today, cause };
        case "promote":
            return { kind, on: today, until };
        case "replace":
            return { kind, on: today, until, cause };
        case "start rewrite":
            return { kind, on: today };
        case "retire":
            return { kind };
    }
}

/** Sorts steps into those that are taken and those that are held back. */
class PlanDraft {
    readonly #steps: PlannedStep[] = [];
    readonly #held: HeldStep[] = [];
    readonly #asks: Ask[] = [];

    constructor(
        readonly stack: RotatingStack,
        readonly options: PlanOptions,
    ) {}

    add(field: string, step: Step): void {
        const { stack } = this;
        const { stacks, today, evidence } = this.options;
        const known = stack.fields.get(field);
        if (known === undefined) return;
        const before = stack.ledger[field];
        const faults = [
            ...stepFaults(before, step, { rotationClass: known.rotationClass, today }),
            ...gateFaults(stack, stacks, { field, before, step, day: today }),
            ...(evidence === undefined ? [] : evidenceFaults(evidence, stack, field, step)),
        ];
        if (faults.length > 0) this.#held.push({ field, kind: step.kind, faults });
        else this.#steps.push({ field, step, before, after: takeStep(before, step) });
    }

    /** Begins a rotation of a field, or asks whoever issues it. */
    begin(id: string, field: LedgerField, cause: Cause): void {
        const { rotationClass } = field;
        if (rotationClass.strategy === "external") this.ask(id, causeText(cause), cause);
        else this.add(id, stepOf(beginningOf(rotationClass), field, this.options.today, cause));
    }

    ask(field: string, why: string, cause?: Cause): void {
        this.#asks.push(cause === undefined ? { field, why } : { field, why, cause });
    }

    get plan(): Plan {
        return { stack: this.stack, steps: this.#steps, held: this.#held, asks: this.#asks };
    }
}
