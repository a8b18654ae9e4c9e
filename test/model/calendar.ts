import { addDays } from "../../components/domain/rotation/day";
import type { Day } from "../../components/domain/rotation/day";

const MINUTES_A_DAY = 24 * 60;
const FIRST: Day = "2026-01-01";
/** Days of histories come again and again, and arithmetic on calendars is slow. */
const DAYS: readonly Day[] = Array.from({ length: 4000 }, (_, count) => addDays(FIRST, count));
const INDEX = new Map(DAYS.map((day, index) => [day, index]));

/** The day that a minute is in; minute 0 is 00:00 UTC of the first day. */
export function dayAt(minute: number): Day {
    return dayNumber(Math.floor(minute / MINUTES_A_DAY));
}

/** The first minute of a day. */
export function startOf(day: Day): number {
    const index = INDEX.get(day);
    if (index === undefined) throw new RangeError(`${day} is not in the calendar of the model`);
    return index * MINUTES_A_DAY;
}

export function later(day: Day, days: number): Day {
    return dayNumber(startOf(day) / MINUTES_A_DAY + days);
}

export function nextMidnight(minute: number): number {
    return (Math.floor(minute / MINUTES_A_DAY) + 1) * MINUTES_A_DAY;
}

function dayNumber(index: number): Day {
    const day = DAYS[Math.max(0, index)];
    if (day === undefined) throw new RangeError("a history is longer than the calendar of the model");
    return day;
}
