import type { Verb } from "./verbs";

/** A system that decides on its own who may do what: each has its own identities, and its own way to grant. */
export type System = "aws" | "gcp" | "vault" | "kubernetes";

/** Who may act: an IAM role, a GCP service account, a Vault role, a Kubernetes service account, or a stranger. */
export interface Identity {
    readonly system: System;
    /** The system's own word, e.g. `role`, `service account`, `principal` for somebody whom no stack owns. */
    readonly kind: string;
    /** Unique within the realm: role name, e-mail, `<namespace>/<name>`. */
    readonly name: string;
    /** Where the name means something: the AWS account, the cluster, Vault's address. Absent where names are global. */
    readonly realm?: string;
    /** The stack that declares it; absent for an identity that only a grant names. */
    readonly stack?: string;
    readonly environment?: string;
    /**
     * Kubernetes service accounts that can act as this identity, as `<namespace>/<name>`, sorted. `*` in one stands
     * for what a trust policy leaves open.
     */
    readonly serviceAccounts: readonly string[];
    readonly urn?: string;
}

/** One thing at a store that grants are about, as the store names it: a document's entry, or a key. */
export interface Entry {
    readonly system: System;
    /** E.g. `aws-secrets-manager`, as documents say it; `aws-kms` and `gcp-kms` for keys. */
    readonly store: string;
    /** Account, project, cluster or address, as identities have it. */
    readonly realm?: string;
    readonly path: string;
    readonly kind: "document" | "key";
    /** What can be asked of it: a store without stages is not asked who may move them. */
    readonly verbs: readonly Verb[];
    /** The catalogue's documents whose fields are in it, as `<platform>/<document>`, sorted. */
    readonly documents: readonly string[];
    /** False for plain configuration: anybody in the environment may know it. */
    readonly isSecret: boolean;
    /** True for a copy that the store keeps elsewhere: nobody has to be able to read it. */
    readonly isReplica?: boolean;
    /** The service account whose consumer component makes the entry, as `<namespace>/<name>`. */
    readonly madeFor?: string;
    readonly stack: string;
    readonly environment: string;
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

/** The answer to one question. Where no statement says anything, there is no cell: it is denied. */
export interface Cell extends Answer {
    readonly identity: Identity;
    readonly entry: Entry;
    readonly verb: Verb;
    /** The identities that it acts as, one after the other, the last being whom the statements allow; empty: itself. */
    readonly via: readonly Identity[];
}

/** One identity can become another: by a trust policy, a token that it may create, a pod that it may start. */
export interface Edge extends Answer {
    readonly from: Identity;
    readonly to: Identity;
}

/** A grant that was seen and is not evaluated, so that no answer can be trusted until it is gone. */
export interface Gap {
    /** The resource, as `<type> '<name>'`. */
    readonly place: string;
    readonly message: string;
    readonly fix: string;
    /** Absent where it concerns every stack. */
    readonly stack?: string;
}

/** What one system's evaluation takes part with. */
export interface Authority<I extends Identity = Identity, E extends Entry = Entry> {
    /** Asked again after the edges, which may name strangers. */
    identities(): readonly I[];
    readonly entries: readonly E[];
    readonly gaps: readonly Gap[];
    /** Who can become whom, strangers and identities of other systems included. */
    edges(): readonly Edge[];
    /**
     * The whole evaluation of one question. Undefined where no statement speaks of it, which is denied: also for an
     * entry of a realm where the identity is nobody.
     */
    answer(identity: I, entry: E, verb: Verb): Answer | undefined;
    /** The entries about which some statement may speak to this identity: for all others `answer` is undefined. */
    candidates(identity: I): Iterable<E>;
}

/** How many questions were asked and how they were answered. */
export interface Questions {
    readonly asked: number;
    readonly allowed: number;
    readonly denied: number;
    readonly undecided: number;
    /** Statement by statement; the others are denied since no statement of the store can be about them. */
    readonly evaluated: number;
}

export type FindingKind =
    "cannot-read" | "undeclared-read" | "more-than-reading" | "foreign" | "undecided" | "not-evaluated";

/** Where the catalogue and the grants disagree, or where the evaluation can't tell. Each breaks the verdict. */
export interface AccessFinding {
    readonly kind: FindingKind;
    /** Who: a consumer's `<platform>/<consumer>` for `cannot-read`, else an identity's name. */
    readonly who: string;
    /** What: a document, or the store's path where no document stands behind it. */
    readonly what: string;
    readonly message: string;
    /** Where to mend it: a resource or a statement. */
    readonly place: string;
    readonly fix: string;
}

/** Everything about the entries of one stack: who of all stacks may do what with them. */
export interface AccessMatrix {
    readonly stack: string;
    readonly environment: string;
    /** Stacks whose identities were asked, sorted. */
    readonly askedStacks: readonly string[];
    /** Of all stacks evaluated together, and strangers. */
    readonly identities: readonly Identity[];
    /** Those of them who are declared to operate secrets: what they may do is pinned, and no finding. */
    readonly operators: readonly Identity[];
    /** Of this stack alone. */
    readonly entries: readonly Entry[];
    readonly cells: readonly Cell[];
    /** Who can become an identity of this stack, or a stranger. */
    readonly edges: readonly Edge[];
    readonly questions: Questions;
    /** Those of the questions whose identity belongs to another environment. */
    readonly foreign: Questions;
    readonly findings: readonly AccessFinding[];
}
