import { Asset, ResourceReference, Secret, Unknown } from "../../preview/engine/values";
import type { PropertyMap, PropertyValue } from "../../preview/engine/values";
import type { Json, Redactor } from "../../preview/report/redact";
import type { SecretMark, UnknownMark } from "../snapshot";
import type { DigestKey } from "./key";

/** Turns what a rendering holds into data that may be kept: a digest for each secret, a mark for each unknown. */
export class Marker {
    readonly #key: DigestKey;
    readonly #redactor: Redactor;

    /** @param redactor of all renderings, so that a secret of one is found in another. */
    constructor(key: DigestKey, redactor: Redactor) {
        this.#key = key;
        this.#redactor = redactor;
    }

    value(value: PropertyValue): Json {
        if (value instanceof Secret) return this.#secret(value);
        if (value instanceof Unknown) return UNKNOWN;
        if (typeof value === "string") return this.#text(value);
        if (value instanceof Asset)
            return { "~asset": value.kind, hash: value.hash, ...this.map(value.fields) };
        if (value instanceof ResourceReference) return value.urn;
        if (typeof value !== "object" || value === null) return value;
        if (Array.isArray(value)) return (value as readonly PropertyValue[]).map((each) => this.value(each));
        return this.map(value as PropertyMap);
    }

    /** Keys come sorted, since a program may give them in any order. */
    map(map: PropertyMap): { readonly [key: string]: Json } {
        const keys = Object.keys(map).sort();
        return Object.fromEntries(
            keys.map((key) => [this.#redactor.message(key), this.value(map[key] ?? null)]),
        );
    }

    /** Data of a known shape that is made of properties: where one is a secret after all, it is marked, too. */
    plain<T>(data: T): T {
        return this.value(data as PropertyValue) as T;
    }

    /** A text in which a secret stands unmarked is one as a whole: it can still be told whether it changed. */
    #text(text: string): Json {
        return this.#redactor.value(text) === text ? text : this.#secret(new Secret(text));
    }

    #secret(secret: Secret): Json {
        return { "~secret": this.#key.digest(canonical(secret)) } satisfies SecretMark & Json;
    }
}

const UNKNOWN = { "~unknown": true } as const satisfies UnknownMark & Json;

/**
 * One text for each value, and no text for two: kinds have letters, keys are sorted, and what is unknown is unknown
 * wherever it comes from. A secret within a secret is the value that it holds.
 */
function canonical(value: PropertyValue): string {
    if (value instanceof Secret) return canonical(value.reveal());
    if (value instanceof Unknown) return "u";
    if (value instanceof Asset)
        return `a${JSON.stringify([value.kind, value.hash])}${canonical(value.fields)}`;
    if (value instanceof ResourceReference) return `r${JSON.stringify(value.urn)}`;
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    if (Array.isArray(value)) return `[${(value as readonly PropertyValue[]).map(canonical).join(",")}]`;
    const map = value as PropertyMap;
    const parts = Object.keys(map)
        .sort()
        .map((key) => `${JSON.stringify(key)}:${canonical(map[key] ?? null)}`);
    return `{${parts.join(",")}}`;
}
