import { Duration } from "../duration";
import type { Day } from "./day";
import type { RotatingField } from "./due";
import type { StampedField } from "./stamp";
import type { Ledger } from "./stages";

/** How old a value may become, and since when it is in use. */
export interface LongestAge {
    /** The name of its rotation class. */
    readonly class: string;
    readonly days: number;
    readonly since: Day;
}

/** By field; what has no period has no longest age. */
export function longestAges(fields: readonly StampedField[]): Record<string, LongestAge> {
    const ages = fields.flatMap(({ field, rotationClass, every, generations: { current } }) => {
        if (every === undefined) return [];
        const days = Duration.parse(every).wholeDays;
        return [[field, { class: rotationClass.name, days, since: current.since }] as const];
    });
    return Object.fromEntries(ages);
}

/** Fields of one rotation class and one period, by the oldest of their current values. */
export interface AgeLimit {
    readonly className: string;
    /** The longest age of a value. */
    readonly days: number;
    /** Ids of the fields, sorted. */
    readonly fields: readonly string[];
    /** The day on which the oldest of them came into use. */
    readonly since: Day;
}

/**
 * What an age is measured by: the day in the ledger, since the age of a store's entry is that of its last write, which
 * another field of the document, a retirement or a description may have caused.
 *
 * @param fields those of this stack, by id; what has no period or no entry in the ledger has no age.
 */
export function ageLimits(fields: ReadonlyMap<string, RotatingField>, ledger: Ledger): readonly AgeLimit[] {
    const limits = new Map<string, AgeLimit>();
    const ids = [...fields.keys()].sort();
    for (const id of ids) {
        const { rotationClass, every } = fields.get(id) ?? {};
        const since = ledger[id]?.current.since;
        if (rotationClass === undefined || every === undefined || since === undefined) continue;
        const days = Duration.parse(every).wholeDays;
        const key = `${rotationClass.name} ${String(days)}`;
        const known = limits.get(key);
        limits.set(key, {
            className: rotationClass.name,
            days,
            fields: [...(known?.fields ?? []), id],
            since: known === undefined || since < known.since ? since : known.since,
        });
    }
    return [...limits.values()].sort((a, b) =>
        a.className === b.className ? a.days - b.days : a.className < b.className ? -1 : 1,
    );
}
