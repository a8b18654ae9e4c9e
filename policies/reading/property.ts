/**
 * A property of a resource together with its place, for rules that must name the place and never the value. It reads
 * through the proxy that Pulumi's policy SDK puts around properties, so that an unknown is noticed where a rule
 * needs it and not before: what a rule never asks for may stay unknown.
 */
export class Property {
    private constructor(
        /** `spec.data[0].remoteRef.key` */
        readonly path: string,
        private readonly value: unknown,
        /** What the SDK threw when the value was read: it is not known before the deployment. */
        private readonly unknown?: unknown,
        /** The resource that it is of, by name; "" where that goes without saying. */
        private readonly resource = "",
    ) {}

    static root(props: unknown, resource = ""): Property {
        return new Property("", props, undefined, resource);
    }

    /** The property below, absent where there is none; below an unknown everything is unknown. */
    at(...keys: readonly (string | number)[]): Property {
        return keys.reduce<Property>((property, key) => property.child(key), this);
    }

    get isUnknown(): boolean {
        return this.unknown !== undefined;
    }

    /** @throws {UndecidedError} when it is unknown. So do all the readers below. */
    get isAbsent(): boolean {
        const value = this.read();
        return value === undefined || value === null;
    }

    /** Undefined when it is absent or no text. */
    text(): string | undefined {
        const value = this.read();
        return typeof value === "string" ? value : undefined;
    }

    get number(): number | undefined {
        const value = this.read();
        return typeof value === "number" ? value : undefined;
    }

    get isObject(): boolean {
        const value = this.read();
        return typeof value === "object" && value !== null && !Array.isArray(value);
    }

    get isTrue(): boolean {
        return this.read() === true;
    }

    get isFalse(): boolean {
        return this.read() === false;
    }

    /** The items of a list; a lone value is a list of one, as in IAM's documents; what is absent has none. */
    items(): Property[] {
        const value = this.read();
        if (value === undefined || value === null) return [];
        // By number: walking the list itself would stop at its first unknown item.
        return Array.isArray(value) ? Array.from({ length: value.length }, (_, i) => this.child(i)) : [this];
    }

    /** As `items`; but an unknown list is one unknown item, so that the rest of the resource is still decided. */
    itemsOrUnknown(): Property[] {
        return this.isUnknown ? [this] : this.items();
    }

    /** Its texts, as `items` has them; anything else among them counts as an empty text, which no rule accepts. */
    texts(): string[] {
        return this.items().map((item) => item.text() ?? "");
    }

    entries(): { readonly key: string; readonly property: Property }[] {
        const value = this.read();
        if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
        return Object.keys(value).map((key) => ({ key, property: this.child(key) }));
    }

    /** The document that a text holds, at the same place; an object is taken as it is, as SDKs accept both. */
    parsed(parse: (text: string) => unknown = JSON.parse): Property | undefined {
        const value = this.read();
        if (typeof value === "object" && value !== null) return this;
        if (typeof value !== "string") return undefined;
        try {
            return this.holding(parse(value));
        } catch {
            return undefined;
        }
    }

    /** The same place with what was decoded from its value. */
    holding(value: unknown): Property {
        return new Property(this.path, value, undefined, this.resource);
    }

    private child(key: string | number): Property {
        const path = join(this.path, key);
        if (this.isUnknown) return new Property(path, undefined, this.unknown, this.resource);
        const parent = this.value;
        if (typeof parent !== "object" || parent === null || !Object.hasOwn(parent, key)) {
            return new Property(path, undefined, undefined, this.resource);
        }
        try {
            const value = (parent as Record<string | number, unknown>)[key];
            return new Property(path, value, undefined, this.resource);
        } catch (unknown) {
            return new Property(path, undefined, unknown, this.resource);
        }
    }

    private read(): unknown {
        if (this.isUnknown) throw new UndecidedError(this.unknown, this.path, this.resource);
        return this.value;
    }
}

/** A rule asked for a value that only the deployment tells. */
export class UndecidedError extends Error {
    constructor(
        override readonly cause: unknown,
        /** The property that was read, and the resource that it is of, by name. */
        readonly path: string,
        readonly resource: string,
    ) {
        super("not known before the deployment");
    }
}

function join(path: string, key: string | number): string {
    if (typeof key === "number") return `${path}[${key}]`;
    if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}["${key}"]`;
    return path === "" ? key : `${path}.${key}`;
}
