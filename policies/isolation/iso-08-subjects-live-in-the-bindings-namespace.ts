import type { Property } from "../reading/property";
import {
    each,
    listSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

/**
 * What a Role gives stays in its namespace: whoever is bound lives there. Operators that serve many namespaces are
 * exceptions by name. Users and groups live in no namespace and are refused, but for the names that the API server
 * gives to service accounts.
 *
 * @see Kubernetes, "Role Based Access Control Good Practices", and "Authenticating" on service accounts' names
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ISO-08",
    name: "iso-08-subjects-live-in-the-bindings-namespace",
    description: "Whoever a RoleBinding binds lives in the binding's own namespace.",
    severity: "high",
    remediationSteps: "Bind a service account of the same namespace, or list the operator's in the settings.",
    url: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    peers: [],
    settings: {
        operators: {
            type: "array",
            items: { type: "string" },
            default: ["external-secrets/external-secrets"],
            description: "Service accounts that may be bound in any namespace, as namespace/name.",
        },
    },
    types: new Set(["kubernetes:rbac.authorization.k8s.io:RoleBinding"]),
    check,
};

function check({ props }: Checked, { settings }: Context): readonly Finding[] {
    const operators = listSetting(settings, "operators");
    return each(props.at("subjects").itemsOrUnknown(), (subject) => {
        const account = accountOf(subject);
        if (operators.includes(account)) return [];
        const namespace = props.at("metadata", "namespace").text();
        if (namespace !== undefined && account.startsWith(`${namespace}/`)) return [];
        const fix = "Bind a service account of the binding's namespace, and name that namespace";
        return [violation(subject, "lives outside the binding's namespace", fix)];
    });
}

/** `<namespace>/<name>`; with `*` for all of a namespace; empty for whoever lives in none. */
function accountOf(subject: Property): string {
    const kind = subject.at("kind").text();
    const name = subject.at("name").text() ?? "";
    if (kind === "ServiceAccount") {
        const namespace = subject.at("namespace").text() ?? "";
        return namespace === "" || name === "" ? "" : `${namespace}/${name}`;
    }
    const user = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
    if (kind === "User" && user !== null) return `${user[1] ?? ""}/${user[2] ?? ""}`;
    const group = /^system:serviceaccounts:([^:]+)$/.exec(name);
    return kind === "Group" && group !== null ? `${group[1] ?? ""}/*` : "";
}
