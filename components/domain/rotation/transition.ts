import type { Day } from "./day";
import { stepFaults } from "./faults";
import type { Circumstances, Fault } from "./faults";
import { highestGeneration, liveStages } from "./stages";
import type { Generations } from "./stages";
import { ImpossibleStep, takeStep } from "./steps";
import type { Step } from "./steps";

/** What leads from the generations of a field in one commit to those in another. */
export type Transition =
    | { readonly kind: "none" }
    /** A reference or a note was corrected. */
    | { readonly kind: "annotated" }
    | { readonly kind: "step"; readonly step: Step; readonly faults: readonly Fault[] }
    /** No single step leads there. */
    | { readonly kind: "leap"; readonly faults: readonly Fault[] };

/**
 * The one step that leads from `before` to `after`, and what forbids it; the machine is `takeStep`, and this looks
 * which of its steps has that result.
 */
export function transitionBetween(
    before: Generations | undefined,
    after: Generations,
    circumstances: Circumstances,
): Transition {
    if (before !== undefined && isSame(before, after)) return { kind: "none" };
    if (before !== undefined && isSame(withoutReferences(before), withoutReferences(after)))
        return { kind: "annotated" };
    const judged = candidates(before, after).flatMap((step) => {
        if (!leadsTo(before, step, after)) return [];
        return [{ kind: "step" as const, step, faults: stepFaults(before, step, circumstances) }];
    });
    const allowed = judged.find(({ faults }) => faults.length === 0);
    return allowed ?? judged[0] ?? { kind: "leap", faults: leapFaults(before, after) };
}

/** Each kind of step with the dates and the cause that `after` shows. */
function candidates(before: Generations | undefined, { next, current, previous }: Generations): Step[] {
    const { since: on, reason, reference } = current;
    const cause = { reason, reference };
    const until: Day | undefined = previous?.until;
    if (before === undefined) return [{ kind: "begin", on, cause }];
    return [
        ...(next === undefined
            ? []
            : [
                  {
                      kind: "announce" as const,
                      on: next.since,
                      cause: { reason: next.reason, reference: next.reference },
                  },
              ]),
        ...(until === undefined
            ? []
            : [
                  { kind: "promote" as const, on, until },
                  { kind: "replace" as const, on, until, cause },
                  { kind: "roll back" as const, on, until, cause },
                  { kind: "reschedule" as const, until },
              ]),
        { kind: "retire" },
        { kind: "withdraw" },
        ...(reason === "compromise"
            ? [
                  ...(["fresh", "next", "previous"] as const).map((use) => ({
                      kind: "revoke" as const,
                      on,
                      use,
                      cause,
                  })),
              ]
            : []),
        { kind: "replace", on, cause },
        ...(previous?.rewriting === undefined
            ? []
            : [{ kind: "start rewrite" as const, on: previous.rewriting }]),
        ...(previous?.rewritten === undefined
            ? []
            : [{ kind: "confirm rewrite" as const, on: previous.rewritten }]),
    ];
}

function leadsTo(before: Generations | undefined, step: Step, after: Generations): boolean {
    try {
        return isSame(takeStep(before, step), after);
    } catch (error) {
        if (error instanceof ImpossibleStep) return false;
        throw error;
    }
}

/** Why no step leads there: the first reason is the gravest. */
function leapFaults(before: Generations | undefined, after: Generations): Fault[] {
    if (before === undefined) {
        return [
            {
                message: "a new field begins with one generation, number 1",
                fix: "Write 'current: { generation: 1, since: <today>, reason: initial }'",
            },
        ];
    }
    const faults: Fault[] = [];
    const highest = highestGeneration(before);
    const lived = new Set(liveStages(before).map(({ generation }) => generation));
    const lives = liveStages(after).map(({ generation }) => generation);
    const number = String;
    for (const generation of lives) {
        if (generation > highest + 1) {
            faults.push({
                message: `generation ${number(generation)} would follow ${number(highest)}`,
                fix: `Number it ${number(highest + 1)}: numbers go up by one`,
            });
        } else if (generation <= highest && !lived.has(generation)) {
            faults.push({
                message: `generation ${number(generation)} is gone, and would be drawn again with another value`,
                fix: `The next new generation is ${number(highest + 1)}`,
            });
        }
    }
    if (highestGeneration(after) < highest && faults.length === 0) {
        faults.push({
            message: `the number ${number(highest)} was given, and nothing would remember it`,
            fix: `Add 'highest: ${number(highest)}', or take the step with npm run rotate`,
        });
    }
    const { generation: used } = before.current;
    if (!lives.includes(used) && after.current.reason !== "compromise") {
        faults.push({
            message: `generation ${number(used)} is in use, and would be gone at once`,
            fix: "Keep it as 'previous'; only a compromised one goes at once",
        });
    }
    if (faults.length === 0) {
        faults.push({
            message: "this is more than one step, and each needs a deployment of its own",
            fix: "Take one step, deploy it, then take the other: npm run rotate -- due",
        });
    }
    return faults;
}

function withoutReferences(generations: Generations): Generations {
    const { next, current } = generations;
    return {
        ...generations,
        ...(next === undefined ? {} : { next: { ...next, reference: undefined } }),
        current: { ...current, reference: undefined },
    };
}

/** Whether two entries say the same; an absent key and an undefined one do. */
export function isSame(one: Generations, other: Generations): boolean {
    return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
    return JSON.stringify(value, (_, inner: unknown) =>
        typeof inner === "object" && inner !== null
            ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
            : inner,
    );
}
