import { AwsEntryIndex, awsEntries, pathsAbove } from "./aws-entries";
import type { AwsEntry } from "./aws-entries";
import { awsIdentities } from "./aws-identities";
import type { AwsIdentity } from "./aws-identities";
import { ABSENT } from "./iam-conditions";
import type { Context } from "./iam-conditions";
import { either, evaluate, provided, SILENT } from "./iam-evaluation";
import type { Verdict } from "./iam-evaluation";
import { covers, coversAll, hasVariable } from "./iam-policy";
import type { Statement } from "./iam-policy";
import { order } from "./estate";
import type { Estate } from "./estate";
import { iamPattern } from "./wildcards";
import type { Cell, SystemAccess } from "./types";

/** Actions that return a value; one is enough. `BatchGetSecretValue` needs `GetSecretValue` on each secret. */
const READS = {
    secretsmanager: ["secretsmanager:GetSecretValue"],
    ssm: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParameterHistory"],
} as const;
const READ_BY_PATH = "ssm:GetParametersByPath";
const ALL_READS = [...READS.secretsmanager, ...READS.ssm, READ_BY_PATH].map((action) => action.toLowerCase());

/**
 * Who may read on AWS. What a stack doesn't render is not seen: service control policies, session policies, and who
 * else in the account can change a policy.
 */
export function awsAccess(estate: Estate): SystemAccess {
    const entries = awsEntries(estate);
    const { identities: owned, unattached } = awsIdentities(estate);
    const byArn = new Map(owned.map((identity) => [identity.arn, identity]));
    const index = new AwsEntryIndex(entries);
    const asked = new Map<AwsIdentity, Set<AwsEntry>>();
    const ask = (identity: AwsIdentity, candidates: Iterable<AwsEntry>): void => {
        const known = asked.get(identity) ?? new Set();
        for (const each of candidates) known.add(each);
        asked.set(identity, known);
    };
    for (const identity of owned) ask(identity, candidates(identity.statements, index));
    const strangers = new Map<string, AwsIdentity>();
    for (const entry of entries) {
        for (const principal of grantedPrincipals(entry)) {
            if (principal === "*") for (const each of owned) ask(each, [entry]);
            const identity = byArn.get(principal) ?? strangers.get(principal) ?? stranger(principal);
            if (!byArn.has(principal)) strangers.set(principal, identity);
            ask(identity, [entry]);
        }
    }
    const cells = [...asked].flatMap(([identity, some]) =>
        [...some].flatMap((entry) => cellOf(identity, entry)),
    );
    return {
        identities: [...owned, ...strangers.values()],
        entries,
        cells,
        gaps: [...unattached, ...gaps(estate)],
    };
}

/** A pair that no statement speaks of has no cell, which keeps the matrix as large as what is granted. */
function cellOf(identity: AwsIdentity, entry: AwsEntry): Cell[] {
    const verdict = mayRead(identity, entry);
    if (verdict.decision === "silent") return [];
    const { decision, by, reason } = verdict;
    return [{ identity, entry, decision, by: [...new Set(by)], ...(reason === undefined ? {} : { reason }) }];
}

/** Entries that an identity's own statements may speak of, found by their ARNs' beginnings. */
function candidates(statements: readonly Statement[], index: AwsEntryIndex): Set<AwsEntry> {
    const found = new Set<AwsEntry>();
    const add = (some: readonly AwsEntry[]): void => {
        for (const each of some) found.add(each);
    };
    for (const { effect, actions, resources } of statements) {
        if (effect === "Deny" || !ALL_READS.some((action) => covers(actions, action))) continue;
        if (effect === "Unreadable" || resources.except || coversAll(resources)) {
            add(index.all);
            continue;
        }
        add(index.unnamed);
        for (const pattern of resources.set.patterns) {
            const [fixed = ""] = pattern.text.split("${");
            const wanted = hasVariable(resources) ? iamPattern(`${fixed}*`) : pattern;
            add(index.byArn.matching(wanted));
            if (covers(actions, READ_BY_PATH.toLowerCase())) index.byPathAbove.matching(wanted).forEach(add);
        }
    }
    return found;
}

/** Reading takes a grant by the identity's or the entry's policy, within the boundary, and the key where there is one. */
function mayRead(identity: AwsIdentity, entry: AwsEntry): Verdict {
    const context = contextOf(identity, entry);
    const ask = (action: string, arn: string | undefined): Verdict =>
        provided(
            either(
                granted(identity, action, arn, context),
                evaluate(spokenTo(entry.policy, identity), action, arn, context),
            ),
            boundary(identity, action, arn, context),
            "outside its permissions boundary",
        );
    const reads = [
        ...READS[entry.service].map((action) => ask(action, entry.arn)),
        ...pathsAbove(entry).map((arn) => ask(READ_BY_PATH, arn)),
    ];
    const read = best(reads);
    return entry.key === undefined
        ? read
        : provided(read, mayDecrypt(identity, entry, context), "cannot decrypt");
}

/** Several ways to read: the one that succeeds counts, then the doubtful one, then a refusal that says why. */
function best(verdicts: readonly Verdict[]): Verdict {
    for (const decision of ["allowed", "undecided", "denied"] as const) {
        const found = verdicts.find((verdict) => verdict.decision === decision);
        if (found !== undefined) return found;
    }
    return SILENT;
}

