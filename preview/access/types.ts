/** A system that decides on its own who may read: each has its own identities, and its own way to grant. */
export type System = "aws" | "gcp" | "vault" | "kubernetes";

/** Who may read: an IAM role, a GCP service account, a Vault role, a Kubernetes service account, or a stranger. */
export interface Identity {
    readonly system: System;
    /** The system's own word, e.g. `role`, `service account`, `principal` for somebody whom the stack does not own. */
    readonly kind: string;
    /** Unique within the system: role name, e-mail, `<namespace>/<name>`. */
    readonly name: string;
    /**
     * Kubernetes service accounts that can act as this identity, as `<namespace>/<name>`, sorted. `*` in one stands
     * for what a trust policy leaves open.
     */
    readonly serviceAccounts: readonly string[];
    /** Absent for an identity that only a grant names. */
    readonly urn?: string;
}

/** One thing that can be read at a store, as the store names it. */
export interface Entry {
    readonly system: System;
    /** E.g. `aws-secrets-manager`, as documents say it. */
    readonly store: string;
    readonly path: string;
    /** The catalogue's documents whose fields are in it, as `<platform>/<document>`, sorted. */
    readonly documents: readonly string[];
    /** False for plain configuration: anybody in the environment may know it. */
    readonly isSecret: boolean;
    /** The service account whose consumer component makes the entry, as `<namespace>/<name>`. */
    readonly madeFor?: string;
    readonly urn: string;
}

/**
 * `undecided` is an answer of its own: something that the evaluation does not understand, or that only a deployment
 * or a request can tell, would make the difference. It is never rounded to yes or no.
 */
export type Decision = "allowed" | "denied" | "undecided";

export interface Answer {
    readonly decision: Decision;
    /** The statements that decided, by resource name and Sid or index. */
    readonly by: readonly string[];
    /** Why it is denied or undecided although a statement grants it; or what more than reading the grant gives. */
    readonly reason?: string;
}

/** The answer for one identity and one entry. Where no statement says anything, there is no cell: it is denied. */
export interface Cell extends Answer {
    readonly identity: Identity;
    readonly entry: Entry;
}

export interface SystemAccess {
    readonly identities: readonly Identity[];
    readonly entries: readonly Entry[];
    readonly cells: readonly Cell[];
    /** Grants that were seen and not evaluated, each a sentence: the matrix says nothing about them. */
    readonly gaps: readonly string[];
}

/** Where the catalogue and the grants disagree. */
export interface AccessFinding {
    readonly kind: "cannot-read" | "undeclared-read" | "undecided";
    /** Who: a consumer's `<platform>/<consumer>` for `cannot-read`, else an identity's name. */
    readonly who: string;
    /** What: a document, or the store's path where no document stands behind it. */
    readonly what: string;
    readonly message: string;
}

export interface AccessMatrix extends SystemAccess {
    readonly stack: string;
    readonly findings: readonly AccessFinding[];
}
