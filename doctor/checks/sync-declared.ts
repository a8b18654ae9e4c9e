import { nearest } from "../../components/domain/problems";
import { deploy, kubectl } from "../causes/cause";
import { ok, unseen } from "../check";
import type { Check } from "../check";
import type { ConsumerFacts, DeclaredSync, Facts, SeenSync } from "../facts";
import type { Told } from "../finding";
import { isSameTime, minutesOf } from "../intervals";
import { masked } from "../masked";
import { withCluster } from "../subject";
import { NOT_READ } from "./secret-delivered";

/** Whether an ExternalSecret says what the stack declares: names spelled right, the interval, the store, the Secret. */
export const syncDeclared: Check = {
    name: "sync-declared",
    symptom: "not syncing",
    look: (facts) =>
        facts.consumers.flatMap((consumer) => consumer.syncs.flatMap((sync) => told(facts, consumer, sync))),
};

function told(facts: Facts, consumer: ConsumerFacts, sync: DeclaredSync): readonly Told[] {
    const place = `ExternalSecret ${consumer.namespace}/${sync.name}`;
    const found = consumer.seen.syncs[sync.name] ?? NOT_READ;
    if (found.is === "unread") return [unseen(place, found, withCluster(facts, consumer))];
    if (found.is === "missing") return [];
    const differences = differencesOf(sync, found.object);
    if (differences.length === 0) return [ok(place, "it says what the stack declares")];
    const next = [`${kubectl(consumer)} get externalsecret ${sync.name} -o yaml`, ...deploy(facts)];
    const why = "somebody has changed it by hand, or the stack was not deployed since";
    return differences.map((message) => ({ status: "problem", place, message, why, next }));
}

function differencesOf(declared: DeclaredSync, seen: SeenSync): readonly string[] {
    const differences: string[] = [];
    const { refreshInterval, secretName, storeName } = seen;
    if (refreshInterval !== undefined && !isSameTime(refreshInterval, declared.refreshInterval)) {
        const never = minutesOf(refreshInterval) === 0 ? ", so it never reads the store again" : "";
        const seenAs = masked(refreshInterval);
        differences.push(`its refresh interval is ${seenAs} and not ${declared.refreshInterval}${never}`);
    }
    if (secretName !== undefined && secretName !== declared.secretName)
        differences.push(`it writes Secret '${masked(secretName)}' and not '${declared.secretName}'`);
    if (storeName !== undefined && storeName !== declared.storeName)
        differences.push(
            `it reads by SecretStore '${masked(storeName)}' and not '${declared.storeName ?? "none"}'`,
        );
    for (const [key, reference] of Object.entries(declared.reads)) {
        const other = seen.reads[key];
        if (other === undefined) {
            const near = nearest(key, Object.keys(seen.reads));
            const has = near === undefined ? "" : `: it has '${masked(near)}'`;
            differences.push(`it does not write '${key}'${has}`);
        } else if (other !== reference) {
            differences.push(`it reads '${key}' from '${masked(other)}', and '${reference}' is declared`);
        }
    }
    return differences;
}
