import { deploy, kubectl } from "../causes/cause";
import { ok, unseen } from "../check";
import type { Check } from "../check";
import type { ConsumerFacts, Facts, SeenEvent } from "../facts";
import type { Told } from "../finding";
import { masked } from "../masked";
import { withCluster } from "../subject";

/** What the kubelet says of pods that don't start for want of a Secret, or of a key in one. */
export const podEvents: Check = {
    name: "pod-events",
    symptom: "secret not found",
    look: (facts) => facts.consumers.map((consumer) => told(facts, consumer)),
};

/** Kubernetes: pkg/kubelet/kuberuntime (a container's environment), pkg/volume/secret (a mounted Secret). */
const MISSING =
    /secrets? "(?<secret>[^"]+)" (?:not found|is forbidden)|couldn't find key (?<key>\S+) in Secret \S+?\/(?<in>[^\s,;]+)|references non-existent secret key: (?<mounted>\S+)/;

function told(facts: Facts, consumer: ConsumerFacts): Told {
    const { namespace } = consumer;
    const [kind = "", name = ""] = workloadOf(consumer);
    const place = `${kind} ${namespace}/${name}`;
    const { events } = consumer.seen;
    if (events.is !== "found") {
        const seen =
            events.is === "unread"
                ? events
                : { ...events, is: "unread" as const, why: "", isForbidden: false };
        return unseen(place, seen, withCluster(facts, consumer));
    }
    // A pod is called after its workload, with two parts of a few letters that the controllers add.
    const own = events.object.filter((event) => event.kind === "Pod" && isOf(event.name, name));
    const found = own.filter(({ isWarning, message }) => isWarning && MISSING.test(message)).at(-1);
    if (found === undefined) return ok(place, "no pod of it says that a Secret is missing");
    return {
        status: "problem",
        place: `Pod ${namespace}/${found.name}`,
        message: `it does not start: ${what(found)}`,
        why: `the kubelet said so at ${found.at}`,
        next: [
            `${kubectl(consumer)} describe pod ${found.name}`,
            `${kubectl(consumer)} get externalsecret,secret`,
            ...deploy(facts),
        ],
    };
}

const isOf = (pod: string, workload: string): boolean =>
    new RegExp(`^${workload}-(?:\\d+|[a-z0-9]{1,10}-[a-z0-9]{5})$`).test(pod);

function what({ message }: SeenEvent): string {
    const { secret, key, in: holder, mounted } = MISSING.exec(message)?.groups ?? {};
    if (secret !== undefined) return `Secret '${masked(secret)}' is not found`;
    if (key !== undefined) return `Secret '${masked(holder ?? "")}' has no key '${masked(key)}'`;
    return `a mounted Secret has no key '${masked(mounted ?? "")}'`;
}

const workloadOf = ({ workload }: ConsumerFacts): readonly string[] => workload.split("/");
