import type { ExpectedField } from "./expected";
import type { Seen, SeenGenerations } from "./snapshot";

/** What keeps a field, or all of a consumer, from being proved. */
export interface Finding {
    readonly status: "behind" | "unknown";
    /** `ExternalSecret shop-prod/api` */
    readonly object: string;
    readonly why: string;
    /** Since when it is so, as the API server tells; absent when it does not. */
    readonly since?: string | undefined;
    /** A right to read is missing; see role.ts for those that are needed. */
    readonly isForbidden?: boolean | undefined;
}

/** A finding on one field, or on all. */
export type FindingOn = Finding & { readonly field?: string };

/** How an object's stamp differs from the ledger in one field; undefined when it does not. */
export function stampFault({ stages }: ExpectedField, generations: SeenGenerations): string | undefined {
    const faults = stages.flatMap(({ stage, stamped, generation }) => {
        const seen = generations.get(stamped);
        if (seen === generation) return [];
        if (generation === undefined) return [`it still has generation ${String(seen)} as ${stage}`];
        if (seen === undefined) return [`it has no ${stage} generation`];
        return [`it has generation ${String(seen)} as ${stage}`];
    });
    return faults.length === 0 ? undefined : faults.join(", ");
}

export function unreadFinding(object: string, seen: Extract<Seen<never>, { is: "unread" }>): Finding {
    return { status: "unknown", object, why: seen.why, isForbidden: seen.isForbidden };
}
