import { order } from "../../preview/access/estate";
import { nameOf, typeOf, urnOf } from "../../preview/engine/urn";
import type { SnapshotResource } from "../snapshot";

/** The resources of two snapshots, each with what it was. */
export interface Pairing {
    /** In the order of the head's URNs. */
    readonly pairs: readonly { readonly before: SnapshotResource; readonly after: SnapshotResource }[];
    readonly added: readonly SnapshotResource[];
    readonly removed: readonly SnapshotResource[];
    /** The URN in the head, by that in the base, of everything that an alias leads from one to the other. */
    readonly renamed: ReadonlyMap<string, string>;
}

/**
 * Finds for each resource what it was: by its URN, else by an alias of its own, or by one of a component above it, as the
 * engine does (pulumi's step generator). What has the URN itself comes before what only an alias leads to.
 */
export function pairResources(
    before: readonly SnapshotResource[],
    after: readonly SnapshotResource[],
): Pairing {
    const left = new Map(before.map((resource) => [resource.urn, resource]));
    const byUrn = new Map(after.map((resource) => [resource.urn, resource]));
    const former = new Map<string, SnapshotResource>();
    const take = (resource: SnapshotResource, urn: string): boolean => {
        const found = left.get(urn);
        if (found === undefined) return false;
        left.delete(urn);
        former.set(resource.urn, found);
        return true;
    };
    for (const resource of byUrn.values()) take(resource, resource.urn);
    const sorted = [...byUrn.values()].sort((a, b) => order(a.urn, b.urn));
    const looked = new Set<string>();
    /** A parent first: what it was called decides what its children were called. */
    const look = (resource: SnapshotResource): void => {
        if (looked.has(resource.urn)) return;
        looked.add(resource.urn);
        const parent = byUrn.get(resource.parent ?? "");
        if (parent !== undefined) look(parent);
        if (former.has(resource.urn)) return;
        const above = parent === undefined ? undefined : former.get(parent.urn);
        aliasesOf(resource, parent, above).some((urn) => take(resource, urn));
    };
    if (left.size > 0) for (const resource of sorted) look(resource);
    const pairs = sorted.flatMap((resource) => {
        const was = former.get(resource.urn);
        return was === undefined ? [] : [{ before: was, after: resource }];
    });
    return {
        pairs,
        added: sorted.filter(({ urn }) => !former.has(urn)),
        removed: [...left.values()].sort((a, b) => order(a.urn, b.urn)),
        renamed: new Map(
            pairs.flatMap((pair) =>
                pair.before.urn === pair.after.urn ? [] : [[pair.before.urn, pair.after.urn] as const],
            ),
        ),
    };
}

/** All URNs that a resource may have had, the likeliest first. */
function aliasesOf(
    { urn, options }: SnapshotResource,
    parent: SnapshotResource | undefined,
    formerParent: SnapshotResource | undefined,
): readonly string[] {
    const own = options.aliases ?? [];
    if (parent === undefined || formerParent === undefined || parent.urn === formerParent.urn) return own;
    return [...own, ...[urn, ...own].map((each) => inherited(each, parent.name, formerParent.urn))];
}

/** A child's URN below what its parent was; a name that begins with the parent's began with the parent's old one. */
function inherited(urn: string, parentName: string, formerParent: string): string {
    const [, , stack = ""] = urn.split(":", 3);
    const [, project = ""] = urn.split("::", 2);
    const name = nameOf(urn);
    const oldName = name.startsWith(parentName) ? nameOf(formerParent) + name.slice(parentName.length) : name;
    return urnOf(stack, project, formerParent, typeOf(urn), oldName);
}
