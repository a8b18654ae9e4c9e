import { Temporal } from "temporal-polyfill";

/** A day of the calendar as YYYY-MM-DD, always of UTC. Days compare as texts do. */
export type Day = string;

export function isDay(text: string): boolean {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
    try {
        Temporal.PlainDate.from(text, { overflow: "reject" });
        return true;
    } catch {
        return false; // 31 February
    }
}

export function addDays(day: Day, days: number): Day {
    return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Whole days from `from` to `to`; below zero when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
    return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "days" }).days;
}

/** The day that it is now, in UTC. Only commands ask: a program that did would differ from one run to the next. */
export function today(): Day {
    return Temporal.Now.plainDateISO("UTC").toString();
}

/** In the order of ISO 8601: Monday is 1. */
export const WEEKDAYS = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export function weekdayOf(day: Day): Weekday {
    const weekday = WEEKDAYS[Temporal.PlainDate.from(day).dayOfWeek - 1];
    if (weekday === undefined) throw new RangeError(`'${day}' has no weekday`);
    return weekday;
}

/** Its first second, in seconds since 1970 (Unix time). */
export function secondsSinceEpoch(day: Day): number {
    return daysBetween("1970-01-01", day) * 24 * 3600;
}
