import type { CallbackReference, Options, Registered } from "./registered";
import type { PropertyMap } from "./values";
import type { Callbacks } from "./callbacks";
import { TransformRequest, TransformResponse } from "./wire/monitor-messages";
import { decodeFromTransform, encodeForTransform, type PropertyDependencies } from "./wire/properties";

/** A registration on its way through transforms. */
export interface Draft {
    readonly type: string;
    readonly name: string;
    readonly custom: boolean;
    /** URN, or "". */
    readonly parent: string;
    readonly properties: PropertyMap;
    readonly propertyDependencies: PropertyDependencies;
    readonly options: Options;
}

/** The resource's own transforms first, then those of its parents from the inside out, then the stack's. */
export function transformsFor(
    own: readonly CallbackReference[],
    parent: Registered | undefined,
    resources: ReadonlyMap<string, Registered>,
    ofStack: readonly CallbackReference[],
): readonly CallbackReference[] {
    const all = [...own];
    for (let at = parent; at !== undefined; at = resources.get(at.parent)) all.push(...at.transforms);
    all.push(...ofStack);
    return all;
}

/**
 * Runs transforms one after the other. They run within the program, which sends back properties and options.
 *
 * Where the resource has transforms of its own, dependencies travel within the properties and are read back from
 * them, as the engine does; otherwise they stay as they were.
 */
export async function transform(
    draft: Draft,
    transforms: readonly CallbackReference[],
    hasOwn: boolean,
    callbacks: Callbacks,
): Promise<Draft> {
    let { properties, options } = draft;
    let dependencies = hasOwn ? draft.propertyDependencies : {};
    for (const reference of transforms) {
        const request = TransformRequest.encode({
            type: draft.type,
            name: draft.name,
            custom: draft.custom,
            parent: draft.parent,
            properties: encodeForTransform(properties, dependencies),
            options,
        });
        const response = TransformResponse.decode(await callbacks.invoke(reference, request));
        options = response.options ?? options;
        if (response.properties !== undefined) {
            ({ properties, dependencies } = decodeFromTransform(response.properties));
        }
    }
    if (!hasOwn) return { ...draft, properties, options };
    const dependsOn = [...new Set([...options.dependsOn, ...Object.values(dependencies).flat()])];
    return { ...draft, properties, propertyDependencies: dependencies, options: { ...options, dependsOn } };
}
