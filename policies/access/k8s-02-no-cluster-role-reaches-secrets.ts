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

/** Roles that every cluster has and that reach Secrets; `view` leaves them out on purpose. */
const READING_ROLES = ["cluster-admin", "admin", "edit"];

/**
 * Readers of Secrets are bound in their namespace. A ClusterRole that reaches Secrets reaches them in every namespace
 * it gets bound in; which ones can't be seen from the role, and whom a ClusterRoleBinding's role lets read what can't
 * be seen from the binding. So neither is let through, but for bindings of roles that the configuration names.
 * An unknown rule or subject is decided in the update.
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
    },
    types: new Set(["ClusterRole", "ClusterRoleBinding", "RoleBinding"].map((kind) => GROUP + kind)),
    check,
};

function check(resource: Checked, { settings }: Context): readonly Finding[] {
    switch (resource.type) {
        case `${GROUP}ClusterRole`:
            return checkClusterRole(resource);
        case `${GROUP}ClusterRoleBinding`:
            return checkClusterBinding(resource.props, listSetting(settings, "allowedClusterRoles"));
        default:
            return each([resource.props.at("roleRef")], checkRoleRef);
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

function checkClusterBinding(props: Property, allowed: readonly string[]): Finding[] {
    const fix = "Use a RoleBinding to a Role, in the consumer's namespace";
    return [
        ...each([props.at("roleRef", "name")], (role) =>
            allowed.includes(role.text() ?? "") ? [] : [violation(role, "is bound in every namespace", fix)],
        ),
        ...each(props.at("subjects").itemsOrUnknown(), (subject) =>
            subject.at("kind").text() === "ServiceAccount" && subject.at("name").text() === "default"
                ? [
                      violation(
                          subject,
                          "is the default service account, which every pod without one of its own runs as",
                          "Bind a service account made for the purpose",
                      ),
                  ]
                : [],
        ),
    ];
}

function checkRoleRef(roleRef: Property): Finding[] {
    const name = roleRef.at("name");
    if (roleRef.at("kind").text() !== "ClusterRole" || !READING_ROLES.includes(name.text() ?? "")) return [];
    return [violation(name, "reaches all Secrets of the namespace", "Bind a Role that names the Secrets")];
}
