import type { Checked } from "../rule";
import type { Property } from "./property";

export function rulesOf({ props }: Checked): Property[] {
    return props.at("rules").itemsOrUnknown();
}

/**
 * True when an RBAC rule reaches a resource: by name, by a wildcard, of a subresource also by `pods/*` and by
 * `*` + `/exec`. Groups left out count as the core group: the API server would refuse the rule, but a policy must not
 * let it pass for that.
 *
 * @param resource `secrets`, or a subresource as `pods/exec`; a right to the whole is none to its parts.
 */
export function reaches(rule: Property, group: string, resource: string): boolean {
    const groups = rule.at("apiGroups").texts();
    const isGroup = groups.length === 0 ? group === "" : groups.some((one) => one === group || one === "*");
    const [whole = "", part] = resource.split("/");
    const spellings = part === undefined ? [whole, "*"] : [resource, "*", `${whole}/*`, `*/${part}`, "*/*"];
    return (
        isGroup &&
        rule
            .at("resources")
            .texts()
            .some((one) => spellings.includes(one))
    );
}

/** True when an RBAC rule reaches Secrets; `secrets/…`, which no API server has, counts as Secrets. */
export function reachesSecrets(rule: Property): boolean {
    if (reaches(rule, "", "secrets")) return true;
    const groups = rule.at("apiGroups").texts();
    const core = groups.length === 0 || groups.some((group) => group === "" || group === "*");
    return (
        core &&
        rule
            .at("resources")
            .texts()
            .some((resource) => /^(?:secrets|\*)\//.test(resource))
    );
}

/** True when an RBAC rule allows one of the verbs, by name or by the wildcard. */
export function allows(rule: Property, verbs: readonly string[]): boolean {
    return rule
        .at("verbs")
        .texts()
        .some((verb) => verb === "*" || verbs.includes(verb));
}

/** True when an RBAC rule is about listed objects only; an empty name or a wildcard among them names none. */
export function namesObjects(rule: Property): boolean {
    const names = rule.at("resourceNames").texts();
    return names.length > 0 && names.every((name) => name !== "" && !name.includes("*"));
}
