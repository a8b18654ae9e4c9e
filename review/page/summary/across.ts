import type { Review, StackReview } from "../../review";

export interface InStacks<T> {
    readonly stacks: readonly string[];
    readonly it: T;
}

/**
 * What several stacks say word for word is told once, with their names. In the order of the stacks.
 *
 * @param same what has to be equal for two to be one; absent, everything
 */
export function acrossStacks<T>(
    { stacks }: Review,
    pick: (stack: StackReview) => readonly T[],
    same: (each: T) => unknown = (each) => each,
): readonly InStacks<T>[] {
    const found = new Map<string, { stacks: string[]; it: T }>();
    for (const stack of stacks)
        for (const it of pick(stack)) {
            const key = JSON.stringify(same(it));
            const known = found.get(key);
            if (known === undefined) found.set(key, { stacks: [stack.stack], it });
            else if (!known.stacks.includes(stack.stack)) known.stacks.push(stack.stack);
        }
    return [...found.values()];
}
