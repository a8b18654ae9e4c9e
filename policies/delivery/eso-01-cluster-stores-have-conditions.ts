import type { Property } from "../reading/property";
import { each, violation, type Checked, type Finding, type ResourceRule } from "../rule";

/** A namespace that nobody has: what matches it matches everything. */
const NOBODYS = ["q-nobodys-namespace-7", "zz9"];

/**
 * A ClusterSecretStore serves every namespace unless its conditions say which. Conditions are alternatives, so the
 * widest one counts. An unknown condition is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ESO-01",
    name: "eso-01-cluster-stores-have-conditions",
    description: "A ClusterSecretStore says in its conditions which namespaces may use it.",
    severity: "high",
    remediationSteps: "Use a SecretStore in the consumer's namespace, or list namespaces in 'conditions'.",
    url: "https://external-secrets.io/latest/guides/security-best-practices/",
    peers: [],
    types: new Set(["kubernetes:external-secrets.io:ClusterSecretStore"]),
    check,
};

function check({ props }: Checked): readonly Finding[] {
    const conditions = props.at("spec", "conditions");
    const fix = "Use a SecretStore in the consumer's namespace, or list the namespaces in each condition";
    const items = conditions.itemsOrUnknown();
    if (items.length === 0) {
        return [violation(conditions, "is missing, so every namespace may use the store", fix)];
    }
    return each(items, (condition) =>
        restricts(condition) ? [] : [violation(condition, "lets every namespace in", fix)],
    );
}

/** Within a condition, too, each part lets further namespaces in. */
function restricts(condition: Property): boolean {
    const selector = condition.at("namespaceSelector");
    const names = condition.at("namespaces").texts();
    const expressions = condition.at("namespaceRegexes").texts();
    const empty = !selector.isAbsent && isEmptySelector(selector);
    return (
        (!selector.isAbsent || names.length + expressions.length > 0) &&
        !empty &&
        names.every((name) => name !== "" && !name.includes("*")) &&
        !expressions.some(matchesEverything)
    );
}

function isEmptySelector(selector: Property): boolean {
    return (
        selector.at("matchLabels").entries().length === 0 &&
        selector.at("matchExpressions").items().length === 0
    );
}

/** What is no expression at all counts as matching everything: nobody can tell what it lets in. */
function matchesEverything(expression: string): boolean {
    try {
        const regexp = new RegExp(expression);
        return NOBODYS.every((name) => regexp.test(name));
    } catch {
        return true;
    }
}
