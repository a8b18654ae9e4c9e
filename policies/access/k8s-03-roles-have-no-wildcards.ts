import { rulesOf } from "../reading/rbac";
import { ROLES } from "../reading/types";
import { each, violation, type ResourceRule } from "../rule";

/** A wildcard also stands for what the cluster learns tomorrow. All rules of a role count, not the first alone. */
export const rule: ResourceRule = {
    scope: "resource",
    id: "K8S-03",
    name: "k8s-03-roles-have-no-wildcards",
    description: "No rule of a role has a wildcard in its groups, resources, verbs or URLs.",
    severity: "high",
    remediationSteps: "Name the API groups, the resources and the verbs.",
    url: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    peers: ["Checkov", "Trivy", "KICS", "kube-linter", "Kyverno"],
    types: new Set(ROLES),
    // By property, so that an unknown one, which is decided in the update, hides no other.
    check: (role) =>
        each(rulesOf(role), (rule) =>
            each(["apiGroups", "resources", "verbs", "nonResourceURLs"], (key) =>
                rule
                    .at(key)
                    .texts()
                    .some((text) => text.includes("*"))
                    ? [violation(rule.at(key), "has a wildcard", "Name what is meant")]
                    : [],
            ),
        ),
};
