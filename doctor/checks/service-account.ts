import { nearest } from "../../components/domain/problems";
import { deploy, kubectl } from "../causes/cause";
import { ok, unseen } from "../check";
import type { Check } from "../check";
import type { ConsumerFacts, Facts } from "../facts";
import type { Told } from "../finding";
import { masked } from "../masked";
import { withCluster } from "../subject";

/** Whether the service account that a sync reads as is there, and names the identity that the stores know. */
export const serviceAccount: Check = {
    name: "service-account",
    symptom: "not syncing",
    look: (facts) =>
        facts.consumers.filter(({ syncs }) => syncs.length > 0).flatMap((consumer) => told(facts, consumer)),
};

function told(facts: Facts, consumer: ConsumerFacts): readonly Told[] {
    const { annotations, namespace, serviceAccount: name, seen } = consumer;
    const place = `ServiceAccount ${namespace}/${name}`;
    const found = seen.serviceAccount;
    if (found.is === "unread") return [unseen(place, found, withCluster(facts, consumer))];
    if (found.is === "missing") {
        const why = "the operator reads the store as this account, and pods run as it";
        return [{ status: "problem", place, message: "it is not there", why, next: deploy(facts) }];
    }
    const seenAs = found.object.annotations;
    const wrong = Object.entries(annotations).filter(([key, value]) => seenAs[key] !== value);
    if (wrong.length === 0) return [ok(place, "it names the identity that is declared")];
    return wrong.map(([key, value]) => {
        const other = seenAs[key];
        const near = other === undefined ? nearest(key, Object.keys(seenAs)) : undefined;
        const instead = near === undefined ? "" : `; it has '${masked(near)}'`;
        return {
            status: "problem",
            place,
            message: `its annotation '${key}' is ${other === undefined ? `missing${instead}` : `'${masked(other)}'`}`,
            why: `'${value}' is declared, and as another the store does not know it`,
            next: [`${kubectl(consumer)} get serviceaccount ${name} -o yaml`, ...deploy(facts)],
        };
    });
}
