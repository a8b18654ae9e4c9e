import type { Property } from "../reading/property";
import { reachesSecrets, rulesOf } from "../reading/rbac";
import { ROLES } from "../reading/types";
import { each, violation, type Finding, type ResourceRule } from "../rule";

/**
 * Least privilege for readers of Secrets: one verb, on named objects. `list` and `watch` return values too, and a
 * rule without names is about all Secrets. Every rule of the role counts; an unknown one is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "K8S-01",
    name: "k8s-01-roles-get-named-secrets",
    description: "A role may read Secrets with the verb 'get' only, and only the ones it names.",
    severity: "high",
    remediationSteps: "Keep 'get' alone in 'verbs', and list the Secrets in 'resourceNames'.",
    url: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    peers: ["Trivy", "KICS", "kube-linter", "Kyverno"],
    types: new Set(ROLES),
    check: (role) => each(rulesOf(role), checkRule),
};

function checkRule(rule: Property): Finding[] {
    if (!reachesSecrets(rule)) return [];
    const verbs = rule.at("verbs");
    const names = rule.at("resourceNames");
    const wide = names.items().length === 0 || names.texts().some((name) => name === "" || name === "*");
    return [
        ...(verbs.texts().every((verb) => verb === "get")
            ? []
            : [violation(verbs, "allows more on Secrets than 'get'", "Keep 'get' alone")]),
        ...(wide
            ? [violation(names, "does not name the Secrets", "List the Secrets that the consumer reads")]
            : []),
    ];
}
