import { operatorPods, syncNow } from "../causes/cause";
import { ok, unseen } from "../check";
import type { Check } from "../check";
import type { ConsumerFacts, DeclaredSync, Facts } from "../facts";
import type { Told } from "../finding";
import { minutesOf } from "../intervals";
import { withCluster } from "../subject";
import { NOT_READ } from "./secret-delivered";

/** A sync that was to come and did not come twice is no chance. */
const MISSED = 2;

/** Whether a sync that is said to be ready is a recent one, of what the object says now. */
export const syncFresh: Check = {
    name: "sync-fresh",
    symptom: "not syncing",
    look: (facts) =>
        facts.consumers.flatMap((consumer) =>
            consumer.syncs.flatMap((sync) => told(facts, consumer, sync) ?? []),
        ),
};

function told(facts: Facts, consumer: ConsumerFacts, sync: DeclaredSync): Told | undefined {
    const place = `ExternalSecret ${consumer.namespace}/${sync.name}`;
    const found = consumer.seen.syncs[sync.name] ?? NOT_READ;
    if (found.is === "unread") return unseen(place, found, withCluster(facts, consumer));
    // What is not there, or not ready, is told as that.
    if (found.is === "missing" || found.object.ready?.status !== "True") return undefined;
    const { refreshed, isSynced, refreshInterval } = found.object;
    if (isSynced === undefined || refreshed === undefined) {
        return {
            status: "skipped",
            place,
            message: "its age is not known",
            why: "it does not say when it was synced",
            next: [],
        };
    }
    const next = [syncNow(consumer, sync.name), operatorPods(consumer)];
    if (!isSynced) {
        const message = "it was changed after its last sync";
        const why = `the operator was last here at ${refreshed}: it is behind, or does not run`;
        return { status: "problem", place, message, why, next };
    }
    const interval = minutesOf(refreshInterval ?? sync.refreshInterval);
    const age = (Date.parse(facts.now) - Date.parse(refreshed)) / 60_000;
    if (interval !== undefined && interval > 0 && age > MISSED * interval) {
        const message = `its last sync was at ${refreshed}, and one was to come every ${refreshInterval ?? sync.refreshInterval}`;
        return {
            status: "problem",
            place,
            message,
            why: "the operator does not run, or does not get to it",
            next,
        };
    }
    return ok(place, "its last sync is recent");
}
