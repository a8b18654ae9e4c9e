import { explained } from "../causes";
import { deploy, kubectl } from "../causes/cause";
import { ok, unseen } from "../check";
import type { Check } from "../check";
import type { ConsumerFacts, DeclaredSync, Facts } from "../facts";
import type { Told } from "../finding";
import { said } from "../said";
import { subjectOf, withCluster } from "../subject";
import { NOT_READ } from "./secret-delivered";

/**
 * Whether the operator can log in to a store.
 *
 * @see External Secrets Operator, apis/externalsecrets/v1/secretstore_types.go for the reasons, and validateStore in
 * pkg/controllers/secretstore/common.go: a store whose state it can't tell is ready, with the reason ValidationUnknown.
 */
export const storeReady: Check = {
    name: "store-ready",
    symptom: "not syncing",
    look: (facts) =>
        facts.consumers.flatMap((consumer) =>
            consumer.syncs.flatMap((sync) =>
                sync.storeName === undefined ? [] : [told(facts, consumer, sync, sync.storeName)],
            ),
        ),
};

const MEANING: Readonly<Record<string, string>> = {
    InvalidStoreConfiguration: "its configuration is not one that the operator takes",
    InvalidProviderConfig: "the operator can't log in to the store with it",
    ValidationFailed: "the operator has tried it, and it failed",
};

function told(facts: Facts, consumer: ConsumerFacts, sync: DeclaredSync, name: string): Told {
    const place = `SecretStore ${consumer.namespace}/${name}`;
    const found = consumer.seen.stores[name] ?? NOT_READ;
    if (found.is === "unread") return unseen(place, found, withCluster(facts, consumer));
    if (found.is === "missing") {
        const why = "the stack was never deployed to this cluster, or somebody has deleted it";
        return { status: "problem", place, message: "it is not there", why, next: deploy(facts) };
    }
    const { ready } = found.object;
    if (ready === undefined) {
        const why = "no operator has taken it up: it does not run, or does not watch this namespace";
        const next = [`${kubectl(consumer)} describe secretstore ${name}`];
        return { status: "problem", place, message: "the operator has said nothing of it", why, next };
    }
    const { reason = "without a reason" } = ready;
    if (ready.status === "True" && reason !== "ValidationUnknown")
        return ok(place, "the operator can log in");
    const { why, next } = explained(
        said(consumer.seen.events, "SecretStore", name, ready),
        subjectOf(facts, consumer, sync),
    );
    if (ready.status === "True") {
        return {
            status: "warning",
            place,
            message: `the operator can't tell whether it works (${reason})`,
            why,
            next,
        };
    }
    return { status: "problem", place, message: MEANING[reason] ?? `it is not ready (${reason})`, why, next };
}
