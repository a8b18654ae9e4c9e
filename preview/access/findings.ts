import { strings } from "./estate";
import type { Estate } from "./estate";
import { order } from "./estate";
import { operatorsOf } from "./operators";
import type { AccessFinding, Cell, Entry, Identity, SystemAccess, System } from "./types";

const SYSTEM_OF_STORE: Readonly<Record<string, System>> = {
    "aws-secrets-manager": "aws",
    "aws-parameter-store": "aws",
    "gcp-secret-manager": "gcp",
    vault: "vault",
    kubernetes: "kubernetes",
};

/** A consumer with what it says that it reads. */
interface Reader {
    readonly consumer: string;
    readonly serviceAccount: string;
    readonly reads: ReadonlySet<string>;
}

/**
 * Where what the consumers declare and what the grants give disagree: a reader that can't read (which a bound that
 * only denies would hide), and somebody who may read without having said so.
 */
export function findingsOf(estate: Estate, access: SystemAccess): readonly AccessFinding[] {
    const readers = consumers(estate);
    const declared = new Map<string, Set<string>>();
    for (const { serviceAccount, reads } of readers) {
        const known = declared.get(serviceAccount) ?? new Set();
        for (const document of reads) known.add(document);
        declared.set(serviceAccount, known);
    }
    const isOperator = operatorsOf(estate);
    const cells = access.cells.filter(({ identity }) => !isOperator(identity));
    const findings = [...unreadable(estate, access, readers), ...undeclared(cells, declared)];
    return findings.sort((a, b) => order(a.kind, b.kind) || order(a.who, b.who) || order(a.what, b.what));
}

function consumers(estate: Estate): readonly Reader[] {
    return estate.ofType("strongroom:delivery:Consumer").flatMap(({ name, inputs }) => {
        const { namespace, serviceAccount } = inputs;
        if (typeof namespace !== "string" || typeof serviceAccount !== "string") return [];
        const reads = new Set(strings(inputs.reads ?? []) ?? []);
        return [{ consumer: name, serviceAccount: `${namespace}/${serviceAccount}`, reads }];
    });
}

/**
 * Declared readers that none of their identities lets in. Only the document's own store counts: the Secret that a
 * sync makes of it is mounted by the kubelet, for which the service account needs no right of its own.
 */
function unreadable(
    estate: Estate,
    { identities, entries, cells }: SystemAccess,
    readers: readonly Reader[],
): readonly AccessFinding[] {
    const byAccount = grouped(identities, ({ serviceAccounts }) => serviceAccounts);
    const byDocument = grouped(entries, ({ documents }) => documents);
    const answers = new Map<Identity, Map<Entry, Cell>>();
    for (const cell of cells) {
        const row = answers.get(cell.identity) ?? new Map<Entry, Cell>();
        answers.set(cell.identity, row.set(cell.entry, cell));
    }
    const stores = new Map(
        estate.ofType("strongroom:secrets:Document").map((each) => [each.name, each.inputs.store]),
    );
    return readers.flatMap(({ consumer, serviceAccount, reads }) =>
        [...reads].flatMap((document): AccessFinding[] => {
            const store = stores.get(document);
            const system = typeof store === "string" ? SYSTEM_OF_STORE[store] : undefined;
            const own = (byAccount.get(serviceAccount) ?? []).filter((each) => each.system === system);
            const wanted = (byDocument.get(document) ?? []).filter((entry) => entry.store === store);
            const missing = wanted.filter((entry) =>
                own.every((identity) => answers.get(identity)?.get(entry)?.decision !== "allowed"),
            );
            const [first] = missing;
            if (first === undefined || system === undefined) return [];
            const cell = own.flatMap((identity) => answers.get(identity)?.get(first) ?? [])[0];
            const why =
                cell?.reason ??
                (own.length === 0 ? `it has no ${system} identity` : "no statement allows it");
            const kind = cell?.decision === "undecided" ? "undecided" : "cannot-read";
            const part =
                missing.length === wanted.length ? "" : `, ${missing.length} of ${wanted.length} entries`;
            const verb = kind === "undecided" ? "may be unable to read" : "cannot read";
            return [
                {
                    kind,
                    who: consumer,
                    what: document,
                    message: `${consumer} declares that it reads ${document} and ${verb} ${first.path}${part}: ${why}`,
                },
            ];
        }),
    );
}

/**
 * Identities that may read what no consumer behind them has declared. An identity that several service accounts share
 * must be declared by each of them; one that none can assume is declared by nobody.
 */
function undeclared(
    cells: readonly Cell[],
    declared: ReadonlyMap<string, ReadonlySet<string>>,
): readonly AccessFinding[] {
    return cells.flatMap(({ identity, entry, decision, by, reason }): AccessFinding[] => {
        if (decision === "denied" || !entry.isSecret) return [];
        const accounts = identity.serviceAccounts;
        const own = entry.documents.length === 0 && entry.madeFor !== undefined;
        if (own && accounts.length > 0 && accounts.every((account) => account === entry.madeFor)) return [];
        const known = (document: string): boolean =>
            accounts.length > 0 && accounts.every((account) => declared.get(account)?.has(document) ?? false);
        const extra = entry.documents.filter((document) => !known(document));
        if (extra.length === 0 && entry.documents.length > 0) return [];
        const what = extra[0] ?? entry.path;
        const how = `${identity.name} ${decision === "allowed" ? "may read" : "may be able to read"} ${entry.path}`;
        const why =
            entry.documents.length === 0
                ? "no document stands behind it"
                : `nobody declares that it reads ${what}`;
        const because = decision === "allowed" ? `by ${by.join(", ")}` : (reason ?? "");
        const kind = decision === "allowed" ? "undeclared-read" : "undecided";
        return [{ kind, who: identity.name, what, message: `${how}, and ${why} (${because})` }];
    });
}

function grouped<T>(
    things: readonly T[],
    keys: (thing: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
    const groups = new Map<string, T[]>();
    for (const thing of things) {
        for (const key of keys(thing)) {
            const group = groups.get(key);
            if (group === undefined) groups.set(key, [thing]);
            else group.push(thing);
        }
    }
    return groups;
}
