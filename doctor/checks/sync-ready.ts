import { deploy, kubectl, operatorPods, syncNow } from "../causes/cause";
import { explained } from "../causes";
import { ok, unseen } from "../check";
import type { Check } from "../check";
import type { ConsumerFacts, DeclaredSync, Facts } from "../facts";
import type { Told } from "../finding";
import { said } from "../said";
import { subjectOf, withCluster } from "../subject";
import { NOT_READ } from "./secret-delivered";

/**
 * Whether the last sync of an ExternalSecret succeeded. Its condition has a general sentence only: what the store said
 * is in the operator's event, so both are read.
 *
 * @see External Secrets Operator, apis/externalsecrets/v1/externalsecret_types.go: the reasons; markAsFailed in
 * pkg/controllers/externalsecret/externalsecret_controller.go: what goes where.
 */
export const syncReady: Check = {
    name: "sync-ready",
    symptom: "not syncing",
    look: (facts) =>
        facts.consumers.flatMap((consumer) => consumer.syncs.map((sync) => told(facts, consumer, sync))),
};

function told(facts: Facts, consumer: ConsumerFacts, sync: DeclaredSync): Told {
    const { namespace, seen } = consumer;
    const place = `ExternalSecret ${namespace}/${sync.name}`;
    const found = seen.syncs[sync.name] ?? NOT_READ;
    if (found.is === "unread") return unseen(place, found, withCluster(facts, consumer));
    if (found.is === "missing") {
        return {
            status: "problem",
            place,
            message: "it is not there, so nothing is synced",
            why: "the stack was never deployed to this cluster, or somebody has deleted it",
            next: deploy(facts),
        };
    }
    const { ready } = found.object;
    if (ready?.status === "True") return ok(place, "its last sync succeeded");
    const describe = `${kubectl(consumer)} describe externalsecret ${sync.name}`;
    if (ready === undefined) {
        const why = "no operator has taken it up: it does not run, or does not watch this namespace";
        const next = [operatorPods(consumer), describe];
        return { status: "problem", place, message: "the operator has said nothing of it", why, next };
    }
    const text = said(seen.events, "ExternalSecret", sync.name, ready);
    const { why, next } = explained(text, subjectOf(facts, consumer, sync));
    return {
        status: "problem",
        place,
        message: `it is not synced (${ready.reason ?? "without a reason"})${ready.since === undefined ? "" : `, since ${ready.since}`}`,
        why,
        next: [...next, syncNow(consumer, sync.name)],
    };
}
