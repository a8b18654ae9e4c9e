import type { Property } from "../reading/property";
import { reaches, rulesOf } from "../reading/rbac";
import { ROLES } from "../reading/types";
import { each, violation, type Finding, type ResourceRule } from "../rule";

const RBAC = "rbac.authorization.k8s.io";
const AUTHENTICATION = "authentication.k8s.io";

/** What each verb means something for; a wildcard of verbs counts where a rule reaches one of these. */
const REACHED: readonly (readonly [group: string, resource: string])[] = [
    [RBAC, "roles"],
    [RBAC, "clusterroles"],
    ["", "users"],
    ["", "groups"],
    ["", "serviceaccounts"],
    [AUTHENTICATION, "uids"],
    [AUTHENTICATION, "userextras/scopes"],
];

/**
 * Three verbs step over everything else that a role says: `escalate` writes roles with rights that the writer lacks,
 * `bind` binds such roles, `impersonate` is somebody else. They are refused wherever they stand, by name and by a
 * wildcard, whose resources they mean something for. Newer forms of impersonation begin with the same word.
 *
 * @see Kubernetes, "Using RBAC Authorization": privilege escalation prevention and bootstrapping.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "K8S-04",
    name: "k8s-04-roles-cannot-escalate",
    description: "No role may escalate, bind or impersonate, by name or by a wildcard.",
    severity: "critical",
    remediationSteps: "Take the verb away, and let an administrator declare roles and bindings.",
    url: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#escalate-verb",
    peers: ["Checkov", "Trivy", "KICS", "Kyverno"],
    types: new Set(ROLES),
    check: (role) => each(rulesOf(role), checkRule),
};

function checkRule(rule: Property): Finding[] {
    const verbs = rule.at("verbs");
    const texts = verbs.texts();
    const fix = "Name the verbs that are needed, without escalate, bind and impersonate";
    if (texts.some((verb) => /^(?:escalate$|bind$|impersonate)/i.test(verb)))
        return [violation(verbs, "lets its holder take rights that it was not given", fix)];
    if (!texts.includes("*")) return [];
    if (!REACHED.some(([group, resource]) => reaches(rule, group, resource))) return [];
    return [violation(verbs, "has a wildcard that holds escalate, bind or impersonate", fix)];
}
