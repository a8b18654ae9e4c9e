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
        ...replacementOf(after.type, before.inputs, settings),
        ...(after.options.replaceOnChanges ?? []),
    ].map(parsed);
    return found.filter(({ steps, isOption }) =>
        // A resource that another provider manages is created there (pulumi's step generator, `providerChanged`).
        isOption === true ? steps[1] === "provider" : fixed.some((pattern) => reaches(pattern, steps)),
    );
}

const patterns = new Map<string, readonly Step[]>();

function parsed(path: string): readonly Step[] {
    const known = patterns.get(path) ?? parsePath(path);
    patterns.set(path, known);
    return known;
}
