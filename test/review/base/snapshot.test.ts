import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import fc from "fast-check";

import { Asset, Secret, Unknown, type PropertyMap, type PropertyValue } from "../../../preview/engine/values";
import type { Rendering } from "../../../preview/rendering";
import { encodings } from "../../../preview/report/redact";
import { DigestKey } from "../../../review/base/key";
import { snapshotOf } from "../../../review/base/snapshot";
import type { Snapshot } from "../../../review/snapshot";
import { rendering } from "../../support/rendering";
import { renderings } from "../../support/renderings";

const key = new DigestKey(randomBytes(32));
const TYPE = "aws:secretsmanager/secretVersion:SecretVersion";

function snapshot(inputs: PropertyMap, more: Partial<Rendering> = {}, by = key): Snapshot {
    const one = rendering({ resources: [{ type: TYPE, name: "version", inputs }] });
    return snapshotOf([{ ...one, ...more }], [], by);
}

function markOf(value: PropertyValue, by = key): unknown {
    return snapshot({ value }, {}, by).stacks[0]?.resources[1]?.inputs["value"];
}

/** Data as properties hold it, and the same as secrets hold it. */
const plainValue: fc.Arbitrary<PropertyValue> = fc.letrec<{ value: PropertyValue }>((tie) => ({
    value: fc.oneof(
        { depthSize: "small" },
        fc.constant(null),
        fc.boolean(),
        fc.integer(),
        fc.string(),
        fc.constant(Unknown.value),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(
            fc.string().filter((name) => name !== "__proto__"),
            tie("value"),
            { maxKeys: 3 },
        ),
    ),
})).value;

/** Another object with the same content, its keys the other way round. */
function turned(value: PropertyValue): PropertyValue {
    if (Array.isArray(value)) return (value as readonly PropertyValue[]).map(turned);
    if (typeof value !== "object" || value === null || value instanceof Unknown) return value;
    return Object.fromEntries(
        Object.entries(value as PropertyMap)
            .reverse()
            .map(([name, each]) => [name, turned(each)]),
    );
}

const isMark = (mark: unknown): mark is { "~secret": string } =>
    typeof mark === "object" && mark !== null && "~secret" in mark;

/** A value as it is drawn: long enough, and of several kinds of characters. */
const canary = fc
    .string({
        unit: fc.constantFrom("a", "X", "0", "9", "-", "/", "=", "!", '"', "\\", "\n", " ", "ä", "🔐"),
        minLength: 16,
        maxLength: 40,
    })
    .map((text) => `Q7-${text}-x9Z`);

/**
 * Does not prove: that a program marks what is secret; that nobody guesses a value who has the key; texts derived from a
 * value in ways that are not looked for, such as its hash.
 */
