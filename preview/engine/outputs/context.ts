import { createHash } from "node:crypto";

import { Secret, Unknown, type PropertyMap, type PropertyValue } from "../values";

/** Text that is known, or not before a deployment. */
export type Text = string | Unknown;

/** What the outputs of a resource can follow from. */
export class CreateContext {
    constructor(
        readonly urn: string,
        /** The resource's name in the program. */
        readonly name: string,
        readonly inputs: PropertyMap,
        /** The inputs of its provider; nested values are JSON there, as the SDK sends them. */
        readonly provider: PropertyMap,
    ) {}

    /** An input as text: unknown when it is absent (a provider would choose it), secret or unknown. */
    text(property: string, fallback?: string): Text {
        return textOf(this.inputs[property], fallback);
    }

    providerText(property: string): Text {
        return textOf(this.provider[property]);
    }

    /** A setting of the provider that is a list or an object. */
    providerJson(property: string): unknown {
        const text = this.providerText(property);
        if (text instanceof Unknown) return undefined;
        try {
            return JSON.parse(text);
        } catch {
            return undefined;
        }
    }
}

export function textOf(value: PropertyValue | undefined, fallback?: string): Text {
    if (typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    if ((value === undefined || value === null) && fallback !== undefined) return fallback;
    return Unknown.value;
}

/** A template that is known only when all of its parts are. */
export function known(parts: TemplateStringsArray, ...values: readonly Text[]): Text {
    let text = parts[0] ?? "";
    for (const [index, value] of values.entries()) {
        if (value instanceof Unknown) return value;
        text += value + (parts[index + 1] ?? "");
    }
    return text;
}

export function mapText(text: Text, change: (known: string) => Text): Text {
    return text instanceof Unknown ? text : change(text);
}

const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * A stand-in for characters that a cloud draws: always the same for one seed, so that two previews do not differ, and
 * in the shape of the real ones, so that patterns over them can be tried.
 */
export function standIn(seed: string, length: number, alphabet = ALPHANUMERIC): string {
    const bytes = createHash("sha256").update(seed).digest();
    return Array.from({ length }, (_, index) =>
        alphabet.charAt((bytes[index % 32] ?? 0) % alphabet.length),
    ).join("");
}

/** A stand-in for a UUID. */
export function standInUuid(seed: string): string {
    const hex = createHash("sha256").update(seed).digest("hex");
    return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        `4${hex.slice(13, 16)}`,
        `8${hex.slice(17, 20)}`,
        hex.slice(20, 32),
    ].join("-");
}

/** Two maps of tags or labels as one, the second having precedence; unknown where a part of it is. */
export function merged(first: unknown, second: PropertyValue | undefined): PropertyValue {
    if (second instanceof Unknown || second instanceof Secret) return second;
    return { ...(first as PropertyMap | undefined), ...(second as PropertyMap | null | undefined) };
}

/** The outputs beside the echoed inputs; `id` is the resource's. */
export type Computed = Readonly<Record<string, PropertyValue>> & { readonly id?: Text };
export type Compute = (context: CreateContext) => Computed;
