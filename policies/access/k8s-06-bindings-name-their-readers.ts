import type { Property } from "../reading/property";
import { each, violation, type Finding, type ResourceRule } from "../rule";

const GROUP = "kubernetes:rbac.authorization.k8s.io:";

/** Groups that hold everybody, all service accounts, or who is above RBAC. */
const WIDE_GROUP = /^system:(?:authenticated|unauthenticated|masters|serviceaccounts(?::.*)?)$/;
/** Also as a user's name, which is how the API server knows a service account. */
const DEFAULT_ACCOUNT = /^system:serviceaccount:[^:]*:default$/;

/**
 * A binding to everybody binds nobody in particular: each pod without a service account of its own runs as `default`,
 * and a group of the system holds whoever comes. RBAC knows no wildcards in names; one that stands there is somebody's
 * mistake, or another authorizer's rule. An unknown subject is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "K8S-06",
    name: "k8s-06-bindings-name-their-readers",
    description: "No binding to the default service account, to groups of the system, or to a wildcard.",
    severity: "critical",
    remediationSteps: "Bind a service account that was made for the purpose.",
    url: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege",
    peers: ["Checkov", "Trivy", "KICS", "Kyverno"],
    types: new Set([`${GROUP}RoleBinding`, `${GROUP}ClusterRoleBinding`]),
    check: ({ props }) => each(props.at("subjects").itemsOrUnknown(), checkSubject),
};

function checkSubject(subject: Property): Finding[] {
    const problem = problemOf(subject);
    return problem === undefined
        ? []
        : [violation(subject, problem, "Bind a service account made for the purpose")];
}

function problemOf(subject: Property): string | undefined {
    const kind = subject.at("kind").text();
    const name = subject.at("name").text() ?? "";
    if (name === "" || name.includes("*")) return "names nobody in particular";
    switch (kind) {
        case "ServiceAccount":
            return name === "default"
                ? "is the default service account, which every pod without one of its own runs as"
                : undefined;
        case "Group":
            return WIDE_GROUP.test(name) ? "is a group that the system fills" : undefined;
        case "User":
            if (name === "system:anonymous") return "is everybody who does not say who they are";
            return DEFAULT_ACCOUNT.test(name)
                ? "is the default service account, which every pod without one of its own runs as"
                : undefined;
        default:
            return "is of no kind that RBAC knows";
    }
}
