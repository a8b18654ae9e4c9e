/** What somebody may do with an entry, in one list for all stores; each store says which of its actions do it. */
export type Verb = "read" | "list" | "write" | "rotate" | "delete" | "grant" | "decrypt" | "encrypt";

/** Every verb with what it comes to. */
export const VERBS: Readonly<Record<Verb, string>> = {
    read: "get the value",
    list: "see that it exists, and what is written beside the value",
    write: "add or replace a value",
    rotate: "start a rotation, or choose which version counts",
    delete: "delete or disable it, now or later",
    grant: "change who may",
    decrypt: "decrypt what the key encrypts",
    encrypt: "encrypt with the key",
};

/** In the order in which they are told. */
export const VERB_ORDER = Object.keys(VERBS) as readonly Verb[];

export const KEY_VERBS: readonly Verb[] = ["list", "decrypt", "encrypt", "rotate", "delete", "grant"];
