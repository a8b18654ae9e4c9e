import type { PropertyValue } from "../engine/values";
import { isMap, nameOf, opened } from "./estate";
import type { Estate } from "./estate";
import type { Identity } from "./types";

const CLASS = "class";
const LABEL = "strongroom.io/class";
const OPERATOR = "operator";

/**
 * Whether somebody is declared to operate secrets, as a pipeline that deploys and the operator that delivers do: what
 * they read is shown as everybody's, and no consumer has to declare it. Each system says it where it can: tags of a role
 * in AWS, the description of a service account in Google Cloud, metadata of a login in Vault, and in Kubernetes the
 * label of the Role that is bound.
 */
export function operatorsOf(estate: Estate): (identity: Identity) => boolean {
    const byUrn = new Set<string>();
    for (const role of estate.ofType("aws:iam/role:Role")) {
        if (valueAt(opened(role, "tags"), CLASS) === OPERATOR) byUrn.add(role.urn);
    }
    for (const account of estate.ofType("gcp:serviceaccount/account:Account")) {
        if (/\boperator\b/iu.test(nameOf(account, "description") ?? "")) byUrn.add(account.urn);
    }
    for (const role of estate.ofTypeLike(/^vault:[^:]+\/authBackendRole:AuthBackendRole$/u)) {
        if (valueAt(opened(role, "aliasMetadata"), CLASS) === OPERATOR) byUrn.add(role.urn);
    }
    const bound = boundAccounts(estate);
    return ({ system, name, urn }) =>
        (urn !== undefined && byUrn.has(urn)) || (system === "kubernetes" && bound.has(name));
}

/** Service accounts outside the stack that are bound to Roles of operators, and to no others. */
function boundAccounts(estate: Estate): ReadonlySet<string> {
    const operates = new Map<string, boolean>();
    for (const binding of estate.ofTypeLike(/^kubernetes:rbac[^:]*:RoleBinding$/u)) {
        const metadata = opened(binding, "metadata");
        const labels = isMap(metadata) ? metadata.labels : undefined;
        const subjects = opened(binding, "subjects");
        const isOperator = valueAt(labels, LABEL) === OPERATOR;
        for (const subject of Array.isArray(subjects) ? (subjects as readonly PropertyValue[]) : []) {
            const account = `${valueAt(subject, "namespace") ?? ""}/${valueAt(subject, "name") ?? ""}`;
            operates.set(account, isOperator && (operates.get(account) ?? true));
        }
    }
    return new Set([...operates].filter(([, each]) => each).map(([account]) => account));
}

function valueAt(map: PropertyValue | undefined, key: string): string | undefined {
    const value = isMap(map) ? map[key] : undefined;
    return typeof value === "string" ? value : undefined;
}
