import type { Checked } from "../rule";
import type { Property } from "./property";

export function rulesOf({ props }: Checked): Property[] {
    return props.at("rules").itemsOrUnknown();
}

/**
 * True when an RBAC rule reaches Secrets. Groups left out count as the core group: the API server would refuse the
 * rule, but a policy must not let it pass for that.
 */
export function reachesSecrets(rule: Property): boolean {
    const groups = rule.at("apiGroups").texts();
    const resources = rule.at("resources").texts();
    const core = groups.length === 0 || groups.some((group) => group === "" || group === "*");
    return core && resources.some((resource) => /^(?:secrets|\*)(?:\/.*)?$/.test(resource));
}
