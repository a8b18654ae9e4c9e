import type { Day } from "../components/domain/rotation/day";
import type { Problem } from "../components/domain/problems";
import type { Decision, FindingKind, System, Verb } from "../preview/access";
import type { IsolationFinding } from "../preview/isolation";
import type { Verdict } from "../preview/report";
import type { Json } from "../preview/report/redact";
import type { EnforcementLevel, Exemption } from "../preview/rendering";
import type { Cost } from "./cost/cost";

/** What a change does to secrets. It holds no value: of a secret it says that it changed. Lists are sorted. */
export interface Review {
    readonly base: Side;
    readonly head: Side;
    /** In the order of the project; those that only the base has come last. */
    readonly stacks: readonly StackReview[];
    /** What environments share or lack: newly, no more, and as before. */
    readonly isolation: Delta<IsolationFinding>;
    /** What the reader has to know to read it rightly, each a sentence: what was compared, what could not be. */
    readonly notes: readonly string[];
    /** Of the head, as a preview of it says; what the base did wrong does not count. */
    readonly verdict: Verdict;
    /** The day that it was made for: what is overdue is so on this day. Absent, a reader's own clock tells. */
    readonly today?: Day;
}

/** One of the two things that are compared. */
export interface Side {
    /** As it was asked for, e.g. `origin/main`, or `working tree`. */
    readonly name: string;
    /** 40 hexadecimal digits; of a working tree the commit that it is based on. Absent where Git knows none. */
    readonly commit?: string;
    /** Files of a working tree that differ from its commit, at the most 20, and how many there are in all. */
    readonly changed?: { readonly files: readonly string[]; readonly count: number };
}

/** What is so in the head and was not in the base, the other way round, and in both. */
export interface Delta<T> {
    readonly appeared: readonly T[];
    readonly gone: readonly T[];
    readonly stayed: readonly T[];
}

/**
 * `head-only`: the base has it too, but one of the two could not be rendered whole, so that nothing is compared: lists of
 * changes are empty, and what the head has stands as before. What the ledger does is known all the same.
 */
export type Compared = "both" | "added" | "removed" | "head-only";

export interface StackReview {
    readonly stack: string;
    readonly environment: string;
    readonly compared: Compared;
    readonly verdict: Verdict;
    readonly resources: readonly ResourceChange[];
    /** How many resources are as they were. */
    readonly unchanged: number;
    readonly documents: readonly DocumentChange[];
    readonly fields: readonly FieldChange[];
    /** What the ledger does between the two commits. */
    readonly rotations: readonly RotationChange[];
    /** Steps that the ledger must not take, with the safe way. */
    readonly refused: readonly Problem[];
    readonly access: readonly AccessChange[];
    /** What catalogue and grants disagree about. */
    readonly accessFindings: Delta<AccessFindingTold>;
    readonly workloads: readonly WorkloadChange[];
    /** Those that an exemption lets pass are in `exemptions` instead. */
    readonly violations: Delta<ViolationTold>;
    readonly exemptions: Delta<ViolationTold & { readonly exemption: Exemption }>;
    /** What the program itself got wrong in the head. */
    readonly errors: readonly string[];
    /** What somebody still has to set by hand in the head: `isNew` where the base did not have it. */
    readonly toSet: readonly { readonly field: string; readonly command: string; readonly isNew: boolean }[];
    readonly cost: { readonly before?: Cost; readonly after?: Cost };
    readonly whole: WholeStack;
}

/** The head as a whole, for those who look further than the change. */
export interface WholeStack {
    /** Parents stand before their children. */
    readonly resources: readonly ResourceNode[];
    /** Who may do what: those who may not are left out. */
    readonly access: readonly AccessCell[];
    /** How many questions stand behind it, and how many were denied. */
    readonly questions: { readonly asked: number; readonly allowed: number; readonly denied: number };
    /** Every field that rotates. */
    readonly calendar: readonly CalendarField[];
}

export interface ResourceNode {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly parent?: string;
    readonly change?: ResourceChange["kind"];
}

/** `replaced`: an engine would delete it and create another one; `renamed`: an alias says what it was called. */
export interface ResourceChange {
    readonly kind: "added" | "changed" | "replaced" | "removed" | "renamed";
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly parent?: string;
    /** Before a rename. */
    readonly formerUrn?: string;
    /** What differs; for `added` and `removed` nothing. */
    readonly properties: readonly PropertyChange[];
    /** Property paths that make an engine replace it. */
    readonly replacedBecauseOf?: readonly string[];
    /** True where the resource is, or was, protected from deletion. */
    readonly isProtected: boolean;
    /** The component that it belongs to, as people know it: `document devplatform/db`, `consumer devplatform/backend`. */
    readonly belongsTo?: string;
}

