import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";

import fc from "fast-check";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import {
    Asset,
    ResourceReference,
    Secret,
    Unknown,
    type PropertyMap,
    type PropertyValue,
} from "../../../preview/engine/values";
import * as analyzer from "../../../preview/engine/wire/analyzer-messages";
import { ByteReader, ByteWriter } from "../../../preview/engine/wire/bytes";
import { field, Message } from "../../../preview/engine/wire/message";
import * as monitor from "../../../preview/engine/wire/monitor-messages";
import {
    decodeFromTransform,
    encodeForTransform,
    policyProperties,
    properties,
} from "../../../preview/engine/wire/properties";

const Carrier = new Message("Carrier", { map: field(1, properties) });
const ForPolicy = new Message("ForPolicy", { map: field(1, policyProperties) });
const key = fc.string({ minLength: 0, maxLength: 8 }).filter((text) => text !== "__proto__");
const json = fc.letrec<{ value: JavaScriptValue; map: Record<string, JavaScriptValue> }>((tie) => ({
    value: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.double({ noNaN: true }),
        fc.string({ unit: "grapheme" }),
        fc.array(tie("value"), { maxLength: 4 }),
        tie("map"),
    ),
    map: fc.dictionary(key, tie("value"), { maxKeys: 5, noNullPrototype: true }),
})).map;

function roundTrip(map: PropertyMap): PropertyMap {
    return Carrier.decode(Carrier.encode({ map })).map ?? {};
}

/** Secrets have no content that a comparison could see. */
function comparable(value: PropertyValue): unknown {
    if (value instanceof Secret) return { secret: comparable(value.reveal()) };
    if (Array.isArray(value)) return (value as PropertyValue[]).map(comparable);
    if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype)
        return value;
    return Object.fromEntries(
        Object.entries(value as PropertyMap).map(([name, of]) => [name, comparable(of)]),
    );
}

describe("properties on the wire", () => {
    it("are what google-protobuf makes of the same JSON", () => {
        fc.assert(
            fc.property(json, (map) => {
                const struct = Struct.deserializeBinary(
                    Carrier.encode({ map: map as PropertyMap }).subarray(lengthOfHead(map)),
                );
                deepStrictEqual(struct.toJavaScript(), map);
                const theirs = Struct.fromJavaScript(map).serializeBinary();
                deepStrictEqual(properties.read(reader(withLength(theirs)), undefined), map);
            }),
        );
    });

    it("come back as they went", () => {
        const special: PropertyMap = {
            secret: new Secret({ nested: ["a", Unknown.value, 1.5] }),
            unknown: Unknown.value,
            asset: new Asset("asset", "abc", { text: "hello" }),
            reference: new ResourceReference("urn:pulumi:dev::p::t::n", Unknown.value, "1.0.0"),
            component: new ResourceReference("urn:pulumi:dev::p::t::n", undefined, ""),
            list: [null, true, -0.5, "", [], {}],
        };
        deepStrictEqual(comparable(roundTrip(special)), comparable(special));
    });

    it("keep a key named __proto__", () => {
        const map = JSON.parse('{"__proto__": {"a": 1}}') as PropertyMap;
        deepStrictEqual(Object.entries(roundTrip(map)), [["__proto__", { a: 1 }]]);
    });

    it("reach a policy without the engine's own keys, and with ids for references", () => {
        const map = {
            __internal: {},
            nested: { __defaults: [], kept: 1 },
            of: new ResourceReference("urn", "id", ""),
        };
        deepStrictEqual(ForPolicy.decode(ForPolicy.encode({ map })).map, { nested: { kept: 1 }, of: "id" });
    });

    it("reach a transform and come back with what they depend on", () => {
        const map = { a: { known: 1, unknown: Unknown.value }, b: new Secret("x"), c: 1 };
        const back = decodeFromTransform(encodeForTransform(map, { a: ["urn:1", "urn:2"], b: ["urn:3"] }));
        deepStrictEqual(comparable(back.properties), comparable(map));
        deepStrictEqual(back.dependencies, { a: ["urn:1", "urn:2"], b: ["urn:3"], c: [] });
    });
});

describe("the messages of the protocol", () => {
    type Class = new () => object;

    /** The class that ships with the SDK, by a name as the definition has it. */
    function generated(name: string): Class | undefined {
        for (const file of ["resource", "callback", "alias", "engine", "analyzer", "provider"]) {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- which of them is known at run time only
            let found = require(`@pulumi/pulumi/proto/${file}_pb`) as Record<string, unknown>;
            for (const part of name.split(".")) found = (found[part] ?? {}) as Record<string, unknown>;
            if (typeof found === "function") return found;
        }
        return undefined;
    }

    const all = [...Object.values(monitor), ...Object.values(analyzer)].filter(
        (message) => message instanceof Message && message.name !== "Empty",
    ) as Message<Record<string, never>>[];

    for (const message of all) {
        it(`have ${message.name} field for field as the SDK does`, () => {
            const Real = generated(message.name);
            ok(Real !== undefined);
            for (const [name, { number }] of Object.entries(message.fields)) {
                const setter = `set${name.charAt(0).toUpperCase()}${name.slice(1)}`;
                const methods = [
                    setter,
                    `${setter}List`,
                    setter.replace("set", "get") + "Map",
                    setter.replace("setPb_", "set"),
                ];
                const own: string | undefined = methods.find((each) => each in Real.prototype);
                ok(own !== undefined, `${message.name} has no field '${name}'`);
                strictEqual(numberOf(Real, own), number, name);
            }
        });
    }

    /** The field's number stands in the source of each accessor: `jspb.Message.setField(this, 7, value)`. */
    function numberOf(Real: Class, method: string): number {
        const accessor = (Real.prototype as Record<string, unknown>)[method];
        return Number(/this,\s*(\d+)/.exec(String(accessor))?.[1]);
    }
});

function lengthOfHead(map: Record<string, JavaScriptValue>): number {
    const bytes = Carrier.encode({ map: map as PropertyMap });
    const head = reader(bytes);
    head.varint();
    head.varint();
    return head.position;
}

function reader(bytes: Uint8Array): ByteReader {
    return new ByteReader(Buffer.from(bytes));
}

function withLength(bytes: Uint8Array): Uint8Array {
    const writer = new ByteWriter();
    writer.block(bytes);
    return writer.finish();
}
