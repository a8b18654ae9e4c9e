import { addTo } from "../../components/domain/grouped";
import { ABOUT_ALL, actionsOf, ALL_ACTIONS, BY_PATH } from "./aws-actions";
import { AwsEntryIndex, awsEntries, pathsAbove } from "./aws-entries";
import type { AwsEntry } from "./aws-entries";
import { awsIdentities } from "./aws-identities";
import type { AwsIdentity } from "./aws-identities";
import { contextOf, mayDecrypt, mayUseKeySomehow, permitted } from "./aws-requests";
import { awsRotators } from "./aws-rotators";
import { AwsStrangers } from "./aws-strangers";
import { awsEdges } from "./aws-trust";
import { IamWriters, mentions } from "./aws-writers";
import type { Estate } from "./estate";
import { answerOf, best, provided, SILENT } from "./iam-evaluation";
import type { Verdict } from "./iam-evaluation";
import { covers, coversAll, hasVariable } from "./iam-policy";
import type { Statement } from "./iam-policy";
import type { Register } from "./register";
import { iamPattern } from "./wildcards";
import type { Answer, Authority } from "./types";
import type { Verb } from "./verbs";

/**
 * Who may do what on AWS, by identity policies, boundaries, resource policies and key policies. The evaluation of one
 * question asks every statement; the index leaves out entries that no statement which allows something covers.
 */
export function awsAuthority(estate: Estate, register: Register): Authority<AwsIdentity, AwsEntry> {
    const entries = awsEntries(estate);
    const { identities, gaps } = awsIdentities(estate);
    const rotators = awsRotators(estate);
    const owned = [...identities, ...rotators.identities].map((each) => register.add(each));
    const strangers = new AwsStrangers(owned, register);
    const granted = grantedByPolicies(entries, strangers);
    const index = new AwsEntryIndex(entries);
    const writers = new IamWriters(estate, owned);
    const edges = awsEdges(estate, owned, strangers, writers, register);
    return {
        identities: () => [...owned, ...strangers.all()],
        entries,
        gaps: [...gaps, ...rotators.gaps],
        edges: () => edges,
        answer: (identity, entry, verb) => answer(identity, entry, verb, writers),
        candidates(identity) {
            const found = candidates(identity.statements, index);
            for (const each of granted.get(identity) ?? []) found.add(each);
            for (const each of granted.get("everybody") ?? []) found.add(each);
            // Whoever may write policies may grant anything in the account.
            if (writers.mayGrant(identity).decision !== "silent")
                for (const [account, some] of index.byAccount)
                    if (sameAccount(identity.account, account)) for (const each of some) found.add(each);
            return found;
        },
    };
}

/** Without an account, known after a deployment only, both count as one. */
const sameAccount = (a: string | undefined, b: string | undefined): boolean =>
    a === undefined || b === undefined || a === b;

/** Entries whose own policy, key policy or grants let somebody in, by whom: their own account as a whole aside. */
function grantedByPolicies(
    entries: readonly AwsEntry[],
    strangers: AwsStrangers,
): ReadonlyMap<AwsIdentity | "everybody", readonly AwsEntry[]> {
    const found = new Map<AwsIdentity | "everybody", AwsEntry[]>();
    for (const entry of entries) {
        const statements = entry.service === "kms" ? (entry.key?.policy ?? []) : entry.policy;
        for (const { effect, actions, principals } of statements) {
            if (effect === "Unreadable") addTo(found, "everybody", entry);
            if (effect !== "Allow" || !ALL_ACTIONS.some((action) => covers(actions, action))) continue;
            if (principals?.everyone) addTo(found, "everybody", entry);
            for (const each of strangers.of(principals, entry.realm)) addTo(found, each, entry);
        }
        for (const { grantee } of entry.service === "kms" ? (entry.key?.grants ?? []) : [])
            if (grantee !== undefined) addTo(found, strangers.byArn(grantee), entry);
    }
    return found;
}

/** Entries that an identity's own statements may speak of, found by their ARNs' beginnings. */
function candidates(statements: readonly Statement[], index: AwsEntryIndex): Set<AwsEntry> {
    const found = new Set<AwsEntry>();
    const add = (some: readonly AwsEntry[]): void => {
        for (const each of some) found.add(each);
    };
    for (const { effect, actions, resources } of statements) {
        if (effect === "Deny" || !ALL_ACTIONS.some((action) => covers(actions, action))) continue;
        // Actions about all there is are granted on `*`: a pattern that covers that text covers every entry.
        const aboutAll = coversAll(resources) || covers(resources, "*");
        if (effect === "Unreadable" || resources.except || aboutAll || hasVariable(resources)) {
            add(index.all);
            continue;
        }
        add(index.unnamed);
        for (const pattern of resources.set.patterns) {
            const wanted = pattern.text.includes("${")
                ? iamPattern(`${pattern.text.split("${")[0] ?? ""}*`)
                : pattern;
            add(index.byArn.matching(wanted));
            if (covers(actions, BY_PATH.toLowerCase())) index.byPathAbove.matching(wanted).forEach(add);
        }
    }
    return found;
}

function answer(identity: AwsIdentity, entry: AwsEntry, verb: Verb, writers: IamWriters): Answer | undefined {
    const asked = entry.service === "kms" ? onKey(identity, entry, verb) : onValue(identity, entry, verb);
    if (verb !== "grant" || !sameAccount(identity.account, entry.realm)) return answerOf(asked);
    return answerOf(best([asked, writers.mayGrant(identity)]));
}

function onKey(identity: AwsIdentity, entry: AwsEntry, verb: Verb): Verdict {
    const key = entry.key ?? { arn: entry.arn, grants: [] };
    return mayUseKeySomehow(identity, key, actionsOf("kms", verb), contextOf(identity, entry));
}

/** It takes a grant by the identity's or the entry's policy, within the boundary; reading takes the key as well. */
function onValue(identity: AwsIdentity, entry: AwsEntry, verb: Verb): Verdict {
    const actions = actionsOf(entry.service, verb).filter(
        (action) => entry.policy.length > 0 || mentions(identity, action),
    );
    if (actions.length === 0) return SILENT;
    const context = contextOf(identity, entry);
    const policy = { statements: entry.policy, leavesToAccount: true };
    const verdict = best(
        actions.flatMap((action) =>
            (action === BY_PATH
                ? pathsAbove(entry)
                : [ABOUT_ALL.has(action) ? aboutAll(identity, entry) : entry.arn]
            ).map((resource) => permitted(identity, policy, { action, resource, context })),
        ),
    );
    return verb === "read" && entry.key !== undefined
        ? provided(verdict, mayDecrypt(identity, entry, context), "cannot decrypt")
        : verdict;
}

/** Listing is about one's own account. */
const aboutAll = ({ account }: AwsIdentity, entry: AwsEntry): string =>
    sameAccount(account, entry.realm) ? "*" : "another account's";
