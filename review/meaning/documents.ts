import { order } from "../../preview/access/estate";
import type { DocumentSummary } from "../../preview/report/summary";
import type { DocumentChange } from "../review";
import type { StackSnapshot } from "../snapshot";

/** A document with what the platform around it says. */
export interface PlacedDocument extends DocumentSummary {
    readonly owner: string;
}

/** The documents of two snapshots, each with what it was: by its name, or by an alias of its component. */
export interface PairedDocuments {
    readonly pairs: readonly { readonly before: PlacedDocument; readonly after: PlacedDocument }[];
    readonly added: readonly PlacedDocument[];
    readonly removed: readonly PlacedDocument[];
}

export function documentsOf(stack: StackSnapshot | undefined): readonly PlacedDocument[] {
    return (stack?.platforms ?? []).flatMap(({ owner, documents }) =>
        documents.map((document) => ({ ...document, owner })),
    );
}

export function pairDocuments(
    before: StackSnapshot | undefined,
    after: StackSnapshot | undefined,
    renamed: ReadonlyMap<string, string>,
): PairedDocuments {
    const old = new Map(documentsOf(before).map((each) => [renamed.get(each.urn) ?? each.urn, each]));
    const now = documentsOf(after);
    const pairs = now.flatMap((document) => {
        const was = old.get(document.urn);
        return was === undefined ? [] : [{ before: was, after: document }];
    });
    for (const { after: found } of pairs) old.delete(found.urn);
    const paired = new Set(pairs.map(({ after: found }) => found));
    return { pairs, added: now.filter((each) => !paired.has(each)), removed: [...old.values()] };
}

/** Entries of stores that appear, go, or move to another store or path. */
export function documentChanges({ pairs, added, removed }: PairedDocuments): readonly DocumentChange[] {
    const moved = pairs.filter(
        ({ before, after }) => before.store !== after.store || before.path !== after.path,
    );
    return [
        ...added.map((document) => told("added", document)),
        ...removed.map((document) => told("removed", document)),
        ...moved.map(({ before, after }) => ({
            ...told("moved", after),
            former: { store: before.store, path: before.path },
        })),
    ].sort((a, b) => order(a.document, b.document) || order(a.kind, b.kind));
}

const told = (
    kind: DocumentChange["kind"],
    { name, owner, store, path, fields }: PlacedDocument,
): DocumentChange => ({
    ...{ kind, document: name, owner, store, path },
    fields: fields.map((field) => field.name).sort(order),
});
