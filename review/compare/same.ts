import type { Json } from "../../preview/report/redact";
import { isList, isObject } from "./marks";

/** Whether two values are equal, whatever the order of properties. Marks of secrets are by their digests. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
    if (a === b) return true;
    if (isList(a)) return isList(b) && a.length === b.length && a.every((each, at) => isSame(each, b[at]));
    if (!isObject(a) || !isObject(b)) return false;
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && isSame(a[key], b[key]));
}

/** A text that is equal for equal values. */
export function canonical(value: Json): string {
    if (isList(value)) return `[${value.map(canonical).join(",")}]`;
    if (!isObject(value)) return JSON.stringify(value);
    const parts = Object.keys(value)
        .sort()
        .map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`);
    return `{${parts.join(",")}}`;
}
