import type { PropertyMap, PropertyValue } from "../engine/values";
import type { RenderedResource } from "../rendering";
import { hasUnknown, isMap, opened, strings } from "./estate";
import type { Estate } from "./estate";

/** What one rule of a role gives on Secrets. */
interface SecretRule {
    readonly label: string;
    /** The reading verbs it has. */
    readonly verbs: readonly string[];
    /** Undefined: all of them. */
    readonly names?: readonly string[];
    readonly doubt?: string;
}

/** A rule, with whom a binding gives it to and where. */
export interface BoundRule extends SecretRule {
    /** Undefined: the whole cluster. */
    readonly namespace?: string;
    readonly subjects: readonly PropertyValue[];
}

const READING = ["get", "list", "watch"];
const WHOLE = /^kubernetes:rbac\.authorization\.k8s\.io\/[^:]+:/u;

/** Roles that every cluster has. `view` reads no Secrets on purpose. */
const BUILT_IN: Readonly<Record<string, readonly SecretRule[]>> = {
    "cluster-admin": [{ label: "cluster-admin", verbs: READING }],
    admin: [{ label: "admin", verbs: READING }],
    edit: [{ label: "edit", verbs: READING }],
    view: [],
};

/** The rules on Secrets by `<namespace>/<role>`, or `/<role>` for a ClusterRole. */
export function rulesByRole(estate: Estate): ReadonlyMap<string, readonly SecretRule[]> {
    const roles = estate.ofTypeLike(new RegExp(`${WHOLE.source}(?:Cluster)?Role$`, "u"));
    return new Map(
        roles.map((role) => {
            const { name, namespace } = metadataOf(role);
            return [
                role.type.endsWith("ClusterRole") ? `/${name}` : `${namespace}/${name}`,
                secretRules(role),
            ];
        }),
    );
}

/** The rules that reach Secrets. All rules of a role are looked at, since each adds to the others. */
function secretRules(role: RenderedResource): readonly SecretRule[] {
    if (opened(role, "aggregationRule") !== undefined) {
        return [{ label: role.name, verbs: READING, doubt: "the ClusterRole takes its rules from others" }];
    }
    const rules = opened(role, "rules");
    if (rules === undefined) return [];
    if (!Array.isArray(rules)) return [unknownRule(role.name)];
    return (rules as readonly PropertyValue[]).flatMap((rule, index) => {
        const label = `${role.name}[${index}]`;
        if (
            !isMap(rule) ||
            hasUnknown(rule.apiGroups) ||
            hasUnknown(rule.resources) ||
            hasUnknown(rule.verbs)
        ) {
            return [unknownRule(label)];
        }
        const has = (property: string, ...wanted: string[]): boolean =>
            (strings(rule[property] ?? []) ?? []).some((each) => wanted.includes(each));
        const verbs = READING.filter((verb) => has("verbs", verb, "*"));
        if (!has("apiGroups", "", "*") || !has("resources", "secrets", "*") || verbs.length === 0) return [];
        if (hasUnknown(rule.resourceNames)) return [unknownRule(label)];
        const names = strings(rule.resourceNames ?? []) ?? [];
        return [{ label, verbs, ...(names.length > 0 ? { names } : {}) }];
    });
}

/** Whatever it holds, it may read: the doubt is about every Secret that the binding reaches. */
const unknownRule = (label: string): SecretRule => ({
    label,
    verbs: READING,
    doubt: `'${label}' holds a value known after a deployment only`,
});

/** The rules on Secrets that bindings give to somebody. A RoleBinding to a ClusterRole gives it in its namespace. */
export function boundRules(
    estate: Estate,
    rules: ReadonlyMap<string, readonly SecretRule[]>,
): readonly BoundRule[] {
    const bindings = estate.ofTypeLike(new RegExp(`${WHOLE.source}(?:Cluster)?RoleBinding$`, "u"));
    return bindings.flatMap((binding) => {
        const { namespace } = metadataOf(binding);
        const place = binding.type.endsWith("ClusterRoleBinding") ? {} : { namespace };
        const subjects = opened(binding, "subjects");
        const list = Array.isArray(subjects) ? (subjects as readonly PropertyValue[]) : [];
        return referred(binding, namespace, rules).map((rule) => ({
            ...rule,
            ...place,
            label: `${rule.label} by ${binding.name}`,
            subjects: list,
        }));
    });
}

/** The rules of the role that a binding names, of the stack or of every cluster; a doubt if it is neither. */
function referred(
    binding: RenderedResource,
    namespace: string,
    rules: ReadonlyMap<string, readonly SecretRule[]>,
): readonly SecretRule[] {
    const reference = opened(binding, "roleRef");
    const { kind, name } = isMap(reference) ? reference : ({} as PropertyMap);
    if (typeof kind !== "string" || typeof name !== "string") return [unknownRule(binding.name)];
    const found = rules.get(`${kind === "ClusterRole" ? "" : namespace}/${name}`);
    const builtIn = kind === "ClusterRole" ? BUILT_IN[name] : undefined;
    return (
        found ??
        builtIn ?? [{ label: name, verbs: READING, doubt: `${kind} '${name}' is not part of this stack` }]
    );
}

function metadataOf(resource: RenderedResource): { readonly name: string; readonly namespace: string } {
    const metadata = opened(resource, "metadata");
    const { name, namespace } = isMap(metadata) ? metadata : ({} as PropertyMap);
    return {
        name: typeof name === "string" ? name : resource.name,
        namespace: typeof namespace === "string" ? namespace : "default",
    };
}
