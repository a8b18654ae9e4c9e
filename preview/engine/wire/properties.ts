import { createHash } from "node:crypto";

import { Asset, ResourceReference, Secret, Unknown, type PropertyMap, type PropertyValue } from "../values";
import { ByteReader, ByteWriter, WireType } from "./bytes";
import { setOwn, type Kind } from "./message";

/**
 * Property values travel as `google.protobuf.Struct`, where an object with a signature key stands for what JSON has no
 * word for, and a few fixed strings for an unknown value. This module alone knows them.
 *
 * @see The SDK's `runtime/rpc.js`, which writes and reads the same signatures on the program's side.
 */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** The string that an unknown value is sent as; also the id of whatever gets its id from a cloud. */
export const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWNS: ReadonlySet<string> = new Set([
    UNKNOWN_STRING,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
    "030794c1-ac77-496b-92df-f27374a8bd58", // asset
    "e48ece36-62e2-4504-bad9-02848725956a", // archive
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);
/** No two of the fixed strings differ in length, so other strings are told apart without hashing them. */
const UNKNOWN_LENGTH = UNKNOWN_STRING.length;

/** `google.protobuf.Value`'s members and their numbers. */
const Member = { null: 1, number: 2, string: 3, boolean: 4, struct: 5, list: 6 } as const;

/** Gathers what output values depend on while they are read: a transform returns its dependencies in them. */
type OnDependency = (urn: string) => void;

function readStruct(reader: ByteReader, onDependency?: OnDependency): Record<string, PropertyValue> {
    const map: Record<string, PropertyValue> = {};
    while (!reader.done) {
        reader.varint();
        reader.nested((entry) => {
            let key = "";
            let value: PropertyValue = null;
            while (!entry.done) {
                if (entry.varint() >> 3 === 1) key = entry.string();
                else value = entry.nested((inner) => readValue(inner, onDependency));
            }
            setOwn(map, key, value);
        });
    }
    return map;
}

function readValue(reader: ByteReader, onDependency?: OnDependency): PropertyValue {
    let value: PropertyValue = null;
    while (!reader.done) {
        const member = reader.varint() >> 3;
        if (member === Member.string) {
            const text = reader.string();
            value = text.length === UNKNOWN_LENGTH && UNKNOWNS.has(text) ? Unknown.value : text;
        } else if (member === Member.struct) {
            value = reader.nested((inner) => fold(readStruct(inner, onDependency), onDependency));
        } else if (member === Member.list) {
            value = reader.nested((inner) => {
                const elements: PropertyValue[] = [];
                while (!inner.done) {
                    inner.varint();
                    elements.push(inner.nested((element) => readValue(element, onDependency)));
                }
                return elements;
            });
        } else if (member === Member.number) value = reader.double();
        else if (member === Member.boolean) value = reader.varint() !== 0;
        else {
            reader.varint();
            value = null;
        }
    }
    return value;
}

/** Turns an object with a signature into what it stands for. */
function fold(map: Record<string, PropertyValue>, onDependency?: OnDependency): PropertyValue {
    switch (map[SIGNATURE]) {
        case undefined:
            return map;
        case SECRET:
            return secretOf(map["value"] ?? null);
        case OUTPUT: {
            if (onDependency !== undefined)
                (map["dependencies"] as string[] | undefined)?.forEach(onDependency);
            const value = "value" in map ? map["value"] : Unknown.value;
            return map["secret"] === true ? secretOf(value ?? null) : (value ?? null);
        }
        case ASSET:
        case ARCHIVE: {
            const { [SIGNATURE]: signature, hash, ...fields } = map;
            const kind = signature === ASSET ? "asset" : "archive";
            return new Asset(kind, typeof hash === "string" ? hash : hashOf(fields), fields);
        }
        case RESOURCE: {
            const id = map["id"];
            const known = id instanceof Unknown || (typeof id === "string" && id !== "") ? id : undefined;
            const version = map["packageVersion"];
            return new ResourceReference(
                map["urn"] as string,
                known,
                typeof version === "string" ? version : "",
            );
        }
        default:
            throw new RangeError("a property carries a signature that this preview does not know");
    }
}

function secretOf(value: PropertyValue): Secret {
    return value instanceof Secret ? value : new Secret(value);
}

/** Of an asset's text; of where it is found otherwise, since no file is opened for a preview. */
function hashOf(fields: PropertyMap): string {
    const text = fields["text"];
    return createHash("sha256")
        .update(typeof text === "string" ? text : JSON.stringify(fields))
        .digest("hex");
}

/** How the same values look to the program, to a transform within it, and to a policy. */
interface Dialect {
    /** A transform gets secrets and unknowns as output values: an unknown within a property leaves the rest known. */
    readonly outputValues: boolean;
    /** A policy sees the id of a resource in place of a reference to it. */
    readonly references: boolean;
    /** Keys that begin with `__` are the engine's own; a policy does not see them. */
    readonly internalKeys: boolean;
}

const FOR_PROGRAM: Dialect = { outputValues: false, references: true, internalKeys: true };
const FOR_TRANSFORM: Dialect = { outputValues: true, references: true, internalKeys: true };
const FOR_POLICY: Dialect = { outputValues: false, references: false, internalKeys: false };
const FOR_REMEDIATION: Dialect = { outputValues: false, references: false, internalKeys: true };

function writeStruct(writer: ByteWriter, map: PropertyMap, dialect: Dialect): void {
    for (const [key, value] of Object.entries(map).reverse()) {
        if (!dialect.internalKeys && key.startsWith("__")) continue;
        writeEntry(writer, key, value, dialect);
    }
}

function writeEntry(writer: ByteWriter, key: string, value: PropertyValue, dialect: Dialect): void {
    const before = writer.length;
    writeValue(writer, value, dialect);
    writer.varint(writer.length - before);
    writer.tag(2, WireType.bytes);
    writer.string(key);
    writer.tag(1, WireType.bytes);
    writer.varint(writer.length - before);
    writer.tag(1, WireType.bytes);
}

function writeValue(writer: ByteWriter, value: PropertyValue, dialect: Dialect): void {
    if (typeof value === "string") {
        writer.string(value);
        writer.tag(Member.string, WireType.bytes);
    } else if (typeof value === "number") {
        writer.double(value);
        writer.tag(Member.number, WireType.fixed64);
    } else if (typeof value === "boolean") {
        writer.varint(value ? 1 : 0);
        writer.tag(Member.boolean, WireType.varint);
    } else if (value === null) {
        writer.varint(0);
        writer.tag(Member.null, WireType.varint);
    } else if (Array.isArray(value)) {
        const before = writer.length;
        for (let i = value.length - 1; i >= 0; i--) {
            const start = writer.length;
            writeValue(writer, (value as PropertyValue[])[i] ?? null, dialect);
            writer.varint(writer.length - start);
            writer.tag(1, WireType.bytes);
        }
        writer.varint(writer.length - before);
        writer.tag(Member.list, WireType.bytes);
    } else if (value instanceof Unknown && !dialect.outputValues) {
        writeValue(writer, UNKNOWN_STRING, dialect);
    } else if (value instanceof ResourceReference && !dialect.references) {
        writeValue(writer, value.id ?? value.urn, dialect);
    } else {
        const before = writer.length;
        writeStruct(writer, unfold(value as PropertyMap, dialect), dialect);
        writer.varint(writer.length - before);
        writer.tag(Member.struct, WireType.bytes);
    }
}

/** The reverse of `fold`. */
function unfold(
    value: PropertyMap | Secret | Unknown | Asset | ResourceReference,
    dialect: Dialect,
): PropertyMap {
    if (value instanceof Secret) {
        if (!dialect.outputValues) return { [SIGNATURE]: SECRET, value: value.reveal() };
        return outputValue(value, []);
    }
    if (value instanceof Unknown) return outputValue(value, []);
    if (value instanceof Asset) {
        return { [SIGNATURE]: value.kind === "asset" ? ASSET : ARCHIVE, hash: value.hash, ...value.fields };
    }
    if (value instanceof ResourceReference) {
        const id = value.id === undefined ? {} : { id: value.id };
        const version = value.packageVersion === "" ? {} : { packageVersion: value.packageVersion };
        return { [SIGNATURE]: RESOURCE, urn: value.urn, ...id, ...version };
    }
    return value;
}

function outputValue(value: PropertyValue, dependencies: readonly string[]): PropertyMap {
    const content = value instanceof Secret ? value.reveal() : value;
    return {
        [SIGNATURE]: OUTPUT,
        ...(content instanceof Unknown ? {} : { value: content }),
        ...(value instanceof Secret ? { secret: true } : {}),
        ...(dependencies.length > 0 ? { dependencies } : {}),
    };
}

function propertiesIn(dialect: Dialect): Kind<PropertyMap | undefined> {
    return {
        wireType: WireType.bytes,
        initial: () => undefined,
        read: (reader) => reader.nested((inner) => readStruct(inner)),
        write(writer, number, value) {
            if (value === undefined) return;
            const before = writer.length;
            writeStruct(writer, value, dialect);
            writer.varint(writer.length - before);
            writer.tag(number, WireType.bytes);
        },
    };
}

/** Properties as the program and the engine exchange them. */
export const properties = propertiesIn(FOR_PROGRAM);
/** Properties as a policy validates them. */
export const policyProperties = propertiesIn(FOR_POLICY);
/** Properties as a policy remediates them: with the engine's own keys, which would be lost otherwise. */
export const remediationProperties = propertiesIn(FOR_REMEDIATION);

/** Urns by property. */
export type PropertyDependencies = Readonly<Record<string, readonly string[]>>;

/** For a transform: each property that depends on resources becomes an output value that says so. */
export function encodeForTransform(map: PropertyMap, dependencies: PropertyDependencies): Buffer {
    const writer = new ByteWriter();
    for (const [key, value] of Object.entries(map).reverse()) {
        const urns = dependencies[key] ?? [];
        writeEntry(writer, key, urns.length > 0 ? outputValue(value, urns) : value, FOR_TRANSFORM);
    }
    return writer.finish();
}

/** What a transform returned, with the dependencies of each property. */
export function decodeFromTransform(bytes: Buffer): {
    properties: PropertyMap;
    dependencies: Record<string, readonly string[]>;
} {
    const reader = new ByteReader(bytes);
    const map: Record<string, PropertyValue> = {};
    const dependencies: Record<string, readonly string[]> = {};
    while (!reader.done) {
        const start = reader.position;
        const urns = new Set<string>();
        reader.varint();
        reader.block();
        const entry = new ByteReader(bytes.subarray(start, reader.position));
        for (const [key, value] of Object.entries(readStruct(entry, (urn) => urns.add(urn)))) {
            setOwn(map, key, value);
            setOwn(dependencies, key, [...urns].sort());
        }
    }
    return { properties: map, dependencies };
}
