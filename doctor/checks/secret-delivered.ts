import { kubectl, syncNow } from "../causes/cause";
import { ok, unseen } from "../check";
import type { Check } from "../check";
import type { ConsumerFacts, Facts } from "../facts";
import type { Told } from "../finding";
import { withCluster } from "../subject";

/** Whether the Secret that pods read is there, with every key that they ask for. No value of it is read. */
export const secretDelivered: Check = {
    name: "secret-delivered",
    symptom: "secret not found",
    look: (facts) =>
        facts.consumers.flatMap((consumer) =>
            consumer.secrets.map((secret) => told(facts, consumer, secret.name, secret.keys)),
        ),
};

function told(facts: Facts, consumer: ConsumerFacts, name: string, keys: readonly string[]): Told {
    const place = `Secret ${consumer.namespace}/${name}`;
    const seen = consumer.seen.secrets[name];
    if (seen === undefined || seen.is === "unread") {
        return unseen(place, seen ?? NOT_READ, withCluster(facts, consumer));
    }
    const sync = consumer.syncs.find(({ secretName }) => secretName === name);
    const next = sync === undefined ? [] : [syncNow(consumer, sync.name)];
    const describe = `${kubectl(consumer)} describe secret ${name}`;
    if (seen.is === "missing") {
        const why =
            sync === undefined
                ? "the deployment writes it itself, and has not"
                : "the operator makes it with its first sync that succeeds, and keeps it after that";
        const deployed = [`pulumi up --stack ${facts.stack}`];
        return {
            status: "problem",
            place,
            message: "it is not there, and pods that read it don't start",
            why,
            next: sync === undefined ? deployed : next,
        };
    }
    if (seen.object.keys === undefined) {
        const why = "the API server does not say which keys it has";
        return { status: "skipped", place, message: "it is there", why, next: [describe] };
    }
    const there = new Set(seen.object.keys);
    const missing = keys.filter((key) => !there.has(key));
    if (missing.length === 0) return ok(place, "it has every key that is read");
    return {
        status: "problem",
        place,
        message: `it has no key ${missing.map((key) => `'${key}'`).join(", ")}`,
        why: "it was last written before they were declared, or somebody else writes it",
        next: [...next, describe],
    };
}

export const NOT_READ = { is: "unread", why: "no cluster was asked", isForbidden: false } as const;
