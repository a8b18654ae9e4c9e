import { ByteReader, ByteWriter, WireType } from "./bytes";

/** How values of one type are read and written as the field of a message. */
export interface Kind<T> {
    readonly wireType: WireType;
    /** What a field has that was not sent; a new one each time, where the value can be changed. */
    initial(): T;
    /** Reads one occurrence of the field; `before` is what earlier occurrences gave. */
    read(reader: ByteReader, before: T): T;
    /** Writes all occurrences with their tags, the last one first. */
    write(writer: ByteWriter, field: number, value: T): void;
}

export interface Field<T> {
    readonly number: number;
    readonly kind: Kind<T>;
}

type Fields = Readonly<Record<string, Field<unknown>>>;
type ValueOf<F> = F extends Field<infer T> ? T : never;

/** A message as an object; a field that was not sent has its default, as proto3 has it. */
export type MessageOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };
export type Sent<S> = S extends Message<infer F> ? MessageOf<F> : never;

export function field<T>(number: number, kind: Kind<T>): Field<T> {
    return { number, kind };
}

/** A message of the protocol: its fields by name, and how it travels. */
export class Message<F extends Fields> {
    readonly #byNumber: readonly (readonly [string, Field<unknown>] | undefined)[];
    readonly #lastFirst: readonly (readonly [string, Field<unknown>])[];

    constructor(
        /** The name in the protocol's definition, e.g. `RegisterResourceRequest`. */
        readonly name: string,
        readonly fields: F,
    ) {
        const entries = Object.entries(fields);
        const byNumber: (readonly [string, Field<unknown>] | undefined)[] = [];
        for (const entry of entries) byNumber[entry[1].number] = entry;
        this.#byNumber = byNumber;
        this.#lastFirst = entries.sort(([, a], [, b]) => b.number - a.number);
    }

    /** The message with these fields, and defaults for the others. */
    of(value: Partial<MessageOf<F>> = {}): MessageOf<F> {
        const message: Record<string, unknown> = {};
        for (const [name, { kind }] of this.#lastFirst) message[name] = value[name] ?? kind.initial();
        return message as MessageOf<F>;
    }

    decode(bytes: Buffer): MessageOf<F> {
        return this.read(new ByteReader(bytes));
    }

    encode(value: Partial<MessageOf<F>>): Buffer {
        const writer = new ByteWriter();
        this.write(writer, value);
        return writer.finish();
    }

    read(reader: ByteReader): MessageOf<F> {
        const message: Record<string, unknown> = {};
        for (const [name, { kind }] of this.#lastFirst) message[name] = kind.initial();
        while (!reader.done) {
            const tag = reader.varint();
            const known = this.#byNumber[Math.floor(tag / 8)];
            if (known === undefined) reader.skip(tag % 8);
            else message[known[0]] = known[1].kind.read(reader, message[known[0]]);
        }
        return message as MessageOf<F>;
    }

    write(writer: ByteWriter, value: Partial<MessageOf<F>>): void {
        for (const [name, { number, kind }] of this.#lastFirst) {
            const own = value[name];
            if (own !== undefined) kind.write(writer, number, own);
        }
    }
}

function scalar<T>(
    wireType: WireType,
    initial: T,
    read: (reader: ByteReader) => T,
    write: (writer: ByteWriter, value: T) => void,
): Kind<T> {
    return {
        wireType,
        initial: () => initial,
        read,
        write(writer, number, value) {
            if (value === initial) return;
            write(writer, value);
            writer.tag(number, wireType);
        },
    };
}

export const string = scalar(WireType.bytes, "", (r) => r.string(), (w, v) => { w.string(v); }); // prettier-ignore
export const integer = scalar(WireType.varint, 0, (r) => r.varint(), (w, v) => { w.varint(v); }); // prettier-ignore
export const double = scalar(WireType.fixed64, 0, (r) => r.double(), (w, v) => { w.double(v); }); // prettier-ignore
export const boolean: Kind<boolean> = scalar(
    WireType.varint,
    false,
    (r) => r.varint() !== 0,
    (w, v) => {
        w.varint(v ? 1 : 0);
    },
);

/** A field whose absence differs from its default: proto3's `optional`, and the members of a oneof. */
export function optional<T>(kind: Kind<T>): Kind<T | undefined> {
    return {
        wireType: kind.wireType,
        initial: () => undefined,
        read: (reader, before) => kind.read(reader, before ?? kind.initial()),
        write(writer, number, value) {
            if (value === undefined) return;
            const before = writer.length;
            kind.write(writer, number, value);
            if (writer.length > before) return;
            // The default, sent none the less. All the kinds that leave their default out write it as one zero byte.
            writer.varint(0);
            writer.tag(number, kind.wireType);
        },
    };
}

/** Bytes that are carried on unread. */
export const raw: Kind<Buffer | undefined> = {
    wireType: WireType.bytes,
    initial: () => undefined,
    read: (reader) => reader.block(),
    write(writer, number, value) {
        if (value === undefined) return;
        writer.block(value);
        writer.tag(number, WireType.bytes);
    },
};

/** A message within a message; undefined where it was not sent. */
export function nested<F extends Fields>(message: Message<F>): Kind<MessageOf<F> | undefined> {
    return {
        wireType: WireType.bytes,
        initial: () => undefined,
        read: (reader) => reader.nested((inner) => message.read(inner)),
        write(writer, number, value) {
            if (value === undefined) return;
            const before = writer.length;
            message.write(writer, value);
            writer.varint(writer.length - before);
            writer.tag(number, WireType.bytes);
        },
    };
}

export function list<T>(kind: Kind<T>): Kind<readonly NonNullable<T>[]> {
    // proto3 writes each element, its default too.
    const element = kind.initial() === undefined ? kind : optional(kind);
    return {
        wireType: WireType.bytes,
        initial: () => [],
        read(reader, before) {
            (before as T[]).push(kind.read(reader, kind.initial()));
            return before;
        },
        write(writer, number, values) {
            for (let i = values.length - 1; i >= 0; i--) element.write(writer, number, values[i]);
        },
    };
}

/** A map with text as its keys: a list of entries on the wire. */
export function map<T>(kind: Kind<T>): Kind<Readonly<Record<string, NonNullable<T>>>> {
    return {
        wireType: WireType.bytes,
        initial: () => ({}),
        read(reader, before) {
            reader.nested((entry) => {
                let key = "";
                let value = kind.initial();
                while (!entry.done) {
                    const tag = entry.varint();
                    if (tag >> 3 === 1) key = entry.string();
                    else if (tag >> 3 === 2) value = kind.read(entry, value);
                    else entry.skip(tag % 8);
                }
                setOwn(before as Record<string, T>, key, value);
            });
            return before;
        },
        write(writer, number, values) {
            for (const [key, value] of Object.entries(values).reverse()) {
                const before = writer.length;
                kind.write(writer, 2, value);
                writer.string(key);
                writer.tag(1, WireType.bytes);
                writer.varint(writer.length - before);
                writer.tag(number, WireType.bytes);
            }
        },
    };
}

/** Sets a property that may be named `__proto__`, as a key of somebody's JSON may. */
export function setOwn<T>(object: Record<string, T>, key: string, value: T): void {
    if (key === "__proto__") {
        Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
    } else object[key] = value;
}
