import type { Property } from "../reading/property";
import { reachesSecrets, rulesOf } from "../reading/rbac";
import {
    each,
    listSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

const GROUP = "kubernetes:rbac.authorization.k8s.io:";

/**
 * Readers of Secrets are bound in their namespace. A ClusterRole that reaches Secrets reaches them in every namespace
 * it gets bound in; which ones can't be seen from the role, and whom a ClusterRoleBinding's role lets read what can't
 * be seen from the binding. So neither is let through, but for bindings of roles that the configuration names; within a
 * namespace, those that end at its border.
 * An unknown rule or role is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "K8S-02",
    name: "k8s-02-no-cluster-role-reaches-secrets",
    description: "No ClusterRole reaches Secrets, and nobody is bound cluster-wide to read them.",
    severity: "critical",
    remediationSteps: "Use a Role and a RoleBinding in the consumer's namespace.",
    url: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    peers: ["Checkov", "Trivy", "KICS", "kube-linter", "Kyverno"],
    settings: {
        allowedClusterRoles: {
            type: "array",
            items: { type: "string" },
            default: ["system:auth-delegator"],
            description: "ClusterRoles without a right to Secrets that may be bound cluster-wide.",
        },
        allowedInNamespace: {
            type: "array",
            items: { type: "string" },
            default: ["view"],
            description: "ClusterRoles without a right to Secrets that may be bound in a namespace.",
        },
    },
    types: new Set(["ClusterRole", "ClusterRoleBinding", "RoleBinding"].map((kind) => GROUP + kind)),
    check,
};

function check(resource: Checked, { settings }: Context): readonly Finding[] {
    const role = resource.props.at("roleRef");
    const everywhere = listSetting(settings, "allowedClusterRoles");
    switch (resource.type) {
        case `${GROUP}ClusterRole`:
            return checkClusterRole(resource);
        case `${GROUP}ClusterRoleBinding`:
            // It can bind nothing but a ClusterRole, whatever kind it says or leaves out.
            return checkName(role.at("name"), everywhere, "is bound in every namespace");
        default: {
            const inNamespace = [...everywhere, ...listSetting(settings, "allowedInNamespace")];
            return checkRoleRef(role, inNamespace, "may reach all Secrets of the namespace");
        }
    }
}

function checkClusterRole(role: Checked): Finding[] {
    const aggregation = role.props.at("aggregationRule");
    return [
        ...each(rulesOf(role), (rule) =>
            reachesSecrets(rule)
                ? [
                      violation(
                          rule,
                          "reaches Secrets of every namespace",
                          "Use a Role in the consumer's namespace",
                      ),
                  ]
                : [],
        ),
        ...each([aggregation], () =>
            aggregation.isAbsent
                ? []
                : [
                      violation(
                          aggregation,
                          "is filled by other roles, so nobody can tell whether it reaches Secrets",
                          "Write its rules out",
                      ),
                  ],
        ),
    ];
}

function checkRoleRef(roleRef: Property, allowed: readonly string[], problem: string): Finding[] {
    return roleRef.at("kind").text() === "Role" ? [] : checkName(roleRef.at("name"), allowed, problem);
}

function checkName(name: Property, allowed: readonly string[], problem: string): Finding[] {
    if (allowed.includes(name.text() ?? "")) return [];
    return [
        violation(
            name,
            problem,
            "Use a RoleBinding to a Role that names the Secrets, in the consumer's namespace",
        ),
    ];
}
