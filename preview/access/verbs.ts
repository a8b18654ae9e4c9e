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

/**
 * What the answers say nothing of, so that it is told in one place. Somebody who holds such a right may get further
 * than the tables say.
 */
export const NOT_MODELLED: readonly string[] = [
    "grants that no stack declares: policies, bindings and identities that people or other projects make",
    "AWS: service control policies, session policies, tags of a session, roles passed to a service (iam:PassRole)",
    "GCP: deny policies, principal access boundaries, and who is a member of a group",
    "Vault: entities, identity groups, control groups, root tokens and the holders of unseal keys",
    "Kubernetes: nodes, static pods, admission, certificate signing requests, and who is a member of a group",
    "a custom resource that makes an operator act with its own rights, such as an ExternalSecret that somebody adds",
    "whoever may read the state of a stack with its key, or the etcd disk with the etcd key",
];
