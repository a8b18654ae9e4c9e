import type { Plan } from "../../rotation/plan";
import type { RotatingStack } from "../../rotation/stack";

/** The options of a plan on a day: the stack itself, and the others that it may wait for. */
export const on = (stack: RotatingStack, today: string, ...others: RotatingStack[]) => ({
    stacks: [stack, ...others],
    today,
});
/** `announce shop/jwt.key` */
export const taken = ({ steps }: Plan) => steps.map(({ field, step }) => `${step.kind} ${field}`);
/** What is held back, and by what. */
export const heldBy = ({ held }: Plan) =>
    held.map(
        ({ field, kind, faults }) => `${kind} ${field}: ${faults.map(({ message }) => message).join("; ")}`,
    );
