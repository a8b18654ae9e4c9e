import * as v from "valibot";
import type { Problem } from "../../components/domain/problems";
import { readExternalSecret } from "../../rotation/verify/objects";
import type { Seen } from "../../rotation/verify/snapshot";
import type { ConsumerFacts, SeenConsumer, SeenEvent } from "../facts";
import { readAccount, readEvent, readStore, readSync } from "./objects";

const schema = v.object({
    kind: v.literal("List"),
    items: v.array(
        v.looseObject({ kind: v.string(), metadata: v.looseObject({ namespace: v.nullish(v.string()) }) }),
    ),
});
type Item = v.InferOutput<typeof schema>["items"][number];

/** What somebody with access to a cluster wrote into a file. */
export interface Recording {
    readonly items: readonly Item[];
}

const KINDS = "externalsecret,secretstore,serviceaccount,event";

/** The command that records a namespace, for whoever may read it. */
export const recordCommand = (context: string, namespace: string): string =>
    `kubectl --context ${context} --namespace ${namespace} get ${KINDS} -o json > doctor.json`;

/** Reads a list as kubectl prints it. One with values of Secrets is refused, since a file of them should not be. */
export function readRecording(
    text: string,
    place: string,
): { readonly recording: Recording | undefined; readonly problems: readonly Problem[] } {
    const fix = `Record it: kubectl --namespace <namespace> get ${KINDS} -o json > ${place}`;
    let source: unknown;
    try {
        source = JSON.parse(text);
    } catch {
        return { recording: undefined, problems: [{ place, message: "it is not JSON", fix }] };
    }
    const parsed = v.safeParse(schema, source);
    if (!parsed.success)
        return { recording: undefined, problems: [{ place, message: "it is no list of kubectl", fix }] };
    if (parsed.output.items.some(({ kind }) => kind === "Secret")) {
        const message = "it has Secrets, with their values";
        return { recording: undefined, problems: [{ place, message, fix: `Delete it. ${fix}` }] };
    }
    return { recording: parsed.output, problems: [] };
}

/**
 * What a recording says of a consumer. A kind of which it has nothing in the namespace may not have been asked for, so
 * nothing is said of it; of a kind that is there, what is not is missing.
 */
export function seenInRecording(recording: Recording, consumer: ConsumerFacts): SeenConsumer {
    const { namespace, syncs, secrets, serviceAccount: account, expected } = consumer;
    const of = (kind: string): readonly Item[] =>
        recording.items.filter((item) => item.kind === kind && item.metadata.namespace === namespace);
    const one = <T>(kind: string, name: string, take: (item: Item) => T | undefined): Seen<T> => {
        const items = of(kind);
        if (items.length === 0) return unrecorded(kind, namespace);
        const item = items.find(({ metadata }) => metadata["name"] === name);
        if (item === undefined) return { is: "missing" };
        const object = take(item);
        return object === undefined ? unrecorded(kind, namespace) : { is: "found", object };
    };
    const events = of("Event").flatMap((item): readonly SeenEvent[] => {
        const event = readEvent(item);
        return event === undefined ? [] : [event];
    });
    const synced = expected?.externalSecret;
    const stores = syncs.flatMap(({ storeName }) => storeName ?? []);
    return {
        syncs: named(
            syncs.map(({ name }) => name),
            (name) => one("ExternalSecret", name, readSync),
        ),
        stores: named(stores, (name) => one("SecretStore", name, readStore)),
        serviceAccount: one("ServiceAccount", account, readAccount),
        secrets: named(
            secrets.map(({ name }) => name),
            () => unrecorded("Secret", namespace),
        ),
        events: events.length === 0 ? unrecorded("Event", namespace) : { is: "found", object: events },
        snapshot: {
            externalSecret:
                synced === undefined ? undefined : one("ExternalSecret", synced, readExternalSecret),
            secret: unrecorded("Secret", namespace),
            workload: undefined,
        },
    };
}

const named = <T>(names: readonly string[], get: (name: string) => T): Readonly<Record<string, T>> =>
    Object.fromEntries(names.map((name) => [name, get(name)]));

const unrecorded = (kind: string, namespace: string): Extract<Seen<never>, { is: "unread" }> => ({
    is: "unread",
    why: `the recording has no ${kind} of ${namespace}`,
    isForbidden: false,
});
