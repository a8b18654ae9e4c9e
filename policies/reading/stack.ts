import type { CheckedInStack } from "../rule";

/**
 * What rules about a stack look up in it. A rule is asked for each of its resources: one that went through the whole
 * stack each time would take four times as long for twice the resources. All of it is made once a stack.
 */
export interface StackIndex {
    /** A resource; of a Kubernetes list the first object. */
    readonly byUrn: (urn: string) => CheckedInStack | undefined;
    /** Resources of a type, without version as in `Checked`, in the order of the stack. */
    readonly ofType: (type: string) => readonly CheckedInStack[];
}

/**
 * Something that is worked out from a stack once, for all resources and all rules that ask for it.
 *
 * @example
 * ```ts
 * const accounts = perStack((stack) => new Map(indexOf(stack).ofType(ACCOUNT).map(…)));
 * // in `check: (resource, stack) => …`
 * accounts(stack).get(…)
 * ```
 */
export function perStack<T>(
    workOut: (stack: readonly CheckedInStack[]) => T,
): (stack: readonly CheckedInStack[]) => T {
    const known = new WeakMap<readonly CheckedInStack[], { readonly value: T }>();
    return (stack) => {
        const before = known.get(stack);
        if (before !== undefined) return before.value;
        const value = workOut(stack);
        known.set(stack, { value });
        return value;
    };
}

export const indexOf: (stack: readonly CheckedInStack[]) => StackIndex = perStack((stack) => {
    const byUrn = new Map<string, CheckedInStack>();
    const byType = new Map<string, CheckedInStack[]>();
    for (const resource of stack) {
        if (!byUrn.has(resource.urn)) byUrn.set(resource.urn, resource);
        const alike = byType.get(resource.type);
        if (alike === undefined) byType.set(resource.type, [resource]);
        else alike.push(resource);
    }
    return { byUrn: (urn) => byUrn.get(urn), ofType: (type) => byType.get(type) ?? [] };
});
