import * as v from "valibot";
import { looksLikeSecret } from "../secret-shapes";

/**
 * A reference or a name that a person types: it goes to the ledger, the log, pull requests and chat, so it is one short
 * line, and nothing that looks like a secret.
 */
export const freeText = v.pipe(
    v.string("it must be a text"),
    v.regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]{1,200}$/u, "it must be one line of 1 to 200 characters"),
    v.check((text) => !looksLikeSecret(text), "it looks like a secret, and everybody reads it"),
);

/** @returns what is wrong with the text, without the text. */
export function freeTextFault(text: string): string | undefined {
    const { issues } = v.safeParse(freeText, text);
    return issues?.[0].message;
}
