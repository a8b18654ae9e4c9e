import * as v from "valibot";
import { parse } from "yaml";

import { UserError } from "../../preview/errors";

/** What looks like a secret and is none. */
export interface Allowed {
    /** The file, from the root. */
    readonly path: string;
    /** As the scan prints it, e.g. `slack/SLACK_TOKEN`. */
    readonly rule: string;
    /** Why it is none, for whoever reviews this. */
    readonly why: string;
}

/** The file with the exceptions, from the root; it has owners. */
export const ALLOWED_FILE = ".secrets-allow.yaml";

const schema = v.array(
    v.strictObject({
        path: v.pipe(v.string(), v.regex(/^[^*/][^*]*$/, "must be the path of one file, from the root")),
        rule: v.pipe(v.string(), v.regex(/^[\w-]+\/\w+$/, "must be a rule as the scan prints it")),
        why: v.pipe(v.string(), v.trim(), v.minLength(10, "must say in a sentence why this is no secret")),
    }),
);

/** @throws {UserError} with every mistake in it. */
export function parseAllowed(text: string): Allowed[] {
    let value: unknown;
    try {
        value = parse(text) ?? [];
    } catch (error) {
        const [message = ""] = error instanceof Error ? error.message.split("\n") : [];
        throw new UserError(ALLOWED_FILE, [{ place: "YAML", message: message.replace(/:$/, "") }]);
    }
    const parsed = v.safeParse(schema, value);
    if (parsed.success) return parsed.output;
    throw new UserError(
        ALLOWED_FILE,
        parsed.issues.map((issue) => ({
            place: v.getDotPath(issue) ?? "the file",
            message: issue.message.replace(/\.$/, ""),
            fix: "Each entry has 'path', 'rule' and 'why'",
        })),
    );
}
