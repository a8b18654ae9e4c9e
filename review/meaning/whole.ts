import { addTo } from "../../components/domain/grouped";
import { order } from "../../preview/access/estate";
import type { ResourceChange, ResourceNode } from "../review";
import type { SnapshotResource } from "../snapshot";

/** The resources of the head as a tree in one list: parents before their children, neighbours by their URNs. */
export function resourceNodes(
    resources: readonly SnapshotResource[],
    changes: readonly ResourceChange[],
): readonly ResourceNode[] {
    const kinds = new Map(
        changes.filter(({ kind }) => kind !== "removed").map(({ urn, kind }) => [urn, kind]),
    );
    const known = new Set(resources.map(({ urn }) => urn));
    const below = new Map<string, SnapshotResource[]>();
    for (const resource of [...resources].sort((a, b) => order(a.urn, b.urn)))
        addTo(below, known.has(resource.parent ?? "") ? (resource.parent ?? "") : "", resource);
    const nodes: ResourceNode[] = [];
    const walk = (parent: string): void => {
        for (const { urn, type, name, parent: above } of below.get(parent) ?? []) {
            const change = kinds.get(urn);
            nodes.push({
                ...{ urn, type, name },
                ...(above === undefined ? {} : { parent: above }),
                ...(change === undefined ? {} : { change }),
            });
            walk(urn);
        }
    };
    walk("");
    return nodes;
}
