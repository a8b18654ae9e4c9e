import type { Duration } from "../../components/domain/duration";
import type { ExpectedConsumer } from "./expected";
import { stampFault, unreadFinding } from "./finding";
import type { FindingOn } from "./finding";
import type { Seen, SeenPod, SeenWorkload } from "./snapshot";

/** When things happened that pods have to be younger than, or to have waited for. */
export interface PodTimes {
    /** When the Secret last changed; undefined when it does not say. */
    readonly changed: string | undefined;
    readonly now: string;
    /** The longest time until a file in a running pod shows a change. */
    readonly kubelet: Duration;
}

/** What the pods of a workload run. A workload that is not there is unknown: its name may be wrong. */
export function workloadFindings(
    consumer: ExpectedConsumer,
    seen: Seen<SeenWorkload>,
    times: PodTimes,
): FindingOn[] {
    const { namespace, workload, takes } = consumer;
    const object = `${workload.kind} ${namespace}/${workload.name}`;
    if (seen.is === "unread") return [unreadFinding(object, seen)];
    if (seen.is === "missing") {
        return [{ status: "unknown", object, why: "it is not there, so its pods can't be found" }];
    }
    const { pods, replicas } = seen.object;
    if (pods.length > 0 && times.changed === undefined) {
        const why = "the Secret does not say when it changed, so a pod's age proves nothing";
        return [{ status: "unknown", object, why }];
    }
    if (takes === "files") return fileFindings(object, pods, times);
    const findings: FindingOn[] = [];
    // Each run of a CronJob takes the values of its start, whatever its template was called.
    if (workload.kind !== "CronJob") findings.push(...annotationFindings(consumer, object, pods, times));
    findings.push(...ageFindings(object, pods, times));
    if (replicas !== undefined && pods.length < replicas) {
        const why = `its rollout is not complete: ${String(pods.length)} of ${String(replicas)} pods`;
        findings.push({ status: "behind", object, why });
    }
    return findings;
}

function annotationFindings(
    { fields }: ExpectedConsumer,
    object: string,
    pods: readonly SeenPod[],
    { changed }: PodTimes,
): FindingOn[] {
    return fields.flatMap((field): FindingOn[] => {
        const stale = pods.filter(({ generations }) => stampFault(field, generations) !== undefined);
        const [first] = stale;
        if (first === undefined) return [];
        const fault = stampFault(field, first.generations);
        const why = `${podsOf(stale, pods)} not restarted for it: ${first.name}: ${String(fault)}`;
        return [{ status: "behind", object, why, since: changed, field: field.id }];
    });
}

/**
 * Pods that are older than the last change of their Secret took what was before it, whatever they are annotated with.
 * That a change may have been of a label only is not told apart: the doubt counts against them.
 */
function ageFindings(object: string, pods: readonly SeenPod[], { changed = "" }: PodTimes): FindingOn[] {
    const older = olderThan(changed, pods);
    if (older.length === 0) return [];
    const why = `${podsOf(older, pods)} older than the last change of the Secret`;
    return [{ status: "behind", object, why, since: changed }];
}

/** Files change in a running pod, within the time of the kubelet. */
function fileFindings(
    object: string,
    pods: readonly SeenPod[],
    { changed = "", now, kubelet }: PodTimes,
): FindingOn[] {
    const isOver = Date.parse(now) - Date.parse(changed) >= kubelet.minutes * 60_000;
    const older = olderThan(changed, pods);
    if (isOver || older.length === 0) return [];
    const why = `the files in ${podsOf(older, pods, "")} change within ${kubelet.toString()} of the Secret`;
    return [{ status: "behind", object, why, since: changed }];
}

/** Times are of whole seconds: within the same one the order is not known, and the pod counts as older; unread, too. */
const olderThan = (changed: string, pods: readonly SeenPod[]): readonly SeenPod[] =>
    pods.filter(({ created }) => !(Date.parse(created) > Date.parse(changed)));

function podsOf(
    some: readonly SeenPod[],
    all: readonly SeenPod[],
    verb = some.length === 1 ? " is" : " are",
) {
    return `${String(some.length)} of ${String(all.length)} pods${verb}`;
}
