import { addTo } from "../../components/domain/grouped";
import type { PropertyMap, PropertyValue } from "../engine/values";
import type { RenderedResource } from "../rendering";
import { clusterOf } from "./clusters";
import { hasUnknown, isMap, listOf, mapOf, opened, strings } from "./estate";
import type { Estate } from "./estate";
import { BUILT_IN, BUILT_IN_LABELS, NODE_RIGHTS } from "./kubernetes-roles";
import type { Right } from "./kubernetes-roles";

/** One rule of a role. */
export interface PolicyRule {
    readonly label: string;
    readonly verbs: readonly string[];
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    /** Undefined: all of them. */
    readonly names?: readonly string[];
    /** Set where it may give anything: what it says is not known, or not here. */
    readonly doubt?: string;
}

/** A rule, with whom a binding gives it to and where. */
export interface BoundRule extends PolicyRule {
    readonly cluster: string;
    /** Undefined: the whole cluster. */
    readonly namespace?: string;
    readonly subjects: readonly PropertyValue[];
}

const RBAC = /^kubernetes:rbac\.authorization\.k8s\.io\/[^:]+:/u;
const ANY = ["*"];

/**
 * Whether a rule allows a verb on a resource (`pods`, `pods/exec`), on one of a name or on all. A rule that names
 * objects says nothing of requests without a name, such as creating and deleting a collection.
 *
 * @see Kubernetes, "Using RBAC Authorization", and `RuleAllows` of its authorizer
 */
export function allows(
    rule: PolicyRule,
    verb: string,
    group: string,
    resource: string,
    name?: string,
): boolean {
    const [, subresource] = resource.split("/");
    return (
        has(rule.verbs, verb) &&
        has(rule.apiGroups, group) &&
        (has(rule.resources, resource) ||
            (subresource !== undefined && rule.resources.includes(`*/${subresource}`))) &&
        (rule.names === undefined || (name !== undefined && rule.names.includes(name)))
    );
}

const has = (list: readonly string[], wanted: string): boolean => list.includes(wanted) || list.includes("*");

/** Whether a rule gives a right on something: a name that it is held to is a name of some object. */
export function mayDo(rule: BoundRule, { group, resource, verbs }: Right): boolean {
    const { names, ...unnamed } = rule;
    return verbs.some((verb) => {
        const withoutName = verb === "create" && !resource.includes("/");
        return allows(names !== undefined && withoutName ? rule : unnamed, verb, group, resource);
    });
}

/** Whether it reaches every pod of its cluster: nodes stand outside namespaces. */
export const overNodes = (rule: BoundRule): boolean =>
    rule.namespace === undefined && NODE_RIGHTS.some((right) => mayDo(rule, right));

/** The rules that bindings give to somebody. A RoleBinding to a ClusterRole gives it in its namespace. */
export function boundRules(estate: Estate): readonly BoundRule[] {
    const roles = new Roles(estate);
    const bindings = estate.ofTypeLike(new RegExp(`${RBAC.source}(?:Cluster)?RoleBinding$`, "u"));
    return bindings.flatMap((binding) => {
        const cluster = clusterOf(estate, binding);
        const { namespace } = metadataOf(binding);
        const place = binding.type.endsWith("ClusterRoleBinding") ? {} : { namespace };
        return roles.referred(binding, cluster, namespace).map((rule) => ({
            ...rule,
            ...place,
            cluster,
            label: `${rule.label} by ${binding.name}`,
            subjects: subjectsOf(binding),
        }));
    });
}

/** Subjects that are not known as a whole are somebody all the same. */
function subjectsOf(binding: RenderedResource): readonly PropertyValue[] {
    const subjects = opened(binding, "subjects");
    if (subjects === undefined || subjects === null) return [];
    return Array.isArray(subjects) ? (subjects as readonly PropertyValue[]) : [subjects];
}

/** Roles of all clusters with their rules, gathered ones included. */
class Roles {
    readonly #rules = new Map<string, readonly PolicyRule[]>();
    readonly #clusterRoles = new Map<string, RenderedResource[]>();

    constructor(estate: Estate) {
        for (const role of estate.ofTypeLike(new RegExp(`${RBAC.source}(?:Cluster)?Role$`, "u"))) {
            const cluster = clusterOf(estate, role);
            const { name, namespace } = metadataOf(role);
            const isClusterRole = role.type.endsWith("ClusterRole");
            if (isClusterRole) addTo(this.#clusterRoles, cluster, role);
            this.#rules.set(`${cluster} ${isClusterRole ? "" : namespace}/${name}`, ownRules(role));
        }
    }

    /** The rules of the role that a binding names, of a stack or of every cluster; a doubt if it is neither. */
    referred(binding: RenderedResource, cluster: string, namespace: string): readonly PolicyRule[] {
        const reference = opened(binding, "roleRef");
        const { kind, name } = isMap(reference) ? reference : ({} as PropertyMap);
        if (typeof kind !== "string" || typeof name !== "string") return [unknownRule(binding.name)];
        if (kind === "ClusterRole") return this.#clusterRole(cluster, name, new Set());
        return this.#rules.get(`${cluster} ${namespace}/${name}`) ?? [absent(kind, name)];
    }

    /** A controller replaces the rules of a ClusterRole that gathers others; those it gathers may gather too. */
    #clusterRole(cluster: string, name: string, seen: ReadonlySet<string>): readonly PolicyRule[] {
        if (seen.has(name)) return [];
        const within = new Set([...seen, name]);
        const role = this.#clusterRoles.get(cluster)?.find((each) => metadataOf(each).name === name);
        const selectors =
            role === undefined ? builtInSelectors(name) : selectorsOf(opened(role, "aggregationRule"));
        if (selectors === "unknown") return [unknownRule(role?.name ?? name)];
        const own = role === undefined ? BUILT_IN[name] : this.#rules.get(`${cluster} /${name}`);
        if (own === undefined) return [absent("ClusterRole", name)];
        const gathered = (selectors ?? []).flatMap((selector) => this.#gathered(cluster, selector, within));
        return role !== undefined && selectors !== undefined ? gathered : [...own, ...gathered];
    }

    #gathered(cluster: string, selector: Selector, within: ReadonlySet<string>): readonly PolicyRule[] {
        const declared = (this.#clusterRoles.get(cluster) ?? []).flatMap((role) => {
            const { name } = metadataOf(role);
            const labels = mapOf(opened(role, "metadata")).labels;
            if (hasUnknown(labels) && !within.has(name)) return [unknownRule(role.name)];
            return selector(textLabels(labels)) ? this.#clusterRole(cluster, name, within) : [];
        });
        const builtIn = Object.entries(BUILT_IN_LABELS).flatMap(([name, labels]) =>
            selector(new Map(Object.entries(labels))) ? this.#clusterRole(cluster, name, within) : [],
        );
        return [...declared, ...builtIn];
    }
}

