import { addTo } from "../../components/domain/grouped";
import { order, placeOf, stackOf, strings } from "./estate";
import type { Estate } from "./estate";
import type { AccessFinding, AccessMatrix, Cell, Edge, Entry, Gap, Identity, System } from "./types";
import type { Verb } from "./verbs";
import { VERBS } from "./verbs";

const SYSTEM_OF_STORE: Readonly<Record<string, System>> = {
    "aws-secrets-manager": "aws",
    "aws-parameter-store": "aws",
    "gcp-secret-manager": "gcp",
    vault: "vault",
    kubernetes: "kubernetes",
};

type Access = Omit<AccessMatrix, "findings">;

/** A consumer with what it says that it reads. */
interface Reader {
    readonly consumer: string;
    readonly place: string;
    readonly serviceAccount: string;
    readonly reads: ReadonlySet<string>;
}

/**
 * Where what the consumers declare and what the grants give disagree: a reader that can't read, somebody who may read
 * without having said so or who may do more, and anybody of another environment; and what could not be decided.
 */
export function findingsOf(estate: Estate, access: Access, gaps: readonly Gap[]): readonly AccessFinding[] {
    const readers = consumers(estate, access.stack);
    const declared = new Map<string, Set<string>>();
    for (const { serviceAccount, reads } of readers) {
        const known = declared.get(serviceAccount) ?? new Set();
        for (const document of reads) known.add(document);
        declared.set(serviceAccount, known);
    }
    const findings = [
        ...unreadable(estate, access, readers),
        ...exceedingAll(access, declared, (identity) => accountsOf(estate, identity)),
        ...undecided(access.cells, access.edges),
        ...gaps.map(({ place, message, fix }): AccessFinding => ({
            kind: "not-evaluated",
            who: place,
            what: "everything",
            message,
            place,
            fix,
        })),
    ];
    return findings.sort((a, b) => order(a.kind, b.kind) || order(a.who, b.who) || order(a.what, b.what));
}

function consumers(estate: Estate, stack: string): readonly Reader[] {
    return estate.ofType("strongroom:delivery:Consumer").flatMap((each) => {
        const { namespace, serviceAccount } = each.inputs;
        if (typeof namespace !== "string" || typeof serviceAccount !== "string" || stackOf(each) !== stack)
            return [];
        const reads = new Set(strings(each.inputs.reads ?? []) ?? []);
        const account = `${namespace}/${serviceAccount}`;
        return [{ consumer: each.name, place: placeOf(each), serviceAccount: account, reads }];
    });
}

/** Who acts as an identity: those it trusts, or, where an operator asks for it, the consumer that it is declared for. */
function accountsOf(estate: Estate, { serviceAccounts, urn }: Identity): readonly string[] {
    if (serviceAccounts.length > 0) return serviceAccounts;
    const account = estate.serviceAccountOf(estate.get(urn));
    return account === undefined ? [] : [account];
}

/**
 * Declared readers that neither their service account nor whom it can become lets in. Only the document's own store
 * counts: the Secret that a sync makes of it is mounted by the kubelet, for which the service account needs no right.
 */
function unreadable(estate: Estate, access: Access, readers: readonly Reader[]): readonly AccessFinding[] {
    const wanted = new Map<string, Entry[]>();
    for (const entry of access.entries)
        for (const document of entry.isReplica === true ? [] : entry.documents)
            addTo(wanted, `${entry.store} ${document}`, entry);
    const answers = new Map<Entry, Cell[]>();
    for (const cell of access.cells) if (cell.verb === "read") addTo(answers, cell.entry, cell);
    const stores = new Map(
        estate
            .ofType("strongroom:secrets:Document")
            .filter((each) => stackOf(each) === access.stack)
            .map((each) => [each.name, each.inputs.store]),
    );
    const isOf = (identity: Identity, account: string): boolean =>
        (identity.stack === undefined || identity.stack === access.stack) &&
        ((identity.system === "kubernetes" && identity.name === account) ||
            estate.serviceAccountOf(estate.get(identity.urn)) === account);
    return readers.flatMap(({ consumer, place, serviceAccount, reads }) =>
        [...reads].flatMap((document): AccessFinding[] => {
            const store = stores.get(document);
            const system = typeof store === "string" ? SYSTEM_OF_STORE[store] : undefined;
            const entries = typeof store === "string" ? (wanted.get(`${store} ${document}`) ?? []) : [];
            const own = (entry: Entry): readonly Cell[] =>
                (answers.get(entry) ?? []).filter(({ identity }) => isOf(identity, serviceAccount));
            const missing = entries.filter((entry) =>
                own(entry).every(({ decision }) => decision !== "allowed"),
            );
            const [first] = missing;
            if (first === undefined || system === undefined) return [];
            const acts = access.identities.filter(
                (each) =>
                    each.system === system &&
                    (each.serviceAccounts.includes(serviceAccount) || isOf(each, serviceAccount)),
            );
            const cell =
                own(first)[0] ?? (answers.get(first) ?? []).find(({ identity }) => acts.includes(identity));
            const none = acts.length === 0 ? `it has no ${system} identity` : "no statement allows it";
            const part =
                missing.length === entries.length ? "" : `, ${missing.length} of ${entries.length} entries`;
            const doubt = cell?.decision === "undecided";
            const verb = doubt ? "may be unable to read" : "cannot read";
            return [
                {
                    kind: doubt ? "undecided" : "cannot-read",
                    who: consumer,
                    what: document,
                    message: `${consumer} declares that it reads ${document} and ${verb} ${first.path}${part}: ${cell?.reason ?? none}`,
                    place,
                    fix: `Let an identity of service account ${serviceAccount} read it, or take it out of what the consumer reads`,
                },
            ];
        }),
    );
}

