import type { Seen } from "../rotation/verify/snapshot";
import type { SeenCondition, SeenEvent } from "./facts";

/** Everything that was said of an object: its condition, and the warnings about it, the last one first. */
export function said(
    events: Seen<readonly SeenEvent[]>,
    kind: string,
    name: string,
    condition: SeenCondition,
): string {
    const own =
        events.is === "found"
            ? events.object.filter((event) => event.isWarning && event.kind === kind && event.name === name)
            : [];
    // An older warning is of what was mended meanwhile, so only the last one counts.
    const last = [...own].sort((a, b) => (a.at < b.at ? 1 : -1))[0];
    return [last?.message, condition.message].filter((text) => text !== undefined && text !== "").join("; ");
}
