/**
 * Property values as resources carry them: JSON, with four kinds of value that JSON has no word for. `wire.ts` turns
 * them into the engine's protocol and back; nothing else knows how they travel.
 */
export type PropertyValue =
    | null
    | boolean
    | number
    | string
    | readonly PropertyValue[]
    | PropertyMap
    | Secret
    | Unknown
    | Asset
    | ResourceReference;

/** The inputs or outputs of a resource, by property name. */
export interface PropertyMap {
    readonly [property: string]: PropertyValue;
}

/** Whether a value is an object of properties, and none of the kinds that JSON has no word for. */
export function isMap(value: PropertyValue): value is PropertyMap {
    return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A value that must never be printed or written. Its content is private on purpose: ask with `reveal`. */
export class Secret {
    readonly #value: PropertyValue;

    constructor(value: PropertyValue) {
        this.#value = value;
    }

    /** The value itself, for sending it on to a program or an analyzer. Never for anything that people see. */
    reveal(): PropertyValue {
        return this.#value;
    }

    /** What shows up if a secret is serialized or printed by mistake. */
    toJSON(): string {
        return SECRET_TEXT;
    }

    toString(): string {
        return SECRET_TEXT;
    }
}

/** A value that only a deployment can tell. */
export class Unknown {
    static readonly value = new Unknown();

    private constructor() {
        // One instance is enough: an unknown has no content.
    }

    toJSON(): string {
        return UNKNOWN_TEXT;
    }

    toString(): string {
        return UNKNOWN_TEXT;
    }
}

/** A file or an archive, known by its hash; `kind` is Pulumi's word for it. */
export class Asset {
    constructor(
        readonly kind: "asset" | "archive",
        readonly hash: string,
        readonly fields: PropertyMap,
    ) {}

    toJSON(): string {
        return `[${this.kind} ${this.hash.slice(0, 12)}]`;
    }
}

/** A reference to another resource of the stack. */
export class ResourceReference {
    constructor(
        readonly urn: string,
        readonly id: string | Unknown | undefined,
        readonly packageVersion: string,
    ) {}

    toJSON(): string {
        return this.urn;
    }
}

/** How a secret is shown to people. */
export const SECRET_TEXT = "[secret]";
/** How an unknown value is shown to people. */
export const UNKNOWN_TEXT = "[unknown]";
