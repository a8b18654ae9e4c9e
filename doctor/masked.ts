import { stripVTControlCharacters } from "node:util";
import { looksLikeSecret } from "../components/domain/secret-shapes";

export const MASK = "[masked]";

/** What an operator quotes of an answer can be long; the cause is at its beginning or its end. */
const QUOTED_CHARS = 240;

const PRIVATE_KEYS = /-----BEGIN [A-Z ]*-----[\s\S]*?(?:-----END [A-Z ]*-----|$)/g;
const CREDENTIALS_IN_URL = /(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s"'@]*@/gi;
/** The rest of an address after its `?`: where some services take tokens. */
const QUERIES = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s"'?]+\?)[^\s"']+/gi;
const ASSIGNED =
    /((?:password|passwd|pwd|token|secret|credential|api[-_]?key|authorization)["']?\s*(?:=|:\s*(?=["'])|:\s*(?:bearer|basic)\s+)\s*)(?:"[^"]*"|'[^']*'|[^\s,;&"']+)/gi;
const BETWEEN_WORDS = /([\s"'`,;:=()[\]{}<>&?]+)/;

/**
 * What somebody else wrote, such as the message of a condition, made fit to be shown: what looks like a secret is
 * masked, and what is long is cut in the middle. A short value in an odd place can't be told from a word: so texts
 * that are understood are told in our words, and only the others are quoted.
 */
export function masked(text: string): string {
    const known = stripVTControlCharacters(text)
        .replace(PRIVATE_KEYS, MASK)
        .replace(CREDENTIALS_IN_URL, `$1${MASK}@`)
        .replace(QUERIES, `$1${MASK}`)
        .replace(ASSIGNED, `$1${MASK}`)
        .split(BETWEEN_WORDS)
        .map((word) => (looksLikeSecret(word) ? MASK : word))
        .join("");
    return cut(known.replace(/[\s\p{Cc}]+/gu, " ").trim());
}

function cut(text: string): string {
    if (text.length <= QUOTED_CHARS) return text;
    const half = Math.floor(QUOTED_CHARS / 2) - 2;
    return `${text.slice(0, half)} … ${text.slice(-half)}`;
}
