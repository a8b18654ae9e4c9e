import type { Verb } from "./verbs";
import type { PolicyRule } from "./kubernetes-rbac";

const ALL = ["*"];
const WRITES = ["create", "delete", "deletecollection", "patch", "update"];
const READS = ["get", "list", "watch"];
const rule = (
    label: string,
    apiGroups: readonly string[],
    resources: readonly string[],
    verbs: readonly string[],
): PolicyRule => ({ label, apiGroups, resources, verbs });

const EDIT: readonly PolicyRule[] = [
    rule("edit", [""], ["secrets"], [...READS, ...WRITES]),
    rule("edit", [""], ["serviceaccounts"], ["impersonate", ...READS, ...WRITES]),
    rule("edit", [""], ["serviceaccounts/token"], ["create"]),
    rule("edit", [""], ["pods", "replicationcontrollers"], [...READS, ...WRITES]),
    rule("edit", [""], ["pods/attach", "pods/exec", "pods/portforward", "pods/proxy"], [...READS, ...WRITES]),
    rule(
        "edit",
        ["apps"],
        ["daemonsets", "deployments", "replicasets", "statefulsets"],
        [...READS, ...WRITES],
    ),
    rule("edit", ["batch"], ["cronjobs", "jobs"], [...READS, ...WRITES]),
];

/**
 * Roles that every cluster has, as far as they reach Secrets, tokens, pods and RBAC. `view` reads no Secrets on
 * purpose.
 *
 * @see Kubernetes, "Default roles and role bindings", and `bootstrappolicy/policy.go` of its source
 */
export const BUILT_IN: Readonly<Record<string, readonly PolicyRule[]>> = {
    "cluster-admin": [rule("cluster-admin", ALL, ALL, ALL)],
    admin: [
        ...EDIT.map((each) => ({ ...each, label: "admin" })),
        rule("admin", ["rbac.authorization.k8s.io"], ["rolebindings", "roles"], [...READS, ...WRITES]),
    ],
    edit: EDIT,
    view: [],
    "system:auth-delegator": [],
    "system:basic-user": [],
    "system:discovery": [],
    "system:public-info-viewer": [],
    "system:service-account-issuer-discovery": [],
};

const BOOTSTRAPPING = { "kubernetes.io/bootstrapping": "rbac-defaults" };

/** Labels that a selector of an aggregated ClusterRole can find them by. */
export const BUILT_IN_LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "cluster-admin": BOOTSTRAPPING,
    admin: BOOTSTRAPPING,
    edit: { ...BOOTSTRAPPING, "rbac.authorization.k8s.io/aggregate-to-admin": "true" },
    view: { ...BOOTSTRAPPING, "rbac.authorization.k8s.io/aggregate-to-edit": "true" },
};

/** What does a verb on a Secret: listing and watching return values too (kubernetes/kubernetes#110866). */
export const SECRET_VERBS: Readonly<Partial<Record<Verb, readonly string[]>>> = {
    read: ["get", "list", "watch"],
    list: ["list", "watch"],
    write: ["create", "update", "patch"],
    delete: ["delete", "deletecollection"],
};

/** One right on a resource, as a rule would allow it. */
export interface Right {
    readonly group: string;
    readonly resource: string;
    readonly verbs: readonly string[];
}

const RBAC = "rbac.authorization.k8s.io";

/** Rights that lift the rule that nobody gives more than they have. */
export const UNBOUNDED_GRANTS: readonly Right[] = [
    { group: RBAC, resource: "roles", verbs: ["bind", "escalate"] },
    // A ClusterRole may be bound in a namespace, and who may bind it is asked there.
    { group: RBAC, resource: "clusterroles", verbs: ["bind"] },
    { group: RBAC, resource: "clusterroles", verbs: ["escalate"] },
];

/** Rights with which somebody passes on what they have themselves. */
export const BOUNDED_GRANTS: readonly Right[] = [
    { group: RBAC, resource: "rolebindings", verbs: ["create", "update", "patch"] },
    { group: RBAC, resource: "clusterrolebindings", verbs: ["create", "update", "patch"] },
    { group: RBAC, resource: "roles", verbs: ["create", "update", "patch"] },
    { group: RBAC, resource: "clusterroles", verbs: ["create", "update", "patch"] },
];

const MADE = ["create", "update", "patch"];

/** Rights to run something in a pod: it may run as any service account of the namespace and mount any Secret there. */
export const POD_RIGHTS: readonly Right[] = [
    { group: "", resource: "pods", verbs: ["create"] },
    { group: "", resource: "pods/exec", verbs: ["create", "get"] },
    { group: "", resource: "pods/attach", verbs: ["create", "get"] },
    { group: "", resource: "pods/ephemeralcontainers", verbs: ["update", "patch"] },
    { group: "", resource: "replicationcontrollers", verbs: MADE },
    { group: "apps", resource: "deployments", verbs: MADE },
    { group: "apps", resource: "statefulsets", verbs: MADE },
    { group: "apps", resource: "daemonsets", verbs: MADE },
    { group: "apps", resource: "replicasets", verbs: MADE },
    { group: "batch", resource: "jobs", verbs: MADE },
    { group: "batch", resource: "cronjobs", verbs: MADE },
];

/** Rights over nodes that reach every pod of the cluster. */
export const NODE_RIGHTS: readonly Right[] = [
    { group: "", resource: "nodes/proxy", verbs: ["create", "get"] },
];

/** Rights with which somebody becomes a service account that the rule names. */
export const TOKEN_RIGHTS: readonly Right[] = [
    { group: "", resource: "serviceaccounts/token", verbs: ["create"] },
    { group: "", resource: "serviceaccounts", verbs: ["impersonate"] },
];
