import { METADATA, METADATA_LIST, OBJECT } from "./api-server";
import type { ApiServer, Reply } from "./api-server";
import { ClusterFault } from "./cluster-fault";
import type { ExpectedConsumer } from "./expected";
import {
    readExternalSecret,
    readMetadata,
    readMetadataList,
    readPod,
    readScale,
    readSecret,
} from "./objects";
import type { Metadata } from "./objects";
import type { ConsumerSnapshot, Seen, SeenWorkload } from "./snapshot";

const PAGE = 500;

export interface ReadOptions {
    /** Reads nothing of workloads, whose turn has not come yet. */
    readonly syncedOnly: boolean;
}

/**
 * Reads the objects of consumers: metadata alone, the status of an ExternalSecret, and how many pods a workload should
 * have. No data of a Secret and no template of a pod is asked for.
 *
 * @returns a snapshot for each consumer, in their order.
 * @throws {ClusterFault} when the server can't be reached or sends more than metadata.
 */
export async function readCluster(
    server: Pick<ApiServer, "get">,
    consumers: readonly ExpectedConsumer[],
    { syncedOnly }: ReadOptions,
): Promise<ConsumerSnapshot[]> {
    await reach(server);
    const lists = new Map<string, Promise<Seen<readonly Metadata[]>>>();
    const list = (path: string, query = ""): Promise<Seen<readonly Metadata[]>> => {
        const known = lists.get(path) ?? listAll(server, path, query);
        lists.set(path, known);
        return known;
    };
    return Promise.all(
        consumers.map(async (consumer) => {
            const { namespace, externalSecret: name, secretName } = consumer;
            const [externalSecret, secret, workload] = await Promise.all([
                name === undefined
                    ? undefined
                    : readOne(
                          server,
                          `/apis/external-secrets.io/v1/namespaces/${namespace}/externalsecrets/${name}`,
                          OBJECT,
                          readExternalSecret,
                      ),
                readOne(server, `/api/v1/namespaces/${namespace}/secrets/${secretName}`, METADATA, (body) =>
                    readSecret(readMetadata(body)),
                ),
                syncedOnly ? undefined : readWorkload(server, consumer, list),
            ]);
            return { externalSecret, secret, workload };
        }),
    );
}

/** Tells a server that can't be reached once, and not for each object. */
async function reach(server: Pick<ApiServer, "get">): Promise<void> {
    const reply = await server.get("/version", OBJECT);
    const place = "the API server";
    if (reply.is === "silence") {
        throw new ClusterFault({ place, message: `it does not answer: ${reply.why}` });
    } else if (reply.is === "refusal" && reply.status === 401) {
        const fix = "Log in to the cluster, as for kubectl";
        throw new ClusterFault({ place, message: "it does not know who you are", fix });
    } else if (reply.is === "refusal" && reply.status >= 500) {
        const fix = "See whether the cluster is up, and whether it can be reached from here: kubectl version";
        throw new ClusterFault({ place, message: `it does not answer (HTTP ${String(reply.status)})`, fix });
    }
}

async function readOne<T>(
    server: Pick<ApiServer, "get">,
    path: string,
    accept: string,
    read: (body: unknown) => T | undefined,
): Promise<Seen<T>> {
    const reply = await server.get(path, accept);
    if (reply.is === "refusal" && reply.status === 404) return { is: "missing" };
    if (reply.is !== "answer") return unread(reply, path);
    const object = read(reply.body);
    if (object !== undefined) return { is: "found", object };
    return { is: "unread", why: "the server's answer is of another kind", isForbidden: false };
}

async function listAll(
    server: Pick<ApiServer, "get">,
    path: string,
    query: string,
): Promise<Seen<readonly Metadata[]>> {
    const found: Metadata[] = [];
    let next: string | undefined = "";
    while (next !== undefined) {
        const page: string = next === "" ? "" : `&continue=${encodeURIComponent(next)}`;
        const reply = await server.get(`${path}?limit=${String(PAGE)}${query}${page}`, METADATA_LIST);
        if (reply.is !== "answer") return unread(reply, path);
        const { items, next: following } = readMetadataList(reply.body);
        found.push(...items);
        next = following;
    }
    return { is: "found", object: found };
}

function unread(
    reply: Exclude<Reply, { is: "answer" }>,
    path: string,
): Exclude<Seen<never>, { is: "found" }> {
    const isForbidden = reply.is === "refusal" && reply.status === 403;
    const resource = path.split("/namespaces/")[1]?.split("/")[1] ?? "it";
    const why = isForbidden
        ? `you may not read ${resource} in its namespace`
        : `it could not be read (${reply.is === "silence" ? reply.why : `HTTP ${String(reply.status)}`})`;
    return { is: "unread", why, isForbidden };
}

/** Finished pods run nothing any more; those that leave still do. */
const LIVE_PODS = `&fieldSelector=${encodeURIComponent("status.phase!=Succeeded,status.phase!=Failed")}`;

async function readWorkload(
    server: Pick<ApiServer, "get">,
    { namespace, workload: { kind, name } }: ExpectedConsumer,
    list: (path: string, query?: string) => Promise<Seen<readonly Metadata[]>>,
): Promise<Seen<SeenWorkload>> {
    const apps = `/apis/apps/v1/namespaces/${namespace}`;
    const batch = `/apis/batch/v1/namespaces/${namespace}`;
    const replicas: Seen<number | undefined> =
        kind === "CronJob"
            ? await readOne(server, `${batch}/cronjobs/${name}`, METADATA, (body) => {
                  readMetadata(body);
                  return NO_REPLICAS;
              })
            : await readOne(
                  server,
                  `${apps}/${kind.toLowerCase()}s/${name}/scale`,
                  OBJECT,
                  (body) => readScale(body)?.replicas,
              );
    if (replicas.is !== "found") return replicas;
    const [pods, between] = await Promise.all([
        list(`/api/v1/namespaces/${namespace}/pods`, LIVE_PODS),
        kind === "StatefulSet"
            ? undefined
            : list(kind === "CronJob" ? `${batch}/jobs` : `${apps}/replicasets`),
    ]);
    if (pods.is !== "found") return pods;
    if (between !== undefined && between.is !== "found") return between;
    const owners =
        between === undefined
            ? [{ kind, name }]
            : between.object
                  .filter((each) => isOwned(each, [{ kind, name }]))
                  .map((each) => ({ kind: kind === "CronJob" ? "Job" : "ReplicaSet", name: each.name }));
    const own = pods.object.filter((pod) => isOwned(pod, owners)).map(readPod);
    return {
        is: "found",
        object: { replicas: kind === "CronJob" ? undefined : replicas.object, pods: own },
    };
}

/** A CronJob has no number of pods to reach. */
const NO_REPLICAS = 0;

function isOwned(
    { ownerReferences }: Metadata,
    owners: readonly { readonly kind: string; readonly name: string }[],
): boolean {
    return ownerReferences.some(
        (reference) =>
            reference.controller === true &&
            owners.some(({ kind, name }) => kind === reference.kind && name === reference.name),
    );
}
