import type { Context } from "mocha";

/** Skips a test, and says why in the list of skipped ones at the end of the run. */
export function skip(context: Context, reason: string): never {
    if (context.test !== undefined) Object.assign(context.test, { skipReason: reason });
    return context.skip();
}