const granted = (identity: AwsIdentity, action: string, arn: string | undefined, context: Context): Verdict =>
    evaluate(identity.statements, action, arn, context);

function boundary(identity: AwsIdentity, action: string, arn: string | undefined, context: Context): Verdict {
    return identity.boundary === undefined
        ? { decision: "allowed", by: [] }
        : evaluate(identity.boundary, action, arn, context);
}

/**
 * A key decides by its own policy: IAM policies count only as far as the key policy leaves the decision to the
 * account, as the default policy does.
 *
 * @see AWS KMS, "Key policies in AWS KMS"
 */
function mayDecrypt(identity: AwsIdentity, { key, service, arn }: AwsEntry, context: Context): Verdict {
    const action = "kms:Decrypt";
    if (key === undefined) return { decision: "allowed", by: [] };
    if (identity.arn !== undefined && key.grantees.includes(identity.arn)) {
        return { decision: "allowed", by: ["a KMS grant"] };
    }
    const kms: Context = (name) => {
        switch (name.toLowerCase()) {
            case "kms:viaservice":
                return `${service}.${arn?.split(":")[3] ?? ""}.amazonaws.com`;
            case "kms:calleraccount":
                return identity.account;
            case "kms:encryptioncontext:secretarn":
                return service === "secretsmanager" ? arn : ABSENT;
            case "kms:encryptioncontext:parameter_arn":
                return service === "ssm" ? arn : ABSENT;
            default:
                return context(name);
        }
    };
    const own = granted(identity, action, key.arn, kms);
    if (key.policy === undefined) return own;
    const direct = evaluate(spokenTo(key.policy, identity), action, key.arn, kms);
    const left = evaluate(
        key.policy.filter(
            (statement) => statement.effect === "Allow" && speaksOfAccount(statement, identity),
        ),
        action,
        key.arn,
        kms,
    );
    return either(provided(own, left, "the key policy does not leave it to IAM policies"), direct);
}

/** Statements of a resource policy that speak to an identity itself; of those to its account, only what denies. */
function spokenTo(statements: readonly Statement[], identity: AwsIdentity): readonly Statement[] {
    return statements.filter((statement) => {
        const { effect, principals } = statement;
        if (effect === "Unreadable" || principals?.everyone === true) return true;
        const named = principals?.aws.some((each) => isPrincipal(each, identity)) ?? false;
        return named || (effect === "Deny" && speaksOfAccount(statement, identity));
    });
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

/** Whom an entry's resource policy lets in. Its own account as a whole leaves the decision to IAM policies. */
function grantedPrincipals({ policy, arn }: AwsEntry): readonly string[] {
    const own = arn?.split(":")[4];
    return policy
        .filter(
            ({ effect, actions }) =>
                effect === "Allow" && ALL_READS.some((action) => covers(actions, action)),
        )
        .flatMap(({ principals }) => [...(principals?.everyone ? ["*"] : []), ...(principals?.aws ?? [])])
        .filter(
            (principal) => principal !== own && !(own !== undefined && principal.endsWith(`::${own}:root`)),
        );
}

const accountOf = (principal: string): string | undefined =>
    principal.startsWith("arn:") ? principal.split(":")[4] : principal;

/** Somebody whom a resource policy lets in and the stack does not own. */
function stranger(principal: string): AwsIdentity {
    return {
        system: "aws",
        kind: "principal",
        name: principal === "*" ? "everybody" : principal,
        serviceAccounts: [],
        arn: principal,
        account: principal === "*" ? undefined : accountOf(principal),
        tags: new Map(),
        statements: [],
    };
}

/** What is known of every request that this identity can make for this entry. */
function contextOf(identity: AwsIdentity, entry: AwsEntry): Context {
    return (name) => {
        const key = name.toLowerCase();
        const [, tag] = /^(?:aws|secretsmanager|ssm):resourcetag\/(.*)$/u.exec(key) ?? [];
        if (tag !== undefined) return tagged(entry.tags, tag) ?? ABSENT;
        // A session can carry tags that the role does not have.
        if (key.startsWith("aws:principaltag/"))
            return tagged(identity.tags, key.slice("aws:principaltag/".length));
        switch (key) {
            case "aws:principalaccount":
                return identity.account;
            case "aws:principalarn":
                return identity.kind === "principal" ? undefined : identity.arn;
            case "aws:resourceaccount":
                return entry.arn?.split(":")[4];
            case "aws:requestedregion":
                return entry.arn?.split(":")[3];
            case "aws:securetransport":
                return "true";
            case "aws:principalisawsservice":
            case "aws:viaawsservice":
                return "false";
            default:
                return undefined;
        }
    };
}

const tagged = (tags: ReadonlyMap<string, string>, name: string): string | undefined =>
    [...tags].find(([tag]) => tag.toLowerCase() === name)?.[1];

/** Kinds of grant that would change an answer and are not read: better named than passed over. */
function gaps(estate: Estate): readonly string[] {
    return estate
        .ofTypeLike(
            /^aws:iam\/(?:group|rolePolicyAttachmentsExclusive|rolePoliciesExclusive|userGroupMembership)/u,
        )
        .map(({ type, name }) => `${type} '${name}' is not evaluated`)
        .sort(order);
}
