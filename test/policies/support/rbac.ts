import type { Rendered } from "./case";

/** A mutation of a Role: one rule more, behind those that it has. */
export function withRule(rule: Readonly<Record<string, unknown>>): (role: Rendered) => Rendered {
    return (role) => {
        const rules = role.props["rules"] as readonly unknown[];
        return { ...role, props: { ...role.props, rules: [...rules, rule] } };
    };
}
