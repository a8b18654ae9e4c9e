import { deploy, kubectl } from "../causes/cause";
import { ok, unseen } from "../check";
import type { Check } from "../check";
import type { ConsumerFacts, DeclaredSync, Facts } from "../facts";
import type { Told } from "../finding";
import { masked } from "../masked";
import { withCluster } from "../subject";
import { NOT_READ } from "./secret-delivered";

/** Whether a SecretStore says what the stack declares: the region, the project, the address, the role, the account. */
export const storeDeclared: Check = {
    name: "store-declared",
    symptom: "not syncing",
    look: (facts) =>
        facts.consumers.flatMap((consumer) =>
            consumer.syncs.flatMap((sync) =>
                sync.storeName === undefined ? [] : told(facts, consumer, sync, sync.storeName),
            ),
        ),
};

function told(
    facts: Facts,
    consumer: ConsumerFacts,
    { provider }: DeclaredSync,
    name: string,
): readonly Told[] {
    const place = `SecretStore ${consumer.namespace}/${name}`;
    const found = consumer.seen.stores[name] ?? NOT_READ;
    if (found.is === "unread") return [unseen(place, found, withCluster(facts, consumer))];
    if (found.is === "missing") return [];
    // What the operator's own defaults add is no difference.
    const differing = Object.entries(provider).filter(([key, value]) => found.object.provider[key] !== value);
    if (differing.length === 0) return [ok(place, "it says what the stack declares")];
    return differing.map(([key, value]) => {
        const other = found.object.provider[key];
        return {
            status: "problem",
            place,
            message: `'${key}' is ${other === undefined ? "not set" : `'${masked(other)}'`}, and '${value}' is declared`,
            why: "somebody has changed it by hand, or the stack was not deployed since",
            next: [`${kubectl(consumer)} get secretstore ${name} -o yaml`, ...deploy(facts)],
        };
    });
}
