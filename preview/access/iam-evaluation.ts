import { conditionHolds } from "./iam-conditions";
import type { Context, Truth } from "./iam-conditions";
import { covers, coversAll, hasVariable } from "./iam-policy";
import type { Statement } from "./iam-policy";
import type { Answer } from "./types";

/** What a set of statements says about one action on one resource. */
export interface Verdict {
    /** `silent`: no statement speaks of it, so it is denied unless another policy allows it. */
    readonly decision: "allowed" | "denied" | "undecided" | "silent";
    readonly by: readonly string[];
    readonly reason?: string;
}

export const SILENT: Verdict = { decision: "silent", by: [] };

/** One action on one ARN. */
export interface Request {
    readonly action: string;
    /** Undefined where it is known after a deployment only: a doubt wherever a statement names resources. */
    readonly resource: string | undefined;
    readonly context: Context;
}

/**
 * What the statements grant, whatever others of them deny: allowed, undecided or silent.
 *
 * @see AWS, "Policy evaluation logic"
 */
export function allowing(statements: readonly Statement[], request: Request): Verdict {
    const allows: string[] = [];
    let doubt: Verdict | undefined;
    for (const statement of statements) {
        if (statement.effect === "Deny") continue;
        const held = speaksOf(statement, request);
        if (held === "yes") allows.push(statement.label);
        else if (held !== "no") doubt ??= undecided(statement, held.maybe);
    }
    return allows.length > 0 ? { decision: "allowed", by: allows } : (doubt ?? SILENT);
}

/** What the statements take away, whatever others of them grant: denied, undecided or silent. */
export function denying(statements: readonly Statement[], request: Request): Verdict {
    let doubt: Verdict | undefined;
    for (const statement of statements) {
        if (statement.effect === "Allow") continue;
        const held = speaksOf(statement, request);
        if (held === "yes") return { decision: "denied", by: [statement.label], reason: "an explicit Deny" };
        if (held !== "no") doubt ??= undecided(statement, held.maybe);
    }
    return doubt ?? SILENT;
}

/** A Deny that holds wins, then one in doubt, then an Allow. */
export function evaluate(statements: readonly Statement[], request: Request): Verdict {
    return unless(allowing(statements, request), denying(statements, request));
}

/** A grant, unless something denies it: what is denied and was never granted is no news. */
export function unless(grant: Verdict, denial: Verdict): Verdict {
    if (grant.decision === "silent" || grant.decision === "denied") return grant;
    return denial.decision === "silent" ? grant : denial;
}

const undecided = ({ label }: Statement, reason: string): Verdict => ({
    decision: "undecided",
    by: [label],
    reason,
});

function speaksOf(statement: Statement, { action, resource, context }: Request): Truth {
    const { effect, actions, resources, condition } = statement;
    if (effect === "Unreadable") return { maybe: statement.reason ?? "it can't be read" };
    if (!covers(actions, action.toLowerCase())) return "no";
    if (!coversAll(resources)) {
        if (hasVariable(resources)) return { maybe: "a policy variable in Resource differs by request" };
        if (resource === undefined) return { maybe: "the ARN is known after a deployment only" };
        if (!covers(resources, resource)) return "no";
    }
    return conditionHolds(condition, context, effect);
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

/** Several ways to the same end: the one that succeeds counts, then the doubtful one, then a refusal that says why. */
export function best(verdicts: readonly Verdict[]): Verdict {
    const allowed = verdicts.filter(({ decision }) => decision === "allowed");
    const [first] = allowed;
    if (first !== undefined) return { ...first, by: [...new Set(allowed.flatMap(({ by }) => by))] };
    for (const decision of ["undecided", "denied"] as const) {
        const found = verdicts.find((verdict) => verdict.decision === decision);
        if (found !== undefined) return found;
    }
    return SILENT;
}

/** A verdict as an answer; undefined where nobody spoke. */
export function answerOf({ decision, by, reason }: Verdict): Answer | undefined {
    if (decision === "silent") return undefined;
    return { decision, by: [...new Set(by)], ...(reason === undefined ? {} : { reason }) };
}
