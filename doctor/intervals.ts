const MINUTES = { h: 60, m: 1, s: 1 / 60, ms: 1 / 60_000 } as const;

/** The minutes of a duration as Go writes it, such as `1h0m0s`; undefined for what is none. */
export function minutesOf(text: string): number | undefined {
    if (text === "0") return 0;
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
    if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== text) return undefined;
    return parts.reduce(
        (sum, [, count, unit]) => sum + Number(count) * MINUTES[unit as keyof typeof MINUTES],
        0,
    );
}

/** Whether two durations are the same time, however they are written: the API server may write `1h` as `1h0m0s`. */
export const isSameTime = (one: string, other: string): boolean =>
    one === other || (minutesOf(one) !== undefined && minutesOf(one) === minutesOf(other));
