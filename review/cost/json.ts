import type { Json } from "../../preview/report/redact";

/** What stands at a path of an object; undefined where the path leads nowhere. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
    let here = value;
    for (const name of path) {
        if (typeof here !== "object" || here === null || Array.isArray(here)) return undefined;
        here = (here as { readonly [key: string]: Json })[name];
    }
    return here;
}

export const text = (value: Json | undefined): string | undefined =>
    typeof value === "string" ? value : undefined;

export const list = (value: Json | undefined): readonly Json[] =>
    Array.isArray(value) ? (value as readonly Json[]) : [];
