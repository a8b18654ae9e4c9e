import * as v from "valibot";
import type { SeenCondition, SeenEvent, SeenKeys, SeenStore, SeenSync } from "../facts";
import { providerOf, readsOf } from "./consumers";
import { flattened } from "./flattened";

/** What is taken out of objects of a cluster; the rest of them is dropped unread. */
const text = v.nullish(v.string());
const metadata = v.object({
    name: v.string(),
    namespace: text,
    generation: v.optional(v.number()),
    annotations: v.nullish(v.record(v.string(), v.string())),
    managedFields: v.nullish(v.array(v.object({ fieldsV1: v.optional(v.unknown()) }))),
});
const status = v.nullish(
    v.object({
        refreshTime: text,
        syncedResourceVersion: text,
        conditions: v.nullish(
            v.array(
                v.object({
                    type: v.string(),
                    status: v.string(),
                    reason: text,
                    message: text,
                    lastTransitionTime: text,
                }),
            ),
        ),
    }),
);
const operated = v.object({ kind: v.string(), metadata, spec: v.optional(v.unknown()), status });
const event = v.object({
    type: text,
    reason: text,
    message: text,
    lastTimestamp: text,
    eventTime: text,
    involvedObject: v.object({ kind: v.string(), name: v.string() }),
    metadata: v.object({ creationTimestamp: text }),
});
const eventList = v.object({ items: v.array(event) });
const account = v.object({ metadata });

export function readSync(body: unknown): SeenSync | undefined {
    const parsed = v.safeParse(operated, body);
    if (!parsed.success || parsed.output.kind !== "ExternalSecret") return undefined;
    const { metadata: own, spec, status: said } = parsed.output;
    const texts = flattened(spec);
    const version = said?.syncedResourceVersion ?? undefined;
    return {
        ready: readyOf(parsed.output.status),
        refreshed: said?.refreshTime ?? undefined,
        // It begins with the generation of the object that was synced.
        isSynced:
            version === undefined || own.generation === undefined
                ? undefined
                : version.split("-")[0] === String(own.generation),
        refreshInterval: texts["refreshInterval"],
        secretName: texts["target.name"],
        storeName: texts["secretStoreRef.name"],
        reads: readsOf(spec),
    };
}

export function readStore(body: unknown): SeenStore | undefined {
    const parsed = v.safeParse(operated, body);
    if (!parsed.success || parsed.output.kind !== "SecretStore") return undefined;
    return { ready: readyOf(parsed.output.status), provider: providerOf(parsed.output.spec) };
}

function readyOf(said: v.InferOutput<typeof status>): SeenCondition | undefined {
    const ready = said?.conditions?.find(({ type }) => type === "Ready");
    if (ready === undefined) return undefined;
    return {
        status: ready.status,
        reason: ready.reason ?? undefined,
        message: ready.message ?? undefined,
        since: ready.lastTransitionTime ?? undefined,
    };
}

export function readAccount(
    body: unknown,
): { readonly annotations: Readonly<Record<string, string>> } | undefined {
    const parsed = v.safeParse(account, body);
    return parsed.success ? { annotations: parsed.output.metadata.annotations ?? {} } : undefined;
}

/**
 * The names of a Secret's keys, from the record of who owns which field: it is metadata, and has no value.
 *
 * @see Kubernetes, "Server-Side Apply": `f:data` has the fields of a map as `f:<key>`.
 */
export function readKeys(body: unknown): SeenKeys | undefined {
    const parsed = v.safeParse(account, body);
    if (!parsed.success) return undefined;
    const owned = (parsed.output.metadata.managedFields ?? []).flatMap(({ fieldsV1 }) => {
        const data = (fieldsV1 as { "f:data"?: unknown } | undefined)?.["f:data"];
        return typeof data === "object" && data !== null ? [Object.keys(data)] : [];
    });
    if (owned.length === 0) return { keys: undefined };
    const names = owned.flat().flatMap((key) => (key.startsWith("f:") ? [key.slice(2)] : []));
    return { keys: [...new Set(names)].sort() };
}

export function readEvents(body: unknown): readonly SeenEvent[] | undefined {
    const parsed = v.safeParse(eventList, body);
    return parsed.success ? parsed.output.items.map(eventOf) : undefined;
}

export function readEvent(body: unknown): SeenEvent | undefined {
    const parsed = v.safeParse(event, body);
    return parsed.success ? eventOf(parsed.output) : undefined;
}

const eventOf = (each: v.InferOutput<typeof event>): SeenEvent => ({
    kind: each.involvedObject.kind,
    name: each.involvedObject.name,
    isWarning: each.type === "Warning",
    reason: each.reason ?? "",
    message: each.message ?? "",
    at: each.lastTimestamp ?? each.eventTime ?? each.metadata.creationTimestamp ?? "",
});
