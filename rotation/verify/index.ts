import { fieldsOf } from "../../components/domain/catalogue";
import type { Catalogue } from "../../components/domain/catalogue";
import type { Problem } from "../../components/domain/problems";
import type { RotatingStack } from "../stack";
import { ApiServer } from "./api-server";
import { ClusterFault } from "./cluster-fault";
import { evidenceOf } from "./evidence";
import type { Evidence } from "./evidence";
import { expectedConsumers } from "./expected";
import type { ExpectedConsumer } from "./expected";
import { judge } from "./judge";
import type { Verdict } from "./judge";
import { startProxy } from "./kubectl";
import type { Proxy } from "./kubectl";
import { readCluster } from "./read";
import { readerRole } from "./role";

const ANSWER_MS = 10_000;

export interface VerifyStack {
    readonly stack: RotatingStack;
    /** The contexts to read with where they are others than the configuration's, by cluster. */
    readonly contexts: Readonly<Record<string, string>>;
    /** Leaves pods out: before a rollout they can't run what is new yet. */
    readonly syncedOnly: boolean;
    /** The time that it is: RFC 3339 in UTC. */
    readonly now: () => string;
    /** How long the API server may be silent. @default 10 seconds */
    readonly answerMs?: number;
    /** @default kubectl proxy */
    readonly connect?: (context: string) => Promise<Proxy>;
}

export interface Verification {
    readonly evidence: Evidence;
    readonly verdicts: readonly Verdict[];
    /** Clusters that could not be read at all. */
    readonly problems: readonly Problem[];
    /** Roles that would let the caller read what they may not. */
    readonly roles: readonly string[];
}

/** Reads the clusters of a stack and judges every field of every consumer in them. Receives no value of a secret. */
export async function verifyStack(args: VerifyStack, catalogue: Catalogue): Promise<Verification> {
    const { stack, syncedOnly } = args;
    const consumers = expectedConsumers(stack, catalogue);
    const clusters = [...new Set(consumers.map(({ cluster }) => cluster))];
    const read = await Promise.all(
        clusters.map((cluster) =>
            verifyCluster(
                args,
                cluster,
                consumers.filter((each) => each.cluster === cluster),
            ),
        ),
    );
    const verdicts = read.flatMap((each) => each.verdicts);
    const ids = new Set([...fieldsOf(catalogue)].map(({ id }) => id));
    const evidence = evidenceOf(stack.stack, stack.ledger, ids, { at: args.now(), syncedOnly, verdicts });
    const problems = read.flatMap(({ problem }) => problem ?? []);
    return { evidence, verdicts, problems, roles: missingRoles(consumers, verdicts) };
}

function missingRoles(consumers: readonly ExpectedConsumer[], verdicts: readonly Verdict[]): string[] {
    const forbidden = new Set(
        verdicts.flatMap(({ consumer, finding }) => (finding?.isForbidden === true ? [consumer] : [])),
    );
    const namespaces = new Set(
        consumers.flatMap(({ id, namespace }) => (forbidden.has(id) ? [namespace] : [])),
    );
    return [...namespaces].map((namespace) => readerRole(namespace, consumers));
}

async function verifyCluster(
    { stack, contexts, syncedOnly, now, answerMs = ANSWER_MS, connect = startProxy }: VerifyStack,
    cluster: string,
    consumers: readonly ExpectedConsumer[],
): Promise<{ readonly verdicts: readonly Verdict[]; readonly problem: Problem | undefined }> {
    const context = contexts[cluster] ?? stack.config.clusters[cluster]?.context ?? cluster;
    let proxy: Proxy | undefined;
    let server: ApiServer | undefined;
    try {
        proxy = await connect(context);
        server = new ApiServer(proxy.address, answerMs);
        const snapshots = await readCluster(server, consumers, { syncedOnly });
        const at = now();
        const verdicts = consumers.flatMap((consumer, index) => {
            const snapshot = snapshots[index];
            return snapshot === undefined ? [] : judge(consumer, snapshot, at);
        });
        return { verdicts, problem: undefined };
    } catch (error) {
        if (!(error instanceof ClusterFault)) throw error;
        const { place, message } = error.problem;
        const problem = { ...error.problem, place: `cluster '${cluster}': ${place}` };
        return { verdicts: unknownAll(consumers, cluster, `${place}: ${message}`), problem };
    } finally {
        server?.close();
        await proxy?.stop();
    }
}

function unknownAll(consumers: readonly ExpectedConsumer[], cluster: string, why: string): Verdict[] {
    const finding = { status: "unknown", object: `cluster '${cluster}'`, why } as const;
    return consumers.flatMap(({ id, fields }) =>
        fields.map((field) => ({ consumer: id, field: field.id, status: "unknown" as const, finding })),
    );
}