const MORE: ReadonlySet<Verb> = new Set(["write", "rotate", "delete", "grant"]);

/** What comes by becoming somebody is told where that one is in order: else the cause is told, and not who has it too. */
function exceedingAll(
    { cells, stack, operators: some }: Access,
    declared: ReadonlyMap<string, ReadonlySet<string>>,
    accounts: (identity: Identity) => readonly string[],
): readonly AccessFinding[] {
    const told = new Map<Entry, Set<Identity>>();
    const operators = new Set(some);
    return [...cells]
        .sort((a, b) => a.via.length - b.via.length)
        .flatMap((cell) => {
            const found = exceeding(cell, accounts(cell.identity), stack, declared, operators);
            const known = told.get(cell.entry) ?? new Set();
            if (found.length > 0) told.set(cell.entry, known.add(cell.identity));
            return cell.via.some((each) => known.has(each)) ? [] : found;
        });
}

/** What an answer gives beyond what is declared: at most one finding, the gravest. */
function exceeding(
    cell: Cell,
    accounts: readonly string[],
    stack: string,
    declared: ReadonlyMap<string, ReadonlySet<string>>,
    operators: ReadonlySet<Identity>,
): readonly AccessFinding[] {
    const { identity, entry, verb, decision } = cell;
    if (decision !== "allowed") return [];
    const how = `${identity.name} may ${verb} ${entry.path}${wayOf(cell)}`;
    const finding = (
        kind: AccessFinding["kind"],
        what: string,
        message: string,
        fix: string,
    ): readonly AccessFinding[] => [
        { kind, who: identity.name, what, message, place: cell.by.join(", "), fix },
    ];
    if (identity.environment !== undefined && identity.environment !== entry.environment) {
        const text = `${how}, and belongs to ${identity.environment}`;
        return finding("foreign", entry.path, text, "Name only identities and entries of one environment");
    }
    if (operators.has(identity)) return [];
    const isConsumer = accounts.some((account) => declared.has(account));
    if (MORE.has(verb) && isConsumer && (identity.stack ?? stack) === stack) {
        const text = `${how} (${VERBS[verb]}), and consumers only read`;
        return finding("more-than-reading", entry.path, text, "Take the right out of the statement");
    }
    if (verb !== "read" || !entry.isSecret) return [];
    const extra = undeclared(accounts, entry, declared);
    if (extra === undefined) return [];
    const why =
        entry.documents.length === 0
            ? "no document stands behind it"
            : `nobody declares that it reads ${extra}`;
    const text = `${how}, and ${why}`;
    const fix = "Name in the statement only what is declared, or declare the reader in the catalogue";
    return finding("undeclared-read", extra, text, fix);
}

const wayOf = ({ via }: Cell): string =>
    via.length === 0 ? "" : ` via ${via.map(({ kind, name }) => `${kind} ${name}`).join(", ")}`;

/**
 * The document, or path, that an identity reads without a declaration. An identity that several service accounts share
 * must be declared by each of them; one that none can assume is declared by nobody.
 */
function undeclared(
    accounts: readonly string[],
    entry: Entry,
    declared: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
    const all = (says: (account: string) => boolean): boolean => accounts.length > 0 && accounts.every(says);
    if (entry.documents.length === 0) {
        const own = entry.madeFor !== undefined && all((account) => account === entry.madeFor);
        return own ? undefined : entry.path;
    }
    return entry.documents.find(
        (document) => !all((account) => declared.get(account)?.has(document) ?? false),
    );
}

/** Doubts where they arise, a finding for each statement and identity, however many entries it leaves open. */
function undecided(cells: readonly Cell[], edges: readonly Edge[]): readonly AccessFinding[] {
    const groups = new Map<string, Cell[]>();
    for (const cell of cells)
        if (cell.decision === "undecided" && cell.via.length === 0)
            addTo(
                groups,
                `${cell.identity.system} ${cell.identity.name} ${cell.by.join()} ${cell.reason ?? ""}`,
                cell,
            );
    const open = [...groups.values()].flatMap((group): AccessFinding[] => {
        const [first] = group;
        if (first === undefined) return [];
        const { identity, entry, by, reason = "" } = first;
        const others = new Set(group.map((each) => each.entry)).size - 1;
        const verbs = [...new Set(group.map(({ verb }) => verb))].join(", ");
        const more = others === 0 ? "" : ` and ${others} more`;
        return [
            {
                kind: "undecided",
                who: identity.name,
                what: entry.documents[0] ?? entry.path,
                message: `${identity.name} may be able to ${verbs} ${entry.path}${more} (${reason})`,
                place: by.length === 0 ? `${identity.kind} ${identity.name}` : by.join(", "),
                fix: "Say it so that it can be decided before a deployment: known names, and conditions on known keys",
            },
        ];
    });
    const trust = edges
        .filter(({ decision }) => decision === "undecided")
        .map(({ from, to, by, reason = "" }): AccessFinding => ({
            kind: "undecided",
            who: from.name,
            what: to.name,
            message: `${from.name} may be able to become ${to.name} (${reason})`,
            place: by.join(", "),
            fix: "Say it so that it can be decided before a deployment: known names, and conditions on known keys",
        }));
    return [...open, ...trust];
}
