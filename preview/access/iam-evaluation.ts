import { conditionHolds } from "./iam-conditions";
import type { Context, Truth } from "./iam-conditions";
import { covers, coversAll, hasVariable } from "./iam-policy";
import type { Statement } from "./iam-policy";

/** What a set of statements says about one action on one resource. */
export interface Verdict {
    /** `silent`: no statement speaks of it, so it is denied unless another policy allows it. */
    readonly decision: "allowed" | "denied" | "undecided" | "silent";
    readonly by: readonly string[];
    readonly reason?: string;
    /** True if what is undecided could turn out to be a Deny, which no Allow elsewhere outweighs. */
    readonly mayDeny?: boolean;
}

export const SILENT: Verdict = { decision: "silent", by: [] };

/**
 * A Deny that holds wins, then an Allow that holds; where the answer hangs on something that is not known, it is
 * undecided.
 *
 * @param resource the ARN; undefined where it is known after a deployment only, which leaves a doubt wherever a
 * statement names resources.
 * @see AWS, "Policy evaluation logic"
 */
export function evaluate(
    statements: readonly Statement[],
    action: string,
    resource: string | undefined,
    context: Context,
): Verdict {
    const allows: string[] = [];
    let mayAllow: Verdict | undefined;
    let mayDeny: Verdict | undefined;
    for (const statement of statements) {
        const { effect, label } = statement;
        const held = speaksOf(statement, action, resource, context);
        if (held === "no") continue;
        if (held !== "yes") {
            const doubt: Verdict = { decision: "undecided", by: [label], reason: held.maybe };
            if (effect !== "Deny") mayAllow ??= doubt;
            if (effect !== "Allow") mayDeny ??= { ...doubt, mayDeny: true };
        } else if (effect === "Deny") {
            return { decision: "denied", by: [label], reason: "an explicit Deny" };
        } else {
            allows.push(label);
        }
    }
    if (mayDeny !== undefined) return allows.length > 0 || mayAllow !== undefined ? mayDeny : SILENT;
    return allows.length > 0 ? { decision: "allowed", by: allows } : (mayAllow ?? SILENT);
}

function speaksOf(
    statement: Statement,
    action: string,
    resource: string | undefined,
    context: Context,
): Truth {
    const { effect, actions, resources, condition } = statement;
    if (effect === "Unreadable") return { maybe: statement.reason ?? "it can't be read" };
    if (!covers(actions, action.toLowerCase())) return "no";
    if (!coversAll(resources)) {
        if (hasVariable(resources)) return { maybe: "a policy variable in Resource differs by request" };
        if (resource === undefined) return { maybe: "the ARN is known after a deployment only" };
        if (!covers(resources, resource)) return "no";
    }
    return conditionHolds(condition, context);
}

/** Policies that grant independently of one another: one Allow is enough, one Deny is final. */
export function either(...verdicts: readonly Verdict[]): Verdict {
    const having = (wanted: Verdict["decision"]): Verdict[] =>
        verdicts.filter(({ decision }) => decision === wanted);
    const [denied] = having("denied");
    if (denied !== undefined) return denied;
    const undecided = having("undecided");
    const allowed = having("allowed");
    const doubt =
        undecided.find(({ mayDeny }) => mayDeny) ?? (allowed.length === 0 ? undecided[0] : undefined);
    if (doubt !== undefined) return doubt;
    return allowed.length === 0 ? SILENT : { decision: "allowed", by: allowed.flatMap(({ by }) => by) };
}

/** A grant that counts only as far as something else allows it too, e.g. a permissions boundary or a key. */
export function provided(grant: Verdict, limit: Verdict, otherwise: string): Verdict {
    if (grant.decision === "silent" || grant.decision === "denied") return grant;
    switch (limit.decision) {
        case "allowed":
            return grant.decision === "allowed" ? { ...grant, by: [...grant.by, ...limit.by] } : grant;
        case "undecided":
            return { ...limit, reason: `${otherwise}? ${limit.reason ?? ""}`.trim() };
        case "denied":
            return { ...limit, reason: `${otherwise}: ${limit.reason ?? "denied"}` };
        case "silent":
            return { decision: "denied", by: grant.by, reason: otherwise };
    }
}
