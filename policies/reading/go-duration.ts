const UNITS_MS: Readonly<Record<string, number>> = {
    ns: 1e-6,
    us: 1e-3,
    µs: 1e-3,
    μs: 1e-3,
    ms: 1,
    s: 1000,
    m: 60_000,
    h: 3_600_000,
};
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy;

/**
 * The milliseconds of a duration as Go's `time.ParseDuration` reads it: `1h30m`, `1.5h`, `-1h`, `0`; undefined for what
 * it refuses, such as `never`, `1d` or a bare number.
 */
export function goDurationMs(text: string): number | undefined {
    const [, sign, amount = ""] = /^([+-]?)(.*)$/s.exec(text) ?? [];
    if (amount === "0") return 0;
    const parts = new RegExp(PART);
    let total = 0;
    let read = 0;
    for (const [part, count, unit = ""] of amount.matchAll(parts)) {
        total += Number(count) * (UNITS_MS[unit] ?? 0);
        read += part.length;
    }
    if (read === 0 || read !== amount.length) return undefined;
    return sign === "-" ? -total : total;
}
