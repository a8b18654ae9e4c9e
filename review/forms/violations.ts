import type { Exemption } from "../../preview/rendering";
import type { Review, ViolationTold } from "../review";
import type { RuleTold } from "./options";

/** A violation with where and since when it is. */
export interface Found {
    readonly stack: string;
    readonly violation: ViolationTold;
    readonly state: "new" | "unchanged" | "absent";
    readonly exemption?: Exemption;
}

/** All violations of all stacks, exempt ones too, in the order of the stacks. */
export const allFound = ({ stacks }: Review): readonly Found[] =>
    stacks.flatMap(({ stack, violations, exemptions }) =>
        (
            [
                ["new", "appeared"],
                ["unchanged", "stayed"],
                ["absent", "gone"],
            ] as const
        ).flatMap(([state, list]) => [
            ...violations[list].map((violation) => ({ stack, violation, state })),
            ...exemptions[list].map((violation) => ({
                stack,
                violation,
                state,
                exemption: violation.exemption,
            })),
        ]),
    );

/** The rules that were given, and those that only violations name, by name. */
export function rulesOf(found: readonly Found[], given: readonly RuleTold[] = []): readonly RuleTold[] {
    const rules = new Map(given.map((rule) => [rule.policy, rule]));
    for (const { violation } of found) {
        const { policy, id, description, severity } = violation;
        if (rules.has(policy)) continue;
        rules.set(policy, {
            policy,
            description,
            ...(id === undefined ? {} : { id }),
            ...(severity === undefined ? {} : { severity }),
        });
    }
    return [...rules.values()].sort((a, b) => (a.policy < b.policy ? -1 : 1));
}
