import { CHOSEN_KEYS } from "./aws-actions";
import { accountOfArn, regionOfArn } from "./aws-entries";
import type { AwsEntry } from "./aws-entries";
import type { AwsIdentity } from "./aws-identities";
import type { AwsKey } from "./aws-keys";
import { ABSENT, CHOSEN } from "./iam-conditions";
import type { Context, ContextValue } from "./iam-conditions";
import { allowing, best, denying, evaluate, provided, SILENT, unless } from "./iam-evaluation";
import type { Request, Verdict } from "./iam-evaluation";
import type { Statement } from "./iam-policy";

/** What a request is about, as far as conditions can ask. */
export interface Target {
    readonly arn: string | undefined;
    readonly tags: ReadonlyMap<string, string>;
}

/** Stands for every account but those that are named: what nobody named is equal to nothing. */
const ANOTHER_ACCOUNT = "another account";
const SENT_BY_SERVICE = /^(?:aws:source(?:arn|account|orgid|orgpaths)|kms:viaservice|kms:calleraccount)$/u;

/** What is known of every request that an identity can make about a target. */
export function contextOf(identity: AwsIdentity, { arn, tags }: Target): Context {
    const everybody = identity.name === EVERYBODY;
    const account = everybody ? ANOTHER_ACCOUNT : identity.account;
    return (name): ContextValue => {
        const key = name.toLowerCase();
        const [, tag] = /^(?:aws|secretsmanager|ssm|iam):resourcetag\/(.*)$/u.exec(key) ?? [];
        if (tag !== undefined) return tagged(tags, tag) ?? ABSENT;
        // A session can carry tags that the role does not have.
        if (key.startsWith("aws:principaltag/"))
            return tagged(identity.tags, key.slice("aws:principaltag/".length));
        if (CHOSEN_KEYS.some((each) => each.test(key))) return CHOSEN;
        if (identity.kind === "service" && SENT_BY_SERVICE.test(key)) return CHOSEN;
        switch (key) {
            case "aws:principalaccount":
            case "kms:calleraccount":
                return account;
            case "aws:principalarn":
                if (everybody) return `arn:aws:iam::${ANOTHER_ACCOUNT}:role/somebody`;
                return identity.isStranger && !/:(?:role|user)\//u.test(identity.arn ?? "")
                    ? undefined
                    : identity.arn;
            case "aws:resourceaccount":
                return accountOfArn(arn);
            case "aws:requestedregion":
                return regionOfArn(arn);
            case "aws:securetransport":
                return "true";
            case "aws:principalisawsservice":
                return String(identity.kind === "service");
            case "aws:viaawsservice":
                return "false";
            default:
                return undefined;
        }
    };
}

/** The name of the stranger who is anybody at all, in any account. */
export const EVERYBODY = "everybody";

const tagged = (tags: ReadonlyMap<string, string>, name: string): string | undefined =>
    [...tags].find(([tag]) => tag.toLowerCase() === name)?.[1];

/** The policy of what a request is about. */
export interface ResourcePolicy {
    readonly statements: readonly Statement[];
    /** True where IAM policies of its own account count without being named, as for everything but keys. */
    readonly leavesToAccount: boolean;
    /** What lets somebody in besides statements: a KMS grant. */
    readonly besides?: Verdict;
}

/**
 * Whether somebody may do something, by what is attached to them and what is attached to what they ask for. Within an
 * account one side is enough, across accounts it takes both. A Deny on either side is final.
 */
export function permitted(identity: AwsIdentity, policy: ResourcePolicy, request: Request): Verdict {
    const { statements, leavesToAccount, besides = SILENT } = policy;
    const { isStranger } = identity;
    const spoken = spokenTo(statements, identity);
    const own = isStranger ? SILENT : within(identity, allowing(identity.statements, request), request);
    const direct = allowing(spoken, request);
    const left = allowing(leftToAccount(statements, identity), request);
    const ways = isAcross(identity, request.resource)
        ? [
              provided(
                  isStranger ? ALLOWED : own,
                  best([direct, left, besides]),
                  "the other account does not let it in",
              ),
          ]
        : [
              provided(
                  own,
                  leavesToAccount ? ALLOWED : left,
                  "the key policy does not leave it to IAM policies",
              ),
              // A boundary limits a role whoever grants, and a user as far as IAM policies do.
              identity.kind === "user" ? direct : within(identity, direct, request),
              besides,
          ];
    // Nobody grants it to a stranger here: that its own account may is no news.
    const named = [direct, left, besides].some(({ decision }) => decision !== "silent");
    if (isStranger && !named) return SILENT;
    const denials = [denying(identity.statements, request), denying(spoken, request)];
    const denial =
        denials.find(({ decision }) => decision === "denied") ??
        denials.find(({ decision }) => decision === "undecided");
    return unless(best(ways), denial ?? SILENT);
}

