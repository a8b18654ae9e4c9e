import { accountOfSubject, podIdentities } from "./aws-identities";
import type { AwsIdentity } from "./aws-identities";
import { contextOf, permitted } from "./aws-requests";
import type { AwsStrangers } from "./aws-strangers";
import type { IamWriters } from "./aws-writers";
import { isMap, strings } from "./estate";
import type { Estate } from "./estate";
import { ABSENT, CHOSEN } from "./iam-conditions";
import type { Context } from "./iam-conditions";
import { evaluate } from "./iam-evaluation";
import type { Verdict } from "./iam-evaluation";
import { covers } from "./iam-policy";
import type { Statement } from "./iam-policy";
import type { Register } from "./register";
import type { Edge, Identity } from "./types";

const ASSUME = "sts:AssumeRole";
const ASSUME_BY_TOKEN = "sts:AssumeRoleWithWebIdentity";

/**
 * Who can become a role or a user: by a trust policy (both sides across accounts), by the token of a service account
 * or a pipeline, by Pod Identity, by changing the trust, and by an access key that a document holds.
 */
export function awsEdges(
    estate: Estate,
    owned: readonly AwsIdentity[],
    strangers: AwsStrangers,
    writers: IamWriters,
    register: Register,
): readonly Edge[] {
    linkIssuers(estate, owned, register);
    const edges: Edge[] = [];
    const add = (from: Identity, to: Identity, { decision, by, reason }: Verdict): void => {
        if (from === to || (decision !== "allowed" && decision !== "undecided")) return;
        edges.push({ from, to, decision, by, ...(reason === undefined ? {} : { reason }) });
    };
    for (const role of owned) {
        for (const [from, verdict] of assumers(role, owned, strangers)) add(from, role, verdict);
        for (const [from, verdict] of tokens(role, register)) add(from, role, verdict);
        const resource = estate.get(role.urn);
        for (const { account, label } of resource === undefined
            ? []
            : podIdentities(estate, resource, role.name))
            for (const from of register.serviceAccounts(`pods of ${role.realm ?? ""}`, account))
                add(from, role, { decision: "allowed", by: [label] });
        for (const from of owned) if (from !== role) add(from, role, writers.mayTakeOver(from, role));
    }
    return edges;
}

/** Principals that the trust policy names, and identities of an account that it leaves the decision to. */
function assumers(
    role: AwsIdentity,
    owned: readonly AwsIdentity[],
    strangers: AwsStrangers,
): readonly (readonly [AwsIdentity, Verdict])[] {
    const opens = role.trust.filter(
        ({ effect, actions }) =>
            effect === "Unreadable" || (effect === "Allow" && covers(actions, ASSUME.toLowerCase())),
    );
    if (opens.length === 0) return [];
    const named = new Set(opens.flatMap(({ principals }) => strangers.of(principals, role.account)));
    const policy = { statements: role.trust, leavesToAccount: false };
    return [...new Set([...owned, ...named])].flatMap((from) => {
        if (from === role) return [];
        const request = { action: ASSUME, resource: role.arn, context: contextOf(from, role) };
        return [[from, permitted(from, policy, request)] as const];
    });
}

/** Subjects whose tokens the trust policy accepts: service accounts, or a pipeline as an identity of its own. */
function tokens(role: AwsIdentity, register: Register): readonly (readonly [Identity, Verdict])[] {
    return role.trust.flatMap((statement) => {
        const { effect, actions, principals } = statement;
        if (effect !== "Allow" || !covers(actions, ASSUME_BY_TOKEN.toLowerCase())) return [];
        return (principals?.federated ?? []).flatMap((provider) => {
            // STS takes tokens by the providers of the role's own account alone.
            if (provider.startsWith("arn:") && provider.split(":")[4] !== role.account) return [];
            const issuer = issuerOf(provider);
            return subjectsOf(statement, issuer).flatMap((subject) =>
                bearers(issuer, subject, register).map((from) => {
                    const context = tokenContext(issuer, subjectOf(from) ?? subject);
                    const request = { action: ASSUME_BY_TOKEN, resource: role.arn, context };
                    const ofProvider = role.trust.filter(
                        (each) => each.effect !== "Allow" || each.principals?.federated.includes(provider),
                    );
                    return [from, evaluate(ofProvider, request)] as const;
                }),
            );
        });
    });
}

/** `oidc.eks.…/id/…` of the ARN of an identity provider. */
const issuerOf = (provider: string): string => provider.replace(/^.*:oidc-provider\//u, "");

/** Without a condition on the subject, everybody with a token of the issuer. */
function subjectsOf({ condition }: Statement, issuer: string): readonly string[] {
    const subjects = Object.values(condition).flatMap((block) =>
        Object.entries(isMap(block) ? block : {}).flatMap(([key, value]) =>
            key.toLowerCase() === `${issuer}:sub`.toLowerCase() ? (strings(value) ?? ["*"]) : [],
        ),
    );
    return subjects.length === 0 ? ["*"] : subjects;
}

function bearers(issuer: string, subject: string, register: Register): readonly Identity[] {
    if (subject.startsWith("system:serviceaccount:"))
        return register.serviceAccounts(issuer, accountOfSubject(subject));
    const stranger = register.add<Identity>({
        system: "aws",
        kind: "token",
        name: `${subject} of ${issuer}`,
        serviceAccounts: [],
    });
    return subject === "*" ? [...register.serviceAccounts(issuer, "*"), stranger] : [stranger];
}

/** As the token of a service account says it; a name that a trust policy leaves open is what it says itself. */
const subjectOf = ({ system, name }: Identity): string | undefined =>
    system === "kubernetes" && name.includes("/")
        ? `system:serviceaccount:${name.replace("/", ":")}`
        : undefined;

/** A bearer chooses the audience; other claims than the subject are not known. */
function tokenContext(issuer: string, subject: string): Context {
    const prefix = `${issuer}:`.toLowerCase();
    return (name) => {
        const key = name.toLowerCase();
        if (key.startsWith("sts:")) return CHOSEN;
        if (!key.startsWith(prefix)) return key.startsWith("aws:principal") ? ABSENT : undefined;
        const claim = key.slice(prefix.length);
        return claim === "sub" ? subject : claim === "aud" ? CHOSEN : undefined;
    };
}

/** A consumer's role and its service account stand under one component: the issuer is that cluster's. */
function linkIssuers(estate: Estate, owned: readonly AwsIdentity[], register: Register): void {
    for (const role of owned) {
        const cluster = register.clusterOf(estate.get(role.urn), estate);
        if (cluster === undefined) continue;
        for (const { principals } of role.trust)
            for (const provider of principals?.federated ?? []) register.link(issuerOf(provider), cluster);
    }
}
