import { Duration } from "../duration";

/**
 * How a field takes a new value.
 * - `overlap`: several services sign and verify with it: announced, then used, while the old one is still accepted
 * - `swap`: one value is valid at a time; the old one is kept for the way back, and delivered to nobody
 * - `two-key`: the issuer takes two at once, such as IAM with its access keys: added, used, and the old one deleted
 * - `native`: the store or the issuer rotates it by itself; there are no generations of ours
 * - `external`: somebody else issues the value; the ledger tells when it was set
 * - `none`: it never changes by itself
 */
export type Strategy = "overlap" | "swap" | "two-key" | "native" | "external" | "none";

/** How fields of one kind rotate, and how long each part of that takes. Durations are texts such as `7 days`. */
export interface RotationClass {
    /** `token-signing-key`: an environment proves a class for the one after it. */
    readonly name: string;
    readonly strategy: Strategy;
    /** From the day a generation is announced until it may be used. Overlap only. */
    readonly announce?: string;
    /** From the day a generation is no longer used until it may go. */
    readonly grace?: string;
    /** The longest time until a consumer accepts a generation that `up` has written. */
    readonly consumerLag?: string;
    /** The longest time until whoever signs uses a generation that `up` has written. */
    readonly producerLag?: string;
    /** The life of what is signed, such as a token's. */
    readonly tokenLife?: string;
    /**
     * It encrypts what is kept, so the old generation stays, even a compromised one, until that was written anew.
     *
     * @default false
     */
    readonly encryptsData?: boolean;
}

/** The times of a class, with nothing for what it does not name. */
export interface Timing {
    readonly announce: Duration;
    readonly grace: Duration;
    readonly consumerLag: Duration;
    readonly producerLag: Duration;
    readonly tokenLife: Duration;
}

export const TIMES = ["announce", "grace", "consumerLag", "producerLag", "tokenLife"] as const;

/** @throws {RangeError} when one of its times is no duration. */
export function timingOf(rotationClass: RotationClass): Timing {
    const time = (name: (typeof TIMES)[number]): Duration => {
        const text = rotationClass[name];
        return text === undefined ? Duration.zero : Duration.parse(text);
    };
    return {
        announce: time("announce"),
        grace: time("grace"),
        consumerLag: time("consumerLag"),
        producerLag: time("producerLag"),
        tokenLife: time("tokenLife"),
    };
}

/** Whether consumers get the other live generations beside the current one. */
export const deliversAllGenerations = ({ strategy }: RotationClass): boolean => strategy === "overlap";
