import { KUBELET } from "../../stacks/config/rotation";
import type { ExpectedConsumer, ExpectedField } from "./expected";
import { stampFault, unreadFinding } from "./finding";
import type { Finding, FindingOn } from "./finding";
import { workloadFindings } from "./judge-pods";
import type { ConsumerSnapshot, Seen, SeenExternalSecret, SeenGenerations, SeenSecret } from "./snapshot";

/** Whether one consumer runs what the ledger says of one field. */
export interface Verdict {
    readonly consumer: string;
    readonly field: string;
    readonly status: "runs" | "behind" | "unknown";
    /** The object that says so, and why; absent when it runs. */
    readonly finding: Finding | undefined;
}

/**
 * Judges the fields of a consumer. A field runs when nothing speaks against it: the sync is of what is declared now,
 * the Secret carries the ledger's generations, and so does every pod, none of which is older than what it took.
 *
 * It does not prove that an application reads a file again, or uses the variable it was given.
 *
 * @param now RFC 3339 in UTC.
 */
export function judge(consumer: ExpectedConsumer, snapshot: ConsumerSnapshot, now: string): Verdict[] {
    const { namespace, externalSecret: name, secretName, fields } = consumer;
    const findings: FindingOn[] = [];
    if (name !== undefined && snapshot.externalSecret !== undefined) {
        const object = `ExternalSecret ${namespace}/${name}`;
        findings.push(...externalSecretFindings(object, snapshot.externalSecret, fields, now));
    }
    findings.push(...secretFindings(`Secret ${namespace}/${secretName}`, snapshot.secret, fields));
    if (snapshot.workload !== undefined) {
        const changed = snapshot.secret.is === "found" ? snapshot.secret.object.changed : undefined;
        findings.push(...workloadFindings(consumer, snapshot.workload, { changed, now, kubelet: KUBELET }));
    }
    return fields.map(({ id }) => {
        const own = findings.filter(({ field }) => field === undefined || field === id);
        const told = own.find(({ status }) => status === "behind") ?? own[0];
        return { consumer: consumer.id, field: id, status: told?.status ?? "runs", finding: told };
    });
}

function externalSecretFindings(
    object: string,
    seen: Seen<SeenExternalSecret>,
    fields: readonly ExpectedField[],
    now: string,
): FindingOn[] {
    if (seen.is !== "found") return [notFound(object, seen)];
    const { generations, isReady, reason, readySince, isSynced, refreshed } = seen.object;
    const findings = stampFindings(object, generations, fields);
    if (!isReady) {
        const why = `it is not ready${reason === undefined ? "" : ` (${reason})`}`;
        findings.push({ status: "behind", object, why, since: readySince });
    } else if (!isSynced || refreshed === undefined) {
        const why = "it has changed after its last sync";
        findings.push({ status: "behind", object, why, since: refreshed });
    } else {
        for (const { id, since } of fields) {
            // A ledger may be dated ahead.
            if (since > now.slice(0, 10) || refreshed.slice(0, 10) >= since) continue;
            const why = `its last sync was before the rotation of ${since}`;
            findings.push({ status: "behind", object, why, since: refreshed, field: id });
        }
    }
    return findings;
}

function secretFindings(
    object: string,
    seen: Seen<SeenSecret>,
    fields: readonly ExpectedField[],
): FindingOn[] {
    if (seen.is !== "found") return [notFound(object, seen)];
    return stampFindings(object, seen.object.generations, fields, seen.object.changed);
}

function notFound(object: string, seen: Exclude<Seen<unknown>, { is: "found" }>): Finding {
    if (seen.is === "unread") return unreadFinding(object, seen);
    return { status: "behind", object, why: "it is not there" };
}

function stampFindings(
    object: string,
    generations: SeenGenerations,
    fields: readonly ExpectedField[],
    since?: string,
): FindingOn[] {
    return fields.flatMap((field): FindingOn[] => {
        const why = stampFault(field, generations);
        return why === undefined ? [] : [{ status: "behind", object, why, since, field: field.id }];
    });
}