export interface PropertyChange {
    /** `spec.refreshInterval`, `tags["rotated"]`, `options.protect`. */
    readonly path: string;
    readonly kind: "added" | "changed" | "removed";
    /** Neither side is told of a secret. */
    readonly isSecret: boolean;
    /** Absent for a secret, and where it was not there. Long texts are cut, with `…` at the end. */
    readonly before?: Json;
    readonly after?: Json;
}

/** An entry of a store that appears, goes, or moves. */
export interface DocumentChange {
    readonly kind: "added" | "removed" | "moved";
    /** `<platform>/<document>` */
    readonly document: string;
    readonly owner: string;
    readonly store: string;
    readonly path: string;
    /** Before it moved. */
    readonly former?: { readonly store: string; readonly path: string };
    readonly fields: readonly string[];
}

/** A field that appears, goes, or is declared otherwise. */
export interface FieldChange {
    readonly kind: "added" | "removed" | "changed";
    /** `<platform>/<document>.<field>` */
    readonly field: string;
    readonly fieldKind: string;
    readonly rotation: string;
    /** For `changed`: what of it, e.g. `kind: external, was generated`, or `value` for one that is encrypted in the configuration. */
    readonly what: readonly string[];
}

export interface RotationChange {
    /** `<platform>/<document>.<field>` */
    readonly field: string;
    /** `generation 3 is announced` */
    readonly what: string;
    /** `schedule`, `compromise, INC-7` */
    readonly why: string;
    /** What becomes of the value that was used before, with its date. */
    readonly oldValue: string;
    readonly isCompromise: boolean;
}

export interface AccessCell {
    /** `role devplatform-prod-backend` */
    readonly identity: string;
    readonly realm?: string;
    readonly system: System;
    /** Absent for a stranger. */
    readonly identityEnvironment?: string;
    readonly isOperator: boolean;
    /** `aws-secrets-manager`, `aws-kms` */
    readonly store: string;
    readonly path: string;
    /** The catalogue's documents that are in it. */
    readonly documents: readonly string[];
    readonly isSecret: boolean;
    readonly verb: Verb;
    readonly decision: Exclude<Decision, "denied">;
    /** Whom it acts as, one after the other; empty: as itself. */
    readonly via: readonly string[];
    /** The statements that let it. */
    readonly by: readonly string[];
    /** Why it is undecided, or what more than reading the grant gives. */
    readonly reason?: string;
    readonly change?: "gained" | "changed";
}

/** `changed`: allowed as before, by another way or statement, or undecided before. */
export interface AccessChange {
    readonly kind: "gained" | "lost" | "changed";
    /** For `lost` as it was in the base. */
    readonly cell: AccessCell;
    /** For `changed` as it was in the base. */
    readonly before?: AccessCell;
}

export interface AccessFindingTold {
    readonly kind: FindingKind;
    readonly who: string;
    readonly what: string;
    readonly message: string;
    readonly place: string;
    readonly fix: string;
}

/** A workload that gets something else than before. */
export interface WorkloadChange {
    /** `devplatform/backend` */
    readonly consumer: string;
    readonly kind: "added" | "removed" | "changed";
    /** True where its pods are made anew: what they are given as variables, or their template, changes. */
    readonly restarts: boolean;
    /** Fields whose live generations differ, `<platform>/<document>.<field>`. */
    readonly generations: readonly string[];
    /** Names of variables and files that it newly gets, or no longer. */
    readonly appeared: readonly string[];
    readonly gone: readonly string[];
    /** Variables of its ConfigMap that have another value: a running pod keeps the old one until something restarts it. */
    readonly settings?: readonly string[];
    /** True where the value that it has is refused until it restarts: one was revoked. */
    readonly isCut: boolean;
}

export interface ViolationTold {
    readonly policy: string;
    /** `ISO-03`; absent for a policy of another pack that has none. */
    readonly id?: string;
    readonly level: EnforcementLevel;
    readonly severity?: string;
    readonly description: string;
    readonly message: string;
    readonly urn?: string;
    /** `devplatform/db`: absent for a violation of the stack as a whole. */
    readonly resource?: string;
    readonly type?: string;
    readonly undecided: boolean;
    /** Where in the project's files the resource is declared, where that is known. */
    readonly source?: SourcePlace;
}

export interface SourcePlace {
    /** From the root of the repository. */
    readonly file: string;
    /** From 1. */
    readonly line: number;
}

export interface CalendarField {
    /** `<platform>/<document>.<field>` */
    readonly field: string;
    readonly class: string;
    readonly strategy: string;
    /** As the ledger has them. */
    readonly current?: { readonly generation: number; readonly since: Day; readonly reason: string };
    readonly next?: { readonly generation: number; readonly since: Day; readonly reason: string };
    readonly previous?: { readonly generation: number; readonly until: Day };
    /** The first day on which it is older than it may be. */
    readonly due?: Day;
    /** What `rotate due` does next, and the first day on which that is safe. */
    readonly upcoming?: { readonly step: string; readonly earliest: Day };
    /** True where the change moves it. */
    readonly isChanged: boolean;
}
