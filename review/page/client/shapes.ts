/** How the page carries what its explorers show: columns, and texts that are written once. */

/**
 * Sorted texts. Each is one character that tells how many of the last text's it begins with, as a digit of base 62,
 * and the rest.
 */
export type PackedTexts = readonly string[];

/** The place of a text in the table; -1 where there is none. */
export type TextAt = number;

export const VERBS = ["read", "list", "write", "rotate", "delete", "grant", "decrypt", "encrypt"] as const;

/** 0 as before, 1 gained, 2 changed, 3 lost: it is no more. */
export type GrantChange = 0 | 1 | 2 | 3;

/** A verb by its place in `VERBS`, 1 where it is undecided, what the change does to it, whom it acts as, statements, a reason. */
export type PackedGrant = readonly [
    verb: number,
    undecided: 0 | 1,
    change: GrantChange,
    via: readonly TextAt[],
    by: readonly TextAt[],
    reason: TextAt,
];

export interface PackedAccess {
    readonly texts: PackedTexts;
    /** Name, realm, environment, 1 for an operator. */
    readonly identities: readonly (readonly [TextAt, TextAt, TextAt, 0 | 1])[];
    /** Store, path, documents, 1 for a secret. */
    readonly entries: readonly (readonly [TextAt, TextAt, readonly TextAt[], 0 | 1])[];
    /** What one identity may do with one entry: the same list stands behind many rows. */
    readonly grants: readonly (readonly PackedGrant[])[];
    readonly stacks: readonly PackedAccessStack[];
}

export interface PackedAccessStack {
    readonly stack: string;
    readonly environment: string;
    /** An entry, and how many rows it has, one after the other. */
    readonly runs: readonly number[];
    /** A row each. */
    readonly identity: readonly number[];
    readonly grants: readonly number[];
}

export const CHANGES = ["", "added", "changed", "replaced", "removed", "renamed"] as const;

export interface PackedResources {
    readonly texts: PackedTexts;
    readonly stacks: readonly PackedResourceStack[];
}

/** A resource at each place. */
export interface PackedResourceStack {
    readonly stack: string;
    readonly type: readonly TextAt[];
    readonly name: readonly TextAt[];
    /** How many places before it its parent stands; 0 for none. */
    readonly parent: readonly number[];
    /** By their places in `CHANGES`; those that are left out at the end are as they were. */
    readonly change: readonly number[];
    /** Places whose URN does not follow from stack, project, types and name, with the URN. */
    readonly urns: Readonly<Record<number, string>>;
    readonly project: string;
}

/**
 * The columns of a field that rotates, as places in the table of texts, or as numbers; null where there is nothing.
 * Days are texts too.
 */
export const FIELD_COLUMNS = [
    ...["stack", "field", "class", "strategy"],
    ...["currentGeneration", "currentSince", "currentReason"],
    ...["nextGeneration", "nextSince", "nextReason"],
    ...["previousGeneration", "previousUntil"],
    ...["due", "step", "earliest", "changed"],
] as const;

export interface PackedCalendar {
    /** Absent: the reader's clock tells. */
    readonly today?: string;
    readonly texts: PackedTexts;
    readonly fields: readonly (readonly (number | null)[])[];
}
