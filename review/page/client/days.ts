/** Days as `2027-02-17`, in UTC; on a scale they are whole numbers since 1970. */
const DAY_MS = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export const numberOf = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
export const dayOf = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);

/** The first days of the months within, and what they are called: January by its year. */
export function monthsBetween(
    from: number,
    to: number,
): readonly { readonly at: number; readonly title: string }[] {
    const found: { at: number; title: string }[] = [];
    const date = new Date(from * DAY_MS);
    date.setUTCDate(1);
    for (;;) {
        const at = Math.round(date.getTime() / DAY_MS);
        if (at > to) return found;
        const month = MONTHS[date.getUTCMonth()] ?? "";
        const title = date.getUTCMonth() === 0 ? String(date.getUTCFullYear()) : month;
        if (at >= from) found.push({ at, title });
        date.setUTCMonth(date.getUTCMonth() + 1);
    }
}

/** `today`, `in 12 days`, `3 days ago`. */
export function relative(days: number): string {
    if (days === 0) return "today";
    const count = `${String(Math.abs(days))} ${Math.abs(days) === 1 ? "day" : "days"}`;
    return days > 0 ? `in ${count}` : `${count} ago`;
}
