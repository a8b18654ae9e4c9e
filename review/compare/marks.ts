import { SECRET_TEXT, UNKNOWN_TEXT } from "../../preview/engine/values";
import type { Json } from "../../preview/report/redact";

/** Longer texts are cut: who wants all of one reads the rendering. */
const TEXT_CHARS = 200;
/** Of a list or an object as JSON. */
const WHOLE_CHARS = 400;

export type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject =>
    typeof value === "object" && value !== null && !Array.isArray(value);

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** The digest of a secret in a snapshot. */
export function digestOf(value: Json | undefined): string | undefined {
    if (!isObject(value)) return undefined;
    const digest = value["~secret"];
    return typeof digest === "string" ? digest : undefined;
}

export const isSecret = (value: Json | undefined): boolean => digestOf(value) !== undefined;

const isUnknown = (value: JsonObject): boolean => value["~unknown"] === true;

/** A secret or an unknown is one value, whatever it looks like in a snapshot. */
export const isMark = (value: Json | undefined): boolean =>
    isObject(value) && (isSecret(value) || isUnknown(value));

/** Fit to be read: marks are the words that a preview has for them, and what is long is cut. */
export function shown(value: Json): Json {
    const told = withoutMarks(value);
    if (typeof told !== "object" || told === null) return told;
    const text = JSON.stringify(told);
    return text.length > WHOLE_CHARS ? cut(text, WHOLE_CHARS) : told;
}

function withoutMarks(value: Json): Json {
    if (typeof value === "string") return cut(value, TEXT_CHARS);
    if (isList(value)) return value.map(withoutMarks);
    if (!isObject(value)) return value;
    if (isSecret(value)) return SECRET_TEXT;
    if (isUnknown(value)) return UNKNOWN_TEXT;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutMarks(each)]));
}

/** Never in the middle of a character that takes two places. */
const cut = (text: string, chars: number): string =>
    text.length <= chars ? text : `${text.slice(0, chars).replace(/[\uD800-\uDBFF]$/, "")}…`;
