/** What people come with: the five that the platforms wrote down, and a configuration that is refused. */
export const SYMPTOMS = [
    "configuration refused",
    "secret not found",
    "not syncing",
    "rotation failed",
    "placeholder found",
    "JWKS not fetched",
] as const;
export type Symptom = (typeof SYMPTOMS)[number];

/** The worst first. */
export const STATUSES = ["problem", "warning", "skipped", "ok"] as const;
export type Status = (typeof STATUSES)[number];

/** What one check says of one place. Texts of others in it were masked before. */
export interface Finding {
    /** The name of the check: `sync-ready`. */
    readonly check: string;
    readonly symptom: Symptom;
    readonly stack: string;
    /** `skipped`: what it needs could not be seen. It is never rounded to `ok`. */
    readonly status: Status;
    /** The object, document, field or file: `ExternalSecret devplatform-prod/backend`. */
    readonly place: string;
    /** What was seen, as a sentence without a period. */
    readonly message: string;
    /** Where that comes from, as a sentence without a period; empty where all is well. */
    readonly why: string;
    /** Commands to type, in their order. They are told, and never run. */
    readonly next: readonly string[];
}

/** What a check says before it is known which check and which stack it is of. */
export type Told = Pick<Finding, "status" | "place" | "message"> & Partial<Pick<Finding, "why" | "next">>;

/** The worst first, and then in the order in which people look: the configuration, the store, the sync, the rotation. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
    const rank = (finding: Finding): number =>
        STATUSES.indexOf(finding.status) * SYMPTOMS.length + SYMPTOMS.indexOf(finding.symptom);
    return [...findings].sort((a, b) => rank(a) - rank(b));
}
