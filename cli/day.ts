import { isDay, today } from "../components/domain/rotation/day";
import type { Day } from "../components/domain/rotation/day";
import { UserError } from "../preview/errors";

/**
 * The day that `--today` names; without it, today (UTC).
 *
 * @throws {UserError} when it is none.
 */
export function dayOf(text: string | undefined): Day {
    if (text === undefined) return today();
    if (isDay(text)) return text;
    const message = "a day is written YYYY-MM-DD and is in the calendar";
    throw new UserError("The command", [{ place: `--today ${text}`, message }]);
}