describe("a snapshot", () => {
    it("holds a digest for a secret and a mark for an unknown", () => {
        const inputs = {
            a: new Secret("Q7-a-drawn-value-x9Z"),
            b: Unknown.value,
            c: ["plain", Unknown.value],
        };
        const [, version] = snapshot(inputs).stacks[0]?.resources ?? [];
        const { a, b, c } = version?.inputs ?? {};
        assert.deepEqual([b, c], [{ "~unknown": true }, ["plain", { "~unknown": true }]]);
        assert.match((a as { "~secret": string })["~secret"], /^[\w-]{22}$/);
    });

    it("has equal digests for equal values, also with unknown parts, and others for others", () => {
        fc.assert(
            fc.property(plainValue, plainValue, (one, other) => {
                assert.deepEqual(markOf(new Secret(one)), markOf(new Secret(turned(one))));
                assert.deepEqual(markOf(new Secret(new Secret(one))), markOf(new Secret(one)));
                const same = JSON.stringify([one]) === JSON.stringify([other]);
                if (!same && JSON.stringify([turned(one)]) !== JSON.stringify([other]))
                    assert.notDeepEqual(markOf(new Secret(one)), markOf(new Secret(other)));
            }),
        );
    });

    const different: readonly (readonly [string, PropertyValue, PropertyValue])[] = [
        ["a text and a number", "1", 1],
        ["an unknown and its word", Unknown.value, "[unknown]"],
        ["an unknown and a letter", Unknown.value, "u"],
        ["a list and its text", ["a"], '["a"]'],
        ["nothing and an empty list", {}, []],
        ["one element and two", ["a,b"], ["a", "b"]],
        ["files of different content", new Asset("asset", "aa", {}), new Asset("asset", "bb", {})],
    ];
    for (const [title, one, other] of different) {
        it(`tells ${title} apart`, () => {
            assert.notDeepEqual(markOf(new Secret(one)), markOf(new Secret(other)));
        });
    }

    it("has other digests with another key", () => {
        const other = new DigestKey(randomBytes(32));
        assert.notDeepEqual(markOf(new Secret("value")), markOf(new Secret("value"), other));
    });

    it("makes a secret of a text in which one stands unmarked, which still tells whether it changed", () => {
        const url = (host: string): unknown => {
            const drawn = "Q7-a-drawn-value-x9Z";
            const inputs = { url: `postgres://u:${drawn}@${host}`, password: new Secret(drawn) };
            return snapshot(inputs).stacks[0]?.resources[1]?.inputs["url"];
        };
        assert.ok(isMark(url("a")));
        assert.deepEqual(url("a"), url("a"));
        assert.notDeepEqual(url("a"), url("b"));
    });

    it("shows a secret of a rendering nowhere, in no encoding", () => {
        fc.assert(
            fc.property(canary, fc.nat(6), (value, at) => {
                const carried = [value, ...encodings(value)][at] ?? value;
                const violation = {
                    pack: "p",
                    policy: "q",
                    level: "mandatory",
                    description: "d",
                    message: `found ${carried} here`,
                } as const;
                const made = snapshot(
                    { secret: new Secret({ deep: [value] }), [`key ${carried}`]: [`in ${carried} text`] },
                    {
                        outputs: { out: carried },
                        violations: [
                            { ...violation, exemption: { owner: "o", reason: carried, until: "2027-01-01" } },
                        ],
                        diagnostics: [{ severity: "info", message: carried }],
                    },
                );
                const text = `${serialize(made).toString("latin1")}\n${serialize(made).toString("utf8")}\n${JSON.stringify(made)}`;
                for (const form of [value, ...encodings(value)])
                    for (const shown of [form, JSON.stringify(form).slice(1, -1)])
                        assert.ok(!text.includes(shown), `it shows as ${JSON.stringify(shown)}`);
            }),
        );
    });

    it("shows no issued value either, though no resource has it", () => {
        const issued = { "p/d.f": new Secret("Q7-a-drawn-value-x9Z") };
        const made = snapshot({ note: "it is Q7-a-drawn-value-x9Z" }, { issued });
        assert.ok(!JSON.stringify(made).includes("drawn-value"));
    });

    it("says of encrypted configuration only whether its text is another", () => {
        const digests = (text: string) => snapshot({}, { ciphertexts: { "p:k": text } }).stacks[0]?.encrypted;
        assert.deepEqual(digests("v1:a:b"), digests("v1:a:b"));
        assert.notDeepEqual(digests("v1:a:b"), digests("v1:a:c"));
        assert.match(digests("v1:a:b")?.["p:k"] ?? "", /^[0-9a-f]{32}$/);
    });

    it("is plain data that comes back as it was, with identities and entries shared by the cells", async () => {
        const made = snapshotOf(await renderings(), [], key);
        const bytes = serialize(made);
        const back = deserialize(bytes) as Snapshot;
        assert.deepEqual(back, made);
        for (const { access } of back.stacks) {
            const identities = new Set(access.identities);
            const entries = new Set(access.entries);
            assert.ok(access.cells.length > 100);
            assert.ok(
                access.cells.every(({ identity, entry }) => identities.has(identity) && entries.has(entry)),
            );
        }
        assert.ok(bytes.length < 2_000_000, `${String(bytes.length)} bytes`);
        const keys = new Set(back.stacks.flatMap(({ access }) => access.identities.flatMap(Object.keys)));
        const known = ["environment", "kind", "name", "realm", "serviceAccounts", "stack", "system", "urn"];
        assert.deepEqual([...keys].sort(), known);
    });
});
