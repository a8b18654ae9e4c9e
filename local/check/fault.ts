export type Level = "error" | "warning";

/**
 * What `env check` finds, each with its level where nothing real is at stake, and in an environment that is protected.
 * Undefined where it is none.
 */
const LEVELS = {
    /** A required variable has no value. */
    missing: ["error", "error"],
    placeholder: ["error", "error"],
    /** A credential that development set-ups come with. */
    "known default": ["warning", "error"],
    /** Of the right form, and too short. */
    weak: ["warning", "error"],
    malformed: ["error", "error"],
    /** Two variables that have to agree do not. */
    disagreeing: ["error", "error"],
    /** Two secrets have one value. */
    shared: ["warning", "error"],
    /** A value of a protected environment, elsewhere. */
    foreign: ["error", "error"],
    unreadable: ["error", "error"],
    /** Readers of `.env` files do not agree on it. */
    disputed: ["warning", "error"],
    /** Cut off where its writer did not mean it to be. */
    cut: ["error", "error"],
    duplicate: ["warning", "error"],
    /** Nearly the name of a variable. */
    misspelt: ["warning", "error"],
    unknown: ["warning", "warning"],
    /** Given twice: as itself and as a file. */
    twice: ["error", "error"],
    /** The file of a `_FILE` variable can't be used. */
    file: ["error", "error"],
    /** Accounts that have no business with a file can read it. */
    open: ["warning", "error"],
    /** The file that is checked, where nothing but development is in it. */
    "open itself": [undefined, "error"],
    /** A setting for development. */
    unsafe: [undefined, "error"],
    /** An address that goes over the network in plain text. */
    plain: [undefined, "error"],
    /** Not what the configuration of the environment says. */
    differs: [undefined, "warning"],
} as const satisfies Readonly<Record<string, readonly [Level | undefined, Level | undefined]>>;

export type FaultKind = keyof typeof LEVELS;

/** Where nothing is wrong with it, undefined. */
export const levelOf = (kind: FaultKind, isProtected: boolean): Level | undefined =>
    LEVELS[kind][isProtected ? 1 : 0];

/** Something that is wrong with a variable, or with a line. Holds nothing that was read but line numbers. */
export interface Fault {
    readonly kind: FaultKind;
    readonly level: Level;
    /** Undefined for what is not in the file, and for variables of the process. */
    readonly line: number | undefined;
    /** A name of the catalogue; undefined for what is about none, since a name that nobody knows may be a value. */
    readonly variable: string | undefined;
    /** A sentence without a period. */
    readonly message: string;
    readonly fix: string | undefined;
}

/** A fault before its level is known. */
export type Finding = Omit<Fault, "level">;
