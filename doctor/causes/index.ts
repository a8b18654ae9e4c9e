import { masked } from "../masked";
import { AWS } from "./aws";
import { describeStore, kubectl } from "./cause";
import type { Cause, Subject } from "./cause";
import { GCP } from "./gcp";
import { NETWORK, OPERATOR } from "./operator";
import { VAULT } from "./vault";

export type { Cause, Subject } from "./cause";

/**
 * Each with its own words first, then those that several systems share. What the operator says of itself comes before
 * what it quotes, except for refusals of a store, which it wraps.
 */
export const CAUSES: readonly Cause[] = [...OPERATOR, ...AWS, ...GCP, ...VAULT, ...NETWORK];

export interface Explained {
    /** Absent where the text is not known. */
    readonly cause: string | undefined;
    readonly why: string;
    readonly next: readonly string[];
}

/** What a text means; one that is not known is told as it is, masked and cut. */
export function explained(text: string, subject: Subject): Explained {
    const cause = CAUSES.find(({ pattern }) => pattern.test(text));
    if (cause !== undefined) return { cause: cause.name, why: cause.why, next: cause.next(subject) };
    const quoted = masked(text);
    const why = quoted === "" ? "it does not say why" : `it says: ${quoted}`;
    return { cause: undefined, why, next: [`${kubectl(subject)} get events`, describeStore(subject)] };
}
