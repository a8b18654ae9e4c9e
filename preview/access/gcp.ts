import { addTo } from "../../components/domain/grouped";
import type { RenderedResource } from "../rendering";
import { nameOf, order } from "./estate";
import type { Estate } from "./estate";
import { ACCOUNT, bindings } from "./gcp-bindings";
import type { Binding, GcpAccount } from "./gcp-bindings";
import { gcpEntries, Hierarchy, projectOf } from "./gcp-entries";
import type { GcpEntry } from "./gcp-entries";
import { BECOMES, includesOne, PERMISSIONS, roleGives } from "./gcp-roles";
import type { Register } from "./register";
import type { Answer, Authority, Edge, Identity } from "./types";
import type { Verb } from "./verbs";

/** Members of everybody's policies, whom every service account is among. */
const EVERYBODY = ["allUsers", "allAuthenticatedUsers"];
const POOL = /^serviceAccount:([^[\]]+\.svc\.id\.goog)\[(.+)\]$/u;

/**
 * Who may do what in GCP, by bindings on a secret, a key, its ring, a service account, and on the project, folders and
 * organization above, which inherit downwards.
 *
 * @see Google Cloud, "Access control with IAM" of Secret Manager
 */
export function gcpAuthority(estate: Estate, register: Register): Authority<Identity, GcpEntry> {
    const entries = gcpEntries(estate);
    const declared = estate.ofType(ACCOUNT).map((account) => accountOf(estate, account));
    const accounts = declared.map(({ account }) => account);
    const all = bindings(estate, entries, accounts);
    const hierarchy = new Hierarchy(estate);
    linkPools(estate, all, register);
    const owned = new Map(
        declared.map(({ account, identity }) => {
            const actors = all.filter(
                (each) => reaches(each, account, hierarchy) !== "no" && POOL.test(each.member),
            );
            const names = actors.map(({ member }) => POOL.exec(member)?.[2] ?? "").sort(order);
            return [account.email, register.add({ ...identity, serviceAccounts: [...new Set(names)] })];
        }),
    );
    const byMember = new Map<string, Binding[]>();
    const identityOf = (member: string): Identity =>
        owned.get(member.replace(/^serviceAccount:/u, "")) ?? register.add(stranger(member));
    for (const each of all) {
        addTo(byMember, each.member, each);
        // A token of a cluster is no member that asks by itself: it becomes a service account first.
        if (!POOL.test(each.member)) identityOf(each.member);
    }
    const bindingsOf = ({ kind, name }: Identity): readonly Binding[] =>
        [
            kind === "service account" ? `serviceAccount:${name}` : name,
            ...(EVERYBODY.includes(name) ? [] : EVERYBODY),
        ].flatMap((member) => byMember.get(member) ?? []);
    const actorsOf = (member: string): readonly Identity[] => {
        const [, pool, name] = POOL.exec(member) ?? [];
        return pool === undefined || name === undefined
            ? [identityOf(member)]
            : register.serviceAccounts(pool, name);
    };
    const edges = accounts.flatMap((account) => {
        const to = owned.get(account.email);
        return to === undefined ? [] : edgesTo(estate, account, to, all, hierarchy, actorsOf);
    });
    return {
        identities: () => register.of("gcp"),
        entries,
        gaps: [],
        edges: () => edges,
        answer: (identity, entry, verb) =>
            joined(bindingsOf(identity).flatMap((each) => answerOf(estate, each, entry, verb, hierarchy))),
        candidates: (identity) => {
            const own = bindingsOf(identity);
            return entries.filter((entry) => own.some((each) => reaches(each, entry, hierarchy) !== "no"));
        },
    };
}

