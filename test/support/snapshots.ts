import { createHash } from "node:crypto";

import { Asset, ResourceReference, Secret, Unknown } from "../../preview/engine/values";
import type { PropertyMap, PropertyValue } from "../../preview/engine/values";
import { isolationFindings } from "../../preview/isolation";
import type { Rendering, RotationSince } from "../../preview/rendering";
import { Redactor } from "../../preview/report";
import type { Json } from "../../preview/report/redact";
import { summarize } from "../../preview/report/summary";
import { assess } from "../../preview/report/verdict";
import type { Snapshot, StackSnapshot } from "../../review/snapshot";

/** What a snapshot has beside the rendering. */
export interface SnapshotExtras {
    /** Digests of encrypted configuration values, by stack and key. */
    readonly encrypted?: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly rotation?: Readonly<Record<string, RotationSince>>;
}

/** A snapshot of renderings, as `review` keeps one: marks for secrets and unknowns, and redacted messages. */
export function snapshotOf(renderings: readonly Rendering[], extras: SnapshotExtras = {}): Snapshot {
    const redactor = new Redactor(renderings);
    const stacks = assess(renderings).map((assessed): StackSnapshot => {
        const { rendering, access } = assessed;
        const { stack, project, environment = stack, complete, violations, diagnostics } = rendering;
        const rotation = extras.rotation?.[stack] ?? rendering.rotation;
        return {
            ...{ stack, project, environment, complete, access },
            resources: rendering.resources.map((resource) => {
                const { urn, type, name, custom, read, parent, provider, inputs, options } = resource;
                return {
                    ...{ urn, type, name, custom, read, options, dependencies: resource.dependencies },
                    ...(parent === undefined ? {} : { parent }),
                    ...(provider === undefined ? {} : { provider }),
                    inputs: markedMap(inputs),
                };
            }),
            outputs: markedMap(rendering.outputs),
            platforms: summarize(assessed).platforms,
            violations: violations.map((each) => ({ ...each, message: redactor.message(each.message) })),
            diagnostics: diagnostics.map((each) => ({ ...each, message: redactor.message(each.message) })),
            encrypted: extras.encrypted?.[stack] ?? {},
            ...(rotation === undefined ? {} : { rotation }),
        };
    });
    return { stacks, isolation: isolationFindings(renderings) };
}

function marked(value: PropertyValue): Json {
    if (value instanceof Secret)
        return {
            "~secret": createHash("sha256")
                .update(JSON.stringify(marked(value.reveal())))
                .digest("hex"),
        };
    if (value instanceof Unknown) return { "~unknown": true };
    if (value instanceof Asset || value instanceof ResourceReference) return value.toJSON();
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return (value as readonly PropertyValue[]).map(marked);
    return markedMap(value as PropertyMap);
}

const markedMap = (map: PropertyMap): { readonly [key: string]: Json } =>
    Object.fromEntries(Object.entries(map).map(([key, value]) => [key, marked(value)]));
