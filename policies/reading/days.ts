import type { Property } from "./property";

const DAY_SECONDS = 24 * 3600;
/** As Google's APIs write durations. */
const SECONDS = /^(\d{1,12})(?:\.\d{1,9})?s$/;

/** The days in a duration of Google's APIs such as `7776000s`; undefined when it is absent or no such text. */
export function googleDays(property: Property): number | undefined {
    const text = property.text();
    if (text === undefined || !SECONDS.test(text)) return undefined;
    return Number.parseFloat(text) / DAY_SECONDS;
}
