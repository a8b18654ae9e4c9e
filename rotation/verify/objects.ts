import * as v from "valibot";
import { GENERATIONS, parseGenerations } from "../../components/domain/rotation/stamp";
import { ClusterFault } from "./cluster-fault";
import type { SeenExternalSecret, SeenGenerations, SeenPod, SeenSecret } from "./snapshot";

/**
 * What is taken out of the server's answers. Of annotations only ours is, and the others are dropped unread: where
 * somebody used `kubectl apply`, `last-applied-configuration` repeats the whole object, a Secret's values too.
 */
const text = v.optional(v.string());
const metadata = v.object({
    name: v.string(),
    creationTimestamp: text,
    generation: v.optional(v.number()),
    annotations: v.optional(v.object({ [GENERATIONS]: text }), {}),
    ownerReferences: v.optional(
        v.array(v.object({ kind: v.string(), name: v.string(), controller: v.optional(v.boolean()) })),
        [],
    ),
    managedFields: v.optional(v.array(v.object({ time: text, subresource: text })), []),
});
export type Metadata = v.InferOutput<typeof metadata>;

const partial = v.object({ kind: v.literal("PartialObjectMetadata"), metadata });
const partialList = v.object({
    kind: v.literal("PartialObjectMetadataList"),
    metadata: v.object({ continue: text }),
    // What an item is besides its metadata would be more than was asked for.
    items: v.array(v.strictObject({ kind: text, apiVersion: text, metadata })),
});
const scale = v.object({
    kind: v.literal("Scale"),
    spec: v.optional(v.object({ replicas: v.optional(v.number(), 0) }), { replicas: 0 }),
});
const externalSecret = v.object({
    kind: v.literal("ExternalSecret"),
    metadata,
    status: v.optional(
        v.object({
            refreshTime: v.nullish(v.string()),
            syncedResourceVersion: text,
            conditions: v.optional(
                v.array(
                    v.object({
                        type: v.string(),
                        status: v.string(),
                        reason: text,
                        lastTransitionTime: text,
                    }),
                ),
                [],
            ),
        }),
        { conditions: [] },
    ),
});

/**
 * The metadata of one object.
 *
 * @throws {ClusterFault} when the server sent more than metadata: what it sent is dropped, and no more is asked of it.
 */
export function readMetadata(body: unknown): Metadata {
    const result = v.safeParse(partial, body);
    if (result.success && isOnlyMetadata(body)) return result.output.metadata;
    throw moreThanMetadata();
}

/** @throws {ClusterFault} as {@link readMetadata} does. */
export function readMetadataList(body: unknown): {
    readonly items: readonly Metadata[];
    readonly next: string | undefined;
} {
    const result = v.safeParse(partialList, body);
    if (!result.success) throw moreThanMetadata();
    const { items, metadata: list } = result.output;
    const next = list.continue === "" ? undefined : list.continue;
    return { items: items.map((item) => item.metadata), next };
}

const isOnlyMetadata = (body: unknown): boolean =>
    typeof body === "object" &&
    body !== null &&
    Object.keys(body).every((key) => ["kind", "apiVersion", "metadata"].includes(key));

function moreThanMetadata(): ClusterFault {
    return new ClusterFault({
        place: "the API server",
        message: "it was asked for metadata alone, and sent something else, which was dropped",
        fix: "See which proxy or aggregated server stands between: it has to pass the header 'Accept' on",
    });
}

/** @returns undefined when the answer is no Scale. */
export function readScale(body: unknown): { readonly replicas: number } | undefined {
    const result = v.safeParse(scale, body);
    return result.success ? { replicas: result.output.spec.replicas } : undefined;
}

/**
 * `status.syncedResourceVersion` begins with the `metadata.generation` that was synced. The stamp is in the spec, by
 * the template of the Secret, so each rotation is a generation of the object.
 *
 * @returns undefined when the answer is no ExternalSecret.
 */
export function readExternalSecret(body: unknown): SeenExternalSecret | undefined {
    const result = v.safeParse(externalSecret, body);
    if (!result.success) return undefined;
    const { metadata: own, status } = result.output;
    const ready = status.conditions.find(({ type }) => type === "Ready");
    return {
        generations: generationsOf(own),
        isReady: ready?.status === "True",
        reason: ready?.reason,
        readySince: ready?.lastTransitionTime,
        isSynced: status.syncedResourceVersion?.split("-")[0] === String(own.generation),
        refreshed: status.refreshTime ?? undefined,
    };
}

/** A manager's time moves when it changes something, and not when it writes what was there already. */
export function readSecret(own: Metadata): SeenSecret {
    const times = own.managedFields.flatMap(({ time }) => time ?? []);
    return { generations: generationsOf(own), changed: times.sort().at(-1) };
}

export function readPod(own: Metadata): SeenPod {
    return { name: own.name, generations: generationsOf(own), created: own.creationTimestamp ?? "" };
}

const generationsOf = ({ annotations }: Metadata): SeenGenerations =>
    parseGenerations(annotations[GENERATIONS] ?? "");
