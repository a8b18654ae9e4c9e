import type { Property } from "../reading/property";
import { each, violation, type Checked, type Finding, type ResourceRule } from "../rule";

/** Kubernetes sets it on every namespace. */
const NAME_LABEL = "kubernetes.io/metadata.name";
/** A namespace that nobody has: what matches it matches everything. */
const NOBODYS = ["q-nobodys-namespace-7", "zz9"];

/**
 * A ClusterSecretStore serves every namespace unless its conditions say which. Conditions are alternatives, so the
 * widest one counts. A selector has to ask for something that a namespace must carry: what only excludes lets in all
 * others, and the label with its name every namespace has. An expression has to match whole names, since the operator
 * takes a match anywhere in a name. An unknown condition is decided in the update.
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
        restricts(condition) ? [] : [violation(condition, "lets namespaces in that it does not name", fix)],
    );
}

/** Within a condition, too, each part lets further namespaces in. */
function restricts(condition: Property): boolean {
    const selector = condition.at("namespaceSelector");
    const names = condition.at("namespaces").texts();
    const expressions = condition.at("namespaceRegexes").texts();
    return (
        (!selector.isAbsent || names.length + expressions.length > 0) &&
        (selector.isAbsent || selects(selector)) &&
        names.every((name) => name !== "" && !name.includes("*")) &&
        !expressions.some(matchesOthers)
    );
}

/** Requirements of a selector all have to be met, so a single narrow one is enough. */
function selects(selector: Property): boolean {
    if (selector.at("matchLabels").entries().length > 0) return true;
    return selector
        .at("matchExpressions")
        .items()
        .some((requirement) => {
            const operator = requirement.at("operator").text();
            if (operator === "In") return requirement.at("values").items().length > 0;
            return operator === "Exists" && requirement.at("key").text() !== NAME_LABEL;
        });
}

/** What is no expression at all counts as matching everything: nobody can tell what it lets in. */
function matchesOthers(expression: string): boolean {
    if (!/^\^(?:[^|()]|\([^()]*\))*(?<!\\)\$$/.test(expression)) return true;
    try {
        const regexp = new RegExp(expression);
        return NOBODYS.every((name) => regexp.test(name));
    } catch {
        return true;
    }
}
