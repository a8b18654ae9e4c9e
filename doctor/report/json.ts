import { STATUSES } from "../finding";
import type { Finding, Status } from "../finding";

/**
 * What `doctor --json` prints. `version` goes up when a program that reads it would have to change; properties may be
 * added without that.
 */
export interface DoctorJson {
    readonly version: 1;
    /** How many findings there are of each status. */
    readonly counts: Readonly<Record<Status, number>>;
    /** The worst first; those that are well come last. */
    readonly findings: readonly Finding[];
}

export function findingsJson(findings: readonly Finding[]): DoctorJson {
    const counts = Object.fromEntries(
        STATUSES.map((status) => [status, findings.filter((each) => each.status === status).length]),
    ) as Record<Status, number>;
    return { version: 1, counts, findings };
}