/** Whether a binding is about a secret, a key or an account; a doubt says why nobody knows. */
function reaches(
    { reach }: Binding,
    target: GcpEntry | GcpAccount,
    hierarchy: Hierarchy,
): "yes" | "no" | { readonly doubt: string } {
    const project = "realm" in target || "store" in target ? target.realm : target.project;
    switch (reach.of) {
        case "things":
            return reach.urns.has(target.urn) ? "yes" : "no";
        case "project":
            if (reach.project === undefined || project === undefined)
                return { doubt: "which project it is about is known after a deployment only" };
            return reach.project === project ? "yes" : "no";
        case "above": {
            const is =
                reach.node === undefined || project === undefined
                    ? undefined
                    : hierarchy.isAbove(reach.node, project);
            if (is === undefined)
                return { doubt: `whether the project is below ${reach.node ?? "it"} is not declared` };
            return is ? "yes" : "no";
        }
    }
}

/** What one binding says: nothing, or an answer. */
function answerOf(
    estate: Estate,
    binding: Binding,
    entry: GcpEntry,
    verb: Verb,
    hierarchy: Hierarchy,
): readonly Answer[] {
    const wanted = PERMISSIONS[entry.kind === "key" ? "key" : "secret"][verb] ?? [];
    return decided(estate, binding, reaches(binding, entry, hierarchy), wanted);
}

function decided(
    estate: Estate,
    { role, label, conditional }: Binding,
    reach: ReturnType<typeof reaches>,
    wanted: readonly string[],
): readonly Answer[] {
    const gives = roleGives(estate, role);
    if (reach === "no" || ("permissions" in gives && !includesOne(gives.permissions, wanted))) return [];
    const by = [`${label} (${role})`];
    const doubt =
        (reach === "yes" ? undefined : reach.doubt) ??
        (conditional ? "the binding has a condition" : undefined) ??
        ("doubt" in gives ? gives.doubt : undefined);
    return [doubt === undefined ? { decision: "allowed", by } : { decision: "undecided", by, reason: doubt }];
}

/** Bindings only add: one that allows settles it. */
function joined(answers: readonly Answer[]): Answer | undefined {
    const allowed = answers.filter(({ decision }) => decision === "allowed");
    return allowed.length === 0
        ? answers[0]
        : { decision: "allowed", by: [...new Set(allowed.flatMap(({ by }) => by))] };
}

function edgesTo(
    estate: Estate,
    account: GcpAccount,
    to: Identity,
    all: readonly Binding[],
    hierarchy: Hierarchy,
    actorsOf: (member: string) => readonly Identity[],
): readonly Edge[] {
    return all.flatMap((binding) =>
        decided(estate, binding, reaches(binding, account, hierarchy), BECOMES).flatMap((answer) =>
            actorsOf(binding.member)
                .filter((from) => from !== to)
                .map((from): Edge => ({ from, to, ...answer })),
        ),
    );
}

/** A consumer's service account and its Google account stand under one component: the pool is that cluster's. */
function linkPools(estate: Estate, all: readonly Binding[], register: Register): void {
    const byLabel = new Map(
        estate.ofTypeLike(/^gcp:serviceaccount\/iAM/u).map((grant) => [grant.name, grant]),
    );
    for (const { member, label } of all) {
        const [, pool] = POOL.exec(member) ?? [];
        const cluster = register.clusterOf(byLabel.get(label), estate);
        if (pool !== undefined && cluster !== undefined) register.link(pool, cluster);
    }
}

function accountOf(
    estate: Estate,
    account: RenderedResource,
): { readonly account: GcpAccount; readonly identity: Identity } {
    const email = nameOf(account, "email") ?? `${nameOf(account, "accountId") ?? account.name}@unknown`;
    const fromEmail = /@([^.]+)\.iam\.gserviceaccount\.com$/u.exec(email)?.[1];
    return {
        account: { urn: account.urn, email, project: fromEmail ?? projectOf(estate, account) },
        identity: {
            system: "gcp",
            kind: "service account",
            name: email,
            urn: account.urn,
            ...estate.home(account),
            serviceAccounts: [],
        },
    };
}

/** A person, a group, `allUsers`: whom a binding names and no stack owns. */
const stranger = (member: string): Identity => ({
    system: "gcp",
    kind: "member",
    name: member,
    serviceAccounts: [],
});
