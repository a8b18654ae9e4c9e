import { Asset, ResourceReference, Secret, SECRET_TEXT, Unknown, UNKNOWN_TEXT } from "../engine/values";
import type { PropertyMap, PropertyValue } from "../engine/values";
import type { Rendering } from "../rendering";
import { Needles } from "./needles";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Shorter secrets than this are words that stand in any sentence; longer ones are masked in messages. */
const MESSAGE_LENGTH_CHARS = 6;

/**
 * Makes what a rendering holds fit for people's eyes. A value that is marked secret shows as `[secret]`. As a second
 * line of defence, known secrets are also masked where they turn up unmarked: in any message, and in properties if
 * they look like something drawn rather than a word.
 */
export class Redactor {
    readonly #inMessages: Needles;
    readonly #inProperties: Needles;

    constructor(renderings: readonly Rendering[]) {
        const secrets = new Set<string>();
        const names: string[] = [];
        for (const { resources, outputs, issued = {} } of renderings) {
            collect(outputs, false, secrets);
            collect(issued, false, secrets);
            for (const resource of resources) {
                names.push(resource.urn);
                collect(resource.inputs, false, secrets);
                collect(resource.outputs, false, secrets);
            }
        }
        // A secret that is also part of a name (a user called as its platform) is no news.
        const long = [...secrets].filter((secret) => secret.length >= MESSAGE_LENGTH_CHARS);
        const named = new Needles(long).foundIn(names);
        const unnamed = long.filter((secret) => !named.has(secret));
        this.#inMessages = new Needles(unnamed.flatMap(encodings));
        this.#inProperties = new Needles(unnamed.filter(looksDrawn).flatMap(encodings));
    }

    /** For what a program, a policy or the preview says. */
    message(text: string): string {
        return this.#inMessages.masked(text, SECRET_TEXT);
    }

    /** JSON with sorted keys, in which secrets and unknowns are words in brackets. */
    value(value: PropertyValue): Json {
        if (value instanceof Secret) return SECRET_TEXT;
        if (value instanceof Unknown) return UNKNOWN_TEXT;
        if (value instanceof Asset || value instanceof ResourceReference) return value.toJSON();
        if (typeof value === "string") return this.#inProperties.masked(value, SECRET_TEXT);
        if (typeof value !== "object" || value === null) return value;
        if (Array.isArray(value)) return (value as readonly PropertyValue[]).map((each) => this.value(each));
        return this.map(value as PropertyMap);
    }

    map(map: PropertyMap): { readonly [key: string]: Json } {
        const keys = Object.keys(map).sort();
        return Object.fromEntries(keys.map((key) => [this.message(key), this.value(map[key] ?? null)]));
    }
}

/** Gathers every text that is marked secret, however deep. */
function collect(value: PropertyValue, isSecret: boolean, found: Set<string>): void {
    if (value instanceof Secret) {
        collect(value.reveal(), true, found);
    } else if (typeof value === "string") {
        if (isSecret) add(value, found);
    } else if (Array.isArray(value)) {
        for (const each of value as readonly PropertyValue[]) collect(each, isSecret, found);
    } else if (typeof value === "object" && value !== null && !(value instanceof Unknown)) {
        const parts = value instanceof Asset ? value.fields : value instanceof ResourceReference ? {} : value;
        for (const each of Object.values(parts as PropertyMap)) collect(each, isSecret, found);
    }
}

/** A document is one secret as JSON text; each of its fields is a secret of its own. */
function add(secret: string, found: Set<string>): void {
    found.add(secret);
    if (!/^\s*[[{]/u.test(secret)) return;
    try {
        collect(JSON.parse(secret) as PropertyValue, true, found);
    } catch {
        // No JSON after all: the whole is what there is to hide.
    }
}

/** Long, or of several kinds of characters: not a region, a host's short name or a user's. */
function looksDrawn(secret: string): boolean {
    const kinds = [/[a-z]/u, /[A-Z]/u, /\d/u, /[^A-Za-z\d]/u].filter((kind) => kind.test(secret)).length;
    return secret.length >= 12 && (kinds >= 3 || secret.length >= 24);
}

/** The forms in which a value turns up when it was carried through JSON, an address, base64 or hex. */
export function encodings(secret: string): readonly string[] {
    const bytes = Buffer.from(secret, "utf8");
    // Base64 inside a longer text begins at any of three places; what both ends share with neighbours is left out.
    const base64 = [0, 1, 2].map((offset) => {
        const text = Buffer.concat([Buffer.alloc(offset), bytes])
            .toString("base64")
            .replace(/=+$/u, "");
        return text.slice(
            offset === 0 ? 0 : offset + 1,
            bytes.length % 3 === (3 - offset) % 3 ? undefined : -1,
        );
    });
    const url = /\p{Surrogate}/u.test(secret) ? secret : encodeURIComponent(secret);
    const forms = [secret, JSON.stringify(secret).slice(1, -1), url, bytes.toString("hex"), ...base64];
    return [...new Set(forms)].filter((form) => form.length >= MESSAGE_LENGTH_CHARS);
}
