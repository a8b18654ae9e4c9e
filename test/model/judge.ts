import { readLedger } from "../../components/domain/rotation/ledger";
import { highestGeneration, liveStages } from "../../components/domain/rotation/stages";
import type { Generations } from "../../components/domain/rotation/stages";
import type { Step } from "../../components/domain/rotation/steps";
import { transitionBetween } from "../../components/domain/rotation/transition";
import type { ModelField } from "./design";
import { Violation } from "./violation";

/** A change of a ledger that the machine allowed, and the highest number that its field ever had. */
export interface Change {
    readonly field: string;
    readonly before: Generations;
    readonly after: Generations;
    readonly step: Step;
    readonly highest: number;
}

/** Holds a change against what is promised of every change, whatever is deployed when. */
export function judgeChange({ field, before, after, step, highest }: Change): void {
    const fail = (promise: string, message: string): never => {
        throw new Violation(promise, `${field}: after '${step.kind}' ${message}`);
    };
    const lived = new Set(liveStages(before).map(({ generation }) => generation));
    const lives = liveStages(after).map(({ generation }) => generation);
    for (const generation of lives) {
        if (!lived.has(generation) && generation !== highest + 1)
            fail("I3 monotonic", `${String(generation)} is new, and ${String(highest)} was the highest`);
    }
    if (new Set(lives).size < lives.length) fail("I3 monotonic", "one generation has two stages");
    if (highestGeneration(after) < highest) fail("I3 monotonic", `${String(highest)} is forgotten`);
    const begins = step.kind === "announce" || step.kind === "replace";
    if (begins && (before.next !== undefined || before.previous !== undefined))
        fail("I4 one at a time", "a second rotation is under way");
    if (after.next !== undefined && after.previous !== undefined)
        fail("I4 one at a time", "a next and a previous generation live");
    if (step.kind === "revoke") {
        if (lives.length !== 1 || after.current.reason !== "compromise")
            fail("I5 compromise", "not exactly one generation lives, with its reason");
        if (after.current.generation === before.current.generation)
            fail("I5 compromise", "the compromised generation is in use");
    } else if (!lives.includes(before.current.generation)) {
        fail("I5 compromise", "the generation in use is gone, and nothing was compromised");
    }
}

/**
 * Whether the others that know the machine agree with it: the loader reads what it made, and the gate of reviews finds
 * the step again and nothing against it.
 */
export function judgeAgreement(
    { field, before, after, step }: Change,
    spec: ModelField,
    today: string,
): void {
    const known = new Map([[field, { ...spec, isText: false, isOurs: true }]]);
    const [problem] = readLedger({ [field]: structuredClone(after) }, known, "ledger").problems;
    if (problem !== undefined)
        throw new Violation("loader", `after '${step.kind}': ${problem.place} ${problem.message}`);
    const { rotationClass } = spec;
    const transition = transitionBetween(before, after, { rotationClass, today });
    if (transition.kind === "none" || transition.kind === "annotated") return;
    const [fault] = transition.faults;
    if (transition.kind === "leap" || fault !== undefined)
        throw new Violation("gate", `after '${step.kind}': ${fault?.message ?? "a leap"}`);
}
