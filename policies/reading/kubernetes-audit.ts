import { createRequire } from "node:module";
import type * as yaml from "yaml";
import type { Checked } from "../rule";
import type { Property } from "./property";
import { secretValues } from "./secret-values";
import { VALUE_PROPERTIES } from "./types";

const COMPONENT = "strongroom:audit:KubernetesAuditPolicy";
const CONFIG_MAP = "kubernetes:core:ConfigMap";

/** Where an audit policy of an API server may stand. */
export const AUDIT_POLICY_TYPES: ReadonlySet<string> = new Set([
    COMPONENT,
    CONFIG_MAP,
    ...VALUE_PROPERTIES.keys(),
]);

/** The audit policies that a resource holds: the component's as declared, and those found in texts, as YAML or JSON. */
export function auditPolicies(resource: Checked): Property[] {
    if (resource.type === COMPONENT) return [resource.props.at("policy")];
    return textsOf(resource).flatMap(({ at, text }) => {
        if (!text.includes("audit.k8s.io")) return [];
        const document = at.holding(text).parsed(parseYaml);
        return document?.at("kind").text() === "Policy" ? [document] : [];
    });
}

function textsOf(resource: Checked): { readonly at: Property; readonly text: string }[] {
    if (resource.type !== CONFIG_MAP) return secretValues(resource);
    return resource.props
        .at("data")
        .entries()
        .flatMap(({ property: at }) => {
            const text = at.text();
            return text === undefined ? [] : [{ at, text }];
        });
}

/** What requests are about. */
export interface RequestKind {
    /** The API group, "" for the core. */
    readonly group: string;
    /** `secrets`, or with a subresource `serviceaccounts/token`. */
    readonly resource: string;
}

/** Whether a rule is about none of the requests for a kind, about some or about all of them. */
export function coverageOf(rule: Property, kind: RequestKind): "none" | "some" | "all" {
    const resources = rule.at("resources").items();
    const others = rule.at("nonResourceURLs").items();
    if (resources.length === 0) {
        if (others.length > 0) return "none";
        return isLimited(rule) ? "some" : "all";
    }
    const matching = resources.filter((each) => isAbout(each, kind));
    if (matching.length === 0) return "none";
    const whole = matching.some((each) => each.at("resourceNames").items().length === 0);
    return whole && !isLimited(rule) ? "all" : "some";
}

/** Some of all requests: of certain people, verbs or namespaces. */
function isLimited(rule: Property): boolean {
    return ["users", "userGroups", "verbs", "namespaces"].some((key) => rule.at(key).items().length > 0);
}

/** @see Kubernetes API, audit.k8s.io/v1, GroupResources: an empty list is every resource of the group */
function isAbout(entry: Property, { group, resource }: RequestKind): boolean {
    if ((entry.at("group").text() ?? "") !== group) return false;
    const patterns = entry.at("resources").items();
    if (patterns.length === 0) return true;
    const [name = "", subresource] = resource.split("/");
    return patterns.some((each) => {
        const pattern = each.text() ?? "*";
        const [wantedName, wantedSubresource] = pattern.split("/");
        if (pattern === "*") return true;
        if (wantedName !== "*" && wantedName !== name) return false;
        return wantedSubresource === "*" ? true : wantedSubresource === subresource;
    });
}

/** JSON is YAML. The parser is loaded at its first use, which most stacks don't have: it costs a tenth of the start. */
function parseYaml(text: string): unknown {
    const { parse } = createRequire(__filename)("yaml") as typeof yaml;
    return parse(text) as unknown;
}