type Selector = (labels: ReadonlyMap<string, string>) => boolean;

const textLabels = (labels: PropertyValue | undefined): ReadonlyMap<string, string> =>
    new Map(
        Object.entries(mapOf(labels)).flatMap(([key, value]): [string, string][] =>
            typeof value === "string" ? [[key, value]] : [],
        ),
    );

/** `admin`, `edit` and `view` gather every ClusterRole that is labelled for them. */
const builtInSelectors = (name: string): readonly Selector[] | undefined =>
    ["admin", "edit", "view"].includes(name)
        ? [(labels) => labels.get(`rbac.authorization.k8s.io/aggregate-to-${name}`) === "true"]
        : undefined;

/** The selectors of an aggregation rule; undefined where there is none. */
function selectorsOf(rule: PropertyValue | undefined): readonly Selector[] | undefined | "unknown" {
    if (rule === undefined || rule === null) return undefined;
    const list = mapOf(rule).clusterRoleSelectors ?? [];
    if (!isMap(rule) || !Array.isArray(list) || hasUnknown(list)) return "unknown";
    const selectors = (list as readonly PropertyValue[]).map(selectorOf);
    return selectors.every((each) => each !== undefined) ? selectors : "unknown";
}

/** Labels that must be equal, and expressions that must hold; none of them matches everything. */
function selectorOf(value: PropertyValue): Selector | undefined {
    const { matchLabels, matchExpressions, ...others } = mapOf(value);
    if (!isMap(value) || Object.keys(others).length > 0) return undefined;
    const equal = Object.entries(mapOf(matchLabels));
    const expressions = listOf(matchExpressions).map((each) => {
        const { key, operator, values } = mapOf(each);
        const wanted = strings(values ?? []);
        return typeof key === "string" && wanted !== undefined ? { key, operator, wanted } : undefined;
    });
    if (expressions.some((each) => each === undefined)) return undefined;
    const known = expressions.flatMap((each) => each ?? []);
    if (known.some(({ operator }) => typeof operator !== "string" || !OPERATORS.includes(operator)))
        return undefined;
    return (labels) =>
        equal.every(([key, text]) => labels.get(key) === text) &&
        known.every(({ key, operator, wanted }) => {
            const actual = labels.get(key);
            if (operator === "Exists") return actual !== undefined;
            if (operator === "DoesNotExist") return actual === undefined;
            const among = actual !== undefined && wanted.includes(actual);
            return operator === "In" ? among : !among;
        });
}

const OPERATORS = ["In", "NotIn", "Exists", "DoesNotExist"];

/** All rules of a role are looked at, since each adds to the others. */
function ownRules(role: RenderedResource): readonly PolicyRule[] {
    const rules = opened(role, "rules");
    if (rules === undefined || rules === null) return [];
    if (!Array.isArray(rules)) return [unknownRule(role.name)];
    return (rules as readonly PropertyValue[]).map((rule, index) => {
        const label = `${role.name}[${index}]`;
        if (!isMap(rule) || hasUnknown(rule)) return unknownRule(label);
        const [verbs, apiGroups, resources, names] = ["verbs", "apiGroups", "resources", "resourceNames"].map(
            (property) => strings(rule[property] ?? []),
        );
        if (!verbs || !apiGroups || !resources || !names) return unknownRule(label);
        return { label, verbs, apiGroups, resources, ...(names.length > 0 ? { names } : {}) };
    });
}

/** Whatever it holds, it may give: the doubt is about everything that the binding reaches. */
const unknownRule = (label: string): PolicyRule => ({
    label,
    verbs: ANY,
    apiGroups: ANY,
    resources: ANY,
    doubt: `'${label}' holds a value known after a deployment only, or one that is not evaluated here`,
});

const absent = (kind: string, name: string): PolicyRule => ({
    ...unknownRule(name),
    doubt: `${kind} '${name}' is not part of this stack`,
});

export function metadataOf(resource: RenderedResource): {
    readonly name: string;
    readonly namespace: string;
} {
    const { name, namespace } = mapOf(opened(resource, "metadata"));
    return {
        name: typeof name === "string" ? name : resource.name,
        namespace: typeof namespace === "string" ? namespace : "default",
    };
}
