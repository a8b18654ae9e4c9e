import { judge } from "../../rotation/verify/judge";
import type { Verdict } from "../../rotation/verify/judge";
import { kubectl, syncNow } from "../causes/cause";
import { ok, unseen } from "../check";
import type { Check } from "../check";
import type { ConsumerFacts, Facts } from "../facts";
import type { Told } from "../finding";
import { withCluster } from "../subject";
import { NOT_READ } from "./secret-delivered";

/** Whether a consumer runs the generations of the ledger, as `rotate verify` judges it. */
export const rotationArrived: Check = {
    name: "rotation-arrived",
    symptom: "rotation failed",
    look: (facts) => facts.consumers.flatMap((consumer) => told(facts, consumer)),
};

function told(facts: Facts, consumer: ConsumerFacts): readonly Told[] {
    const { expected, seen, id } = consumer;
    if (expected === undefined) return [];
    if (seen.snapshot === undefined) {
        const why = seen.events.is === "unread" ? seen.events : NOT_READ;
        return [unseen(id, why, withCluster(facts, consumer))];
    }
    const verdicts = judge(expected, seen.snapshot, facts.now);
    const open = verdicts.filter(({ status }) => status !== "runs");
    if (open.length === 0) return [ok(id, "it runs the generations of the ledger")];
    return grouped(open).map(([{ status, finding }, fields]) => {
        const object = finding?.object ?? id;
        const message = `${fields.join(", ")}: ${finding?.why ?? "it is not proved"}`;
        if (status === "unknown") {
            return {
                status: "skipped",
                place: object,
                message: "it was not proved",
                why: message,
                next: withCluster(facts, consumer),
            };
        }
        const since = finding?.since === undefined ? "" : `, since ${finding.since}`;
        return {
            status: "problem",
            place: object,
            message: `${message}${since}`,
            why: "the ledger says another generation than the consumer has",
            next: mend(facts, consumer, object),
        };
    });
}

/** The next step depends on how far it came: to the sync, to the Secret, or to the pods. */
function mend(facts: Facts, consumer: ConsumerFacts, object: string): readonly string[] {
    const proof = `npm run rotate -- verify --stack ${facts.stack}`;
    const [kind = ""] = object.split(" ");
    const sync = consumer.syncs.find(({ secretName }) => secretName === consumer.expected?.secretName);
    if (kind === "ExternalSecret" || kind === "Secret") {
        return [
            ...(sync === undefined ? [`pulumi up --stack ${facts.stack}`] : [syncNow(consumer, sync.name)]),
            proof,
        ];
    }
    const workload = consumer.workload.toLowerCase();
    return [
        `${kubectl(consumer)} rollout restart ${workload}`,
        `${kubectl(consumer)} rollout status ${workload} --timeout=10m`,
        proof,
    ];
}

/** Fields that wait for the same thing are told in one line. */
function grouped(verdicts: readonly Verdict[]): readonly (readonly [Verdict, readonly string[]])[] {
    const groups = new Map<string, { readonly first: Verdict; readonly fields: string[] }>();
    for (const verdict of verdicts) {
        const key = `${verdict.status} ${verdict.finding?.object ?? ""} ${verdict.finding?.why ?? ""}`;
        const group = groups.get(key) ?? { first: verdict, fields: [] };
        group.fields.push(verdict.field);
        groups.set(key, group);
    }
    return [...groups.values()].map(({ first, fields }) => [first, fields] as const);
}
