import { ApiServer, METADATA, OBJECT } from "../../rotation/verify/api-server";
import { ClusterFault } from "../../rotation/verify/cluster-fault";
import { startProxy } from "../../rotation/verify/kubectl";
import type { Proxy } from "../../rotation/verify/kubectl";
import { readCluster } from "../../rotation/verify/read";
import type { Seen } from "../../rotation/verify/snapshot";
import type { ConsumerFacts, SeenConsumer } from "../facts";
import { masked } from "../masked";
import { UNSEEN } from "./consumers";
import { readAccount, readEvents, readKeys, readStore, readSync } from "./objects";

const ANSWER_MS = 10_000;

/** What is read besides what verify reads. No list of Secrets, and no template of a pod. */
const PATHS = [
    "^/apis/external-secrets[.]io/v1/namespaces/[^/]+/secretstores/[^/]+$",
    "^/api/v1/namespaces/[^/]+/(serviceaccounts/[^/]+|events)$",
];

export interface ClusterReading {
    readonly context: string;
    /** How long the API server may be silent. @default 10 seconds */
    readonly answerMs?: number;
    /** @default kubectl proxy */
    readonly connect?: (context: string) => Promise<Proxy>;
}

/**
 * Reads what a cluster says of consumers. Of Secrets only their metadata is asked for.
 *
 * @returns them in their order; where the cluster can't be read, with the reason in place of everything.
 */
export async function seenInCluster(
    consumers: readonly ConsumerFacts[],
    {
        context,
        answerMs = ANSWER_MS,
        connect = (name) => startProxy(name, process.env, PATHS),
    }: ClusterReading,
): Promise<readonly SeenConsumer[]> {
    let proxy: Proxy | undefined;
    let server: ApiServer | undefined;
    try {
        proxy = await connect(context);
        server = new ApiServer(proxy.address, answerMs);
        return await read(server, consumers);
    } catch (error) {
        if (!(error instanceof ClusterFault)) throw error;
        // The fix that goes with it names an option of verify.
        const { place, message } = error.problem;
        const why = masked(`${place}: ${message}`);
        const unread = { is: "unread", why, isForbidden: false } as const;
        return consumers.map((consumer) => unseenBecause(consumer, unread));
    } finally {
        server?.close();
        await proxy?.stop();
    }
}

function unseenBecause(
    { syncs, secrets }: ConsumerFacts,
    unread: Extract<Seen<never>, { is: "unread" }>,
): SeenConsumer {
    const of = (names: readonly string[]): Record<string, typeof unread> =>
        Object.fromEntries(names.map((name) => [name, unread]));
    return {
        ...UNSEEN,
        syncs: of(syncs.map(({ name }) => name)),
        stores: of(syncs.flatMap(({ storeName }) => storeName ?? [])),
        secrets: of(secrets.map(({ name }) => name)),
        serviceAccount: unread,
        events: unread,
    };
}

async function read(
    server: ApiServer,
    consumers: readonly ConsumerFacts[],
): Promise<readonly SeenConsumer[]> {
    const expected = consumers.flatMap((each) => each.expected ?? []);
    const snapshots = await readCluster(server, expected, { syncedOnly: false });
    const one = <T>(path: string, accept: string, take: (body: unknown) => T | undefined): Promise<Seen<T>> =>
        readOne(server, path, accept, take);
    return Promise.all(
        consumers.map(async (consumer): Promise<SeenConsumer> => {
            const { namespace, syncs, secrets, serviceAccount } = consumer;
            const core = `/api/v1/namespaces/${namespace}`;
            const eso = `/apis/external-secrets.io/v1/namespaces/${namespace}`;
            const stores = syncs.flatMap(({ storeName }) => storeName ?? []);
            return {
                syncs: await byName(
                    syncs.map(({ name }) => name),
                    (name) => one(`${eso}/externalsecrets/${name}`, OBJECT, readSync),
                ),
                stores: await byName(stores, (name) => one(`${eso}/secretstores/${name}`, OBJECT, readStore)),
                secrets: await byName(
                    secrets.map(({ name }) => name),
                    (name) => one(`${core}/secrets/${name}`, METADATA, onlyMetadata(readKeys)),
                ),
                serviceAccount: await one(
                    `${core}/serviceaccounts/${serviceAccount}`,
                    METADATA,
                    onlyMetadata(readAccount),
                ),
                events: await one(`${core}/events`, OBJECT, readEvents),
                snapshot: snapshots[expected.findIndex(({ id }) => id === consumer.id)],
            };
        }),
    );
}

async function byName<T>(
    names: readonly string[],
    get: (name: string) => Promise<T>,
): Promise<Readonly<Record<string, T>>> {
    return Object.fromEntries(
        await Promise.all([...new Set(names)].map(async (name) => [name, await get(name)] as const)),
    );
}

/** A server that sends whole objects is not to be trusted with more questions; see verify. */
const onlyMetadata =
    <T>(take: (body: unknown) => T | undefined) =>
    (body: unknown): T | undefined =>
        (body as { kind?: unknown } | null)?.kind === "PartialObjectMetadata" ? take(body) : undefined;

async function readOne<T>(
    server: ApiServer,
    path: string,
    accept: string,
    take: (body: unknown) => T | undefined,
): Promise<Seen<T>> {
    const reply = await server.get(path, accept);
    const resource = path.split("/namespaces/")[1]?.split("/")[1] ?? "it";
    if (reply.is === "silence") return { is: "unread", why: masked(reply.why), isForbidden: false };
    if (reply.is === "refusal") {
        if (reply.status === 404) return { is: "missing" };
        const isForbidden = reply.status === 403;
        const why = isForbidden
            ? `you may not read ${resource} in its namespace`
            : `the API server refuses it (HTTP ${String(reply.status)})`;
        return { is: "unread", why, isForbidden };
    }
    const object = take(reply.body);
    if (object !== undefined) return { is: "found", object };
    return { is: "unread", why: "the server's answer is of another kind", isForbidden: false };
}
