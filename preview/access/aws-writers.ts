import { IAM_BECOMES, IAM_GRANTS } from "./aws-actions";
import type { AwsIdentity } from "./aws-identities";
import { contextOf, permitted } from "./aws-requests";
import { nameOf, opened, textsOf } from "./estate";
import type { Estate } from "./estate";
import { best, SILENT } from "./iam-evaluation";
import type { Verdict } from "./iam-evaluation";
import { covers, coversAll } from "./iam-policy";

const IAM_POLICY = { statements: [], leavesToAccount: true } as const;

/**
 * Who may write IAM policies. Whoever changes what one role, user or policy of an account gives may grant anything
 * there, so that one such right is `grant` on every entry and key of the account.
 */
export class IamWriters {
    readonly #policies: readonly { readonly arn: string; readonly tags: ReadonlyMap<string, string> }[];
    readonly #known = new Map<AwsIdentity, Verdict>();

    constructor(
        estate: Estate,
        readonly owned: readonly AwsIdentity[],
    ) {
        this.#policies = estate.ofType("aws:iam/policy:Policy").flatMap((policy) => {
            const arn = nameOf(policy, "arn");
            return arn === undefined ? [] : [{ arn, tags: textsOf(opened(policy, "tags")) }];
        });
    }

    mayGrant(identity: AwsIdentity): Verdict {
        const known = this.#known.get(identity) ?? this.#mayGrant(identity);
        this.#known.set(identity, known);
        return known;
    }

    /** Whether an identity can make itself another: by its trust policy, or by keys and passwords of its own. */
    mayTakeOver(identity: AwsIdentity, other: AwsIdentity): Verdict {
        if (other.kind !== "role" && other.kind !== "user") return SILENT;
        const context = contextOf(identity, other);
        const actions = IAM_BECOMES[other.kind].filter((action) => mentions(identity, action));
        return best(
            actions.map((action) =>
                permitted(identity, IAM_POLICY, { action, resource: other.arn, context }),
            ),
        );
    }

    #mayGrant(identity: AwsIdentity): Verdict {
        const verdicts = Object.entries(IAM_GRANTS).flatMap(([kind, actions]) =>
            actions
                .filter((action) => mentions(identity, action))
                .flatMap((action) =>
                    this.#targets(identity, kind, action).map((target) =>
                        permitted(identity, IAM_POLICY, {
                            action,
                            resource: target.arn,
                            context: contextOf(identity, target),
                        }),
                    ),
                ),
        );
        const verdict = best(verdicts);
        return verdict.decision === "allowed"
            ? { ...verdict, reason: "it may write policies of the account" }
            : verdict;
    }

    /** Those that are declared, and one of each name that a statement leaves open. */
    #targets(
        identity: AwsIdentity,
        kind: string,
        action: string,
    ): readonly { readonly arn: string | undefined; readonly tags: ReadonlyMap<string, string> }[] {
        const declared = this.owned.filter(
            (each) =>
                each.kind === kind && (identity.account === undefined || each.account === identity.account),
        );
        const account = identity.account ?? "000000000000";
        const made = `arn:aws:iam::${account}:${kind}/undeclared`;
        const named = identity.statements
            .filter(({ effect, actions }) => effect === "Allow" && covers(actions, action.toLowerCase()))
            .flatMap(({ resources }) =>
                coversAll(resources) || resources.except
                    ? [made]
                    : resources.set.patterns.map(({ text }) =>
                          text.replace(/\*/gu, "undeclared").replace(/\?/gu, "x"),
                      ),
            )
            .map((arn) => (arn === "undeclared" ? made : arn))
            .filter((arn) => arn.startsWith("arn:"));
        return [
            ...declared,
            ...(kind === "policy" ? this.#policies : []),
            ...named.map((arn) => ({ arn, tags: new Map<string, string>() })),
        ];
    }
}

const mentioned = new WeakMap<AwsIdentity, Map<string, boolean>>();

/** Whether anything that is attached to an identity may grant an action at all: of most actions nothing does. */
export function mentions(identity: AwsIdentity, action: string): boolean {
    const known = mentioned.get(identity) ?? new Map<string, boolean>();
    mentioned.set(identity, known);
    const before = known.get(action);
    if (before !== undefined) return before;
    const found = identity.statements.some(
        ({ effect, actions }) =>
            effect === "Unreadable" || (effect === "Allow" && covers(actions, action.toLowerCase())),
    );
    known.set(action, found);
    return found;
}
