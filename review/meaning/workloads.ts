import { order } from "../../preview/access/estate";
import { isSame } from "../compare/same";
import type { WorkloadChange } from "../review";
import type { Workload } from "./pods";

/**
 * Workloads that get something else than before. A pod is made anew where its template changes: for variables their
 * generations are in it. Files come anew by themselves, and a ConfigMap's variables only when something else restarts.
 *
 * @param fields all that there are, on either side.
 * @param revoked those whose value in use goes at once.
 * @param renamed URNs of the head by those of the base.
 */
export function workloadChanges(
    before: ReadonlyMap<string, Workload>,
    after: ReadonlyMap<string, Workload>,
    fields: ReadonlySet<string>,
    revoked: ReadonlySet<string>,
    renamed: ReadonlyMap<string, string>,
): readonly WorkloadChange[] {
    const byUrn = new Map(
        [...before.values()].map((each) => [renamed.get(each.urn ?? "") ?? each.urn ?? each.consumer, each]),
    );
    const found: WorkloadChange[] = [];
    for (const now of after.values()) {
        const key = now.urn ?? now.consumer;
        const was = byUrn.get(key);
        byUrn.delete(key);
        const change = changeOf(was, now, fields, revoked);
        if (change !== undefined) found.push(change);
    }
    for (const was of byUrn.values()) {
        const change = changeOf(was, undefined, fields, revoked);
        if (change !== undefined) found.push(change);
    }
    return found.sort((a, b) => order(a.consumer, b.consumer) || order(a.kind, b.kind));
}

function changeOf(
    before: Workload | undefined,
    after: Workload | undefined,
    fields: ReadonlySet<string>,
    revoked: ReadonlySet<string>,
): WorkloadChange | undefined {
    const either = after ?? before;
    if (either === undefined) return undefined;
    const isBoth = before !== undefined && after !== undefined;
    const generations = changedFields(before, after, fields);
    const appeared = missingIn(after, before);
    const gone = missingIn(before, after);
    const settings = isBoth
        ? Object.keys(after.settings).filter(
              (name) => name in before.settings && !isSame(before.settings[name], after.settings[name]),
          )
        : [];
    const restarts = isBoth && !isSame(before.parts, after.parts);
    const isChanged =
        !isBoth || restarts || generations.length + appeared.length + gone.length + settings.length > 0;
    if (!isChanged) return undefined;
    return {
        consumer: either.consumer,
        kind: isBoth ? "changed" : after === undefined ? "removed" : "added",
        restarts,
        generations,
        appeared,
        gone,
        ...(settings.length === 0 ? {} : { settings: settings.sort(order) }),
        isCut: isBoth && before.takesVariables && generations.some((field) => revoked.has(field)),
    };
}

const missingIn = (of: Workload | undefined, other: Workload | undefined): readonly string[] =>
    [...(of?.names ?? [])].filter((name) => other?.names.has(name) !== true).sort(order);

/** A stored field is the field itself, or its next or previous value beside it. */
function changedFields(
    before: Workload | undefined,
    after: Workload | undefined,
    fields: ReadonlySet<string>,
): readonly string[] {
    const [old, now] = [before?.generations, after?.generations];
    const stored = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
    const changed = [...stored].filter((each) => old?.get(each) !== now?.get(each));
    const names = changed.map((each) => (fields.has(each) ? each : each.replace(/_(?:next|previous)$/, "")));
    return [...new Set(names)].sort(order);
}
