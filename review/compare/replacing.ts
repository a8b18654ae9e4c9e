import type { SnapshotResource } from "../snapshot";
import { parsePath, reaches } from "./path";
import type { Step } from "./path";
import type { Difference } from "./properties";
import { replacementOf } from "./replacements";

/**
 * The differences for which an engine deletes the resource and creates another one: a property that its provider can't
 * change (see `replacements`), one that `replaceOnChanges` names, another provider, another type after a rename.
 */
export function replacing(
    before: SnapshotResource,
    after: SnapshotResource,
    found: readonly Difference[],
    provider: SnapshotResource | undefined,
): readonly Difference[] {
    if (!after.custom || after.read) return [];
    const settings = provider?.inputs ?? {};
    const fixed = [
        ...replacementOf(after.type, before.inputs, settings).map(parsed),
        ...(after.options.replaceOnChanges ?? []).map(parsed),
        MOVED_TO_PROVIDER,
    ];
    return found.filter(({ steps }) =>
        fixed.some((pattern) => reaches(pattern, steps) && (pattern[0] !== "*" || steps[0] !== "options")),
    );
}

/** A resource that another provider manages is created there (pulumi's step generator, `providerChanged`). */
const MOVED_TO_PROVIDER: readonly Step[] = ["options", "provider"];

const patterns = new Map<string, readonly Step[]>();

function parsed(path: string): readonly Step[] {
    const known = patterns.get(path) ?? parsePath(path);
    patterns.set(path, known);
    return known;
}