const ALLOWED: Verdict = { decision: "allowed", by: [] };

/** A grant within the permissions boundary, where there is one. */
function within(identity: AwsIdentity, grant: Verdict, request: Request): Verdict {
    return identity.boundary === undefined
        ? grant
        : provided(grant, evaluate(identity.boundary, request), "outside its permissions boundary");
}

/** Where one of the accounts is not known they count as one, which grants more. */
function isAcross({ account, name }: AwsIdentity, arn: string | undefined): boolean {
    const target = accountOfArn(arn);
    return name === EVERYBODY || (account !== undefined && target !== undefined && account !== target);
}

/** Statements of a resource policy that speak to an identity itself; of those to its account, only what denies. */
export function spokenTo(statements: readonly Statement[], identity: AwsIdentity): readonly Statement[] {
    return statements.filter((statement) => {
        const { effect, principals } = statement;
        if (effect === "Unreadable" || principals?.everyone === true) return true;
        const named = principals?.aws.some((each) => isPrincipal(each, identity)) ?? false;
        const service = identity.kind === "service" && principals?.services.includes(identity.name) === true;
        return named || service || (effect === "Deny" && speaksOfAccount(statement, identity));
    });
}

/** What a policy leaves to the account of an identity, whose own policies then decide. */
function leftToAccount(statements: readonly Statement[], identity: AwsIdentity): readonly Statement[] {
    return statements.filter((each) => each.effect === "Allow" && speaksOfAccount(each, identity));
}

/** A principal that is the account stands for whomever the account's own policies allow. */
function speaksOfAccount({ principals }: Statement, { account }: AwsIdentity): boolean {
    return (
        account !== undefined &&
        (principals?.aws.some((each) => each === account || each.endsWith(`::${account}:root`)) ?? false)
    );
}

const isPrincipal = (principal: string, { arn, name }: AwsIdentity): boolean =>
    principal === arn || principal.includes(`:assumed-role/${name}/`);

/**
 * Whether somebody may use a key. It decides by its own policy: IAM policies count only as far as the key policy
 * leaves the decision to the account, as the default policy does.
 *
 * @param via the service that asks for the caller; undefined where the caller asks itself
 * @see AWS KMS, "Key policies in AWS KMS"
 */
export function mayUseKey(
    identity: AwsIdentity,
    key: AwsKey,
    action: string,
    base: Context,
    via: string | undefined,
): Verdict {
    const context: Context = (name) =>
        name.toLowerCase() === "kms:viaservice" ? (via ?? ABSENT) : base(name);
    const grants = key.grants.filter(
        ({ grantee, operations }) =>
            grantee === identity.arn && operations.includes(action.replace("kms:", "")),
    );
    const policy: ResourcePolicy = {
        statements: key.policy ?? [],
        leavesToAccount: key.policy === undefined,
        ...(grants.length > 0 && {
            besides: { decision: "allowed", by: grants.map(({ label }) => label) },
        }),
    };
    return permitted(identity, policy, { action, resource: key.arn, context });
}

/**
 * Whether somebody may use a key in one of the ways that there are: itself, through the stores, or through a service
 * that a statement names.
 */
export function mayUseKeySomehow(
    identity: AwsIdentity,
    key: AwsKey,
    actions: readonly string[],
    context: Context,
): Verdict {
    const region = regionOfArn(key.arn);
    const services = new Set<string | undefined>([
        undefined,
        `secretsmanager.${region}.amazonaws.com`,
        `ssm.${region}.amazonaws.com`,
    ]);
    for (const { condition } of [...identity.statements, ...(key.policy ?? [])])
        for (const text of JSON.stringify(condition).matchAll(/"([a-z0-9-]+\.[a-z0-9-]+\.amazonaws\.com)"/gu))
            services.add(text[1]);
    return best(
        [...services].flatMap((via) =>
            actions.map((action) => {
                const verdict = mayUseKey(identity, key, action, context, via);
                return via === undefined || verdict.decision !== "allowed"
                    ? verdict
                    : { ...verdict, reason: `through ${via}` };
            }),
        ),
    );
}

/** A secret's value is decrypted by its store, for whoever reads it. */
export function mayDecrypt(identity: AwsIdentity, entry: AwsEntry, base: Context): Verdict {
    const { key, service, arn } = entry;
    if (key === undefined) return { decision: "allowed", by: [] };
    const context: Context = (name) => {
        switch (name.toLowerCase()) {
            case "kms:encryptioncontext:secretarn":
                return service === "secretsmanager" ? arn : ABSENT;
            case "kms:encryptioncontext:parameter_arn":
                return service === "ssm" ? arn : ABSENT;
            default:
                return base(name);
        }
    };
    return mayUseKey(identity, key, "kms:Decrypt", context, `${service}.${regionOfArn(arn)}.amazonaws.com`);
}
