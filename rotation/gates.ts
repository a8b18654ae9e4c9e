import { addDays, weekdayOf } from "../components/domain/rotation/day";
import type { Day } from "../components/domain/rotation/day";
import { isBeginning } from "../components/domain/rotation/due";
import type { Fault } from "../components/domain/rotation/faults";
import type { LedgerField } from "../components/domain/rotation/ledger";
import type { Generations } from "../components/domain/rotation/stages";
import type { Step } from "../components/domain/rotation/steps";
import type { RotationConfig } from "../stacks/config/schema";
import type { RotatingStack } from "./stack";

/**
 * What an environment asks of a step beyond what the ledger allows: that it falls into a window, and that a class has
 * proved itself in the environment before. A compromise waits for neither.
 *
 * @param day the day of the step; a step that the ledger does not date is taken today.
 */
export function gateFaults(
    stack: RotatingStack,
    stacks: readonly RotatingStack[],
    change: {
        readonly field: string;
        readonly before: Generations | undefined;
        readonly step: Step;
        readonly day: Day;
    },
): readonly Fault[] {
    const { field, before, step, day } = change;
    const known = stack.fields.get(field);
    if (known === undefined || before === undefined || known.rotationClass.strategy === "external") return [];
    if (step.kind === "revoke" || step.kind === "roll back" || step.kind === "withdraw") return [];
    if ("cause" in step && step.cause.reason === "compromise") return [];
    const begins = isBeginning(step.kind);
    const { reason } = before.next ?? before.current;
    if (!begins && reason === "compromise") return [];
    const faults: Fault[] = [];
    const window = windowFault(stack.config.rotation, day);
    if (window !== undefined && step.kind !== "confirm rewrite" && step.kind !== "reschedule")
        faults.push(window);
    const proof = begins ? proofFault(stack, stacks, known, before) : undefined;
    if (proof !== undefined) faults.push(proof);
    return faults;
}

/** How far ahead a window is looked for: a year, after which a configuration of freezes is a mistake. */
const SEARCHED_DAYS = 366;

function windowFault({ windows }: RotationConfig, day: Day): Fault | undefined {
    if (windows === undefined) return undefined;
    const closed = (each: Day): string | undefined => {
        const freeze = windows.freezes.find(({ from, to }) => from <= each && each <= to);
        if (freeze !== undefined) return `nothing rotates until ${freeze.to} (${freeze.why})`;
        const weekday = weekdayOf(each);
        return windows.days.includes(weekday) ? undefined : `nothing rotates on a ${weekday}`;
    };
    const message = closed(day);
    if (message === undefined) return undefined;
    let next = day;
    for (let tried = 0; tried < SEARCHED_DAYS && closed(next) !== undefined; tried++) next = addDays(next, 1);
    return {
        message: `${message}, and the day of this step is ${day}`,
        fix: `The next window is ${next}`,
        earliest: next,
    };
}

/**
 * A class has run through where a field of it was rotated after this one was, and nothing of that is under way any
 * more. Where the environment before has no field of the class, there is nothing that could prove it.
 */
function proofFault(
    { config, environment }: RotatingStack,
    stacks: readonly RotatingStack[],
    { rotationClass }: LedgerField,
    { current }: Generations,
): Fault | undefined {
    const { after } = config.rotation;
    if (after === undefined) return undefined;
    const before = stacks.filter((each) => each.environment === after);
    const candidates = before.flatMap(({ ledger, fields }) =>
        Object.entries(ledger).filter(
            ([id]) => fields.get(id)?.rotationClass.name === rotationClass.name && fields.get(id)?.isOurs,
        ),
    );
    if (candidates.length === 0) return undefined;
    const hasRunThrough = ({ next, current: used, previous }: Generations): boolean =>
        next === undefined &&
        previous === undefined &&
        used.reason !== "initial" &&
        used.reason !== "rollback" &&
        used.since > current.since;
    if (candidates.some(([, generations]) => hasRunThrough(generations))) return undefined;
    const [[field] = [""]] = candidates;
    return {
        message: `no '${rotationClass.name}' has rotated in ${after} since this one did in ${environment} on ${current.since}`,
        fix: `Rotate one there first, to its end: npm run rotate -- request ${field} --stack ${before[0]?.stack ?? after} --ref <ticket>`,
    };
}
