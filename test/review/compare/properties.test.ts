import assert from "node:assert/strict";

import type { Json } from "../../../preview/report/redact";
import { differences, propertyChange } from "../../../review/compare/properties";

const secret = (digest: string): Json => ({ "~secret": digest });
const UNKNOWN: Json = { "~unknown": true };

const told = (before: Json, after: Json) => differences(before, after).map(propertyChange);
const changed = (path: string, before: Json, after: Json) => ({
    ...{ path, kind: "changed", isSecret: false, before, after },
});
const added = (path: string, after: Json) => ({ path, kind: "added", isSecret: false, after });
const removed = (path: string, before: Json) => ({ path, kind: "removed", isSecret: false, before });

const policy = (...statements: Json[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
const read = (...resources: string[]): Json => ({
    Sid: "ReadersDecrypt",
    Effect: "Allow",
    Resource: resources,
});

interface Case {
    readonly title: string;
    readonly before: Json;
    readonly after: Json;
    readonly changes: readonly unknown[];
}

const CASES: readonly Case[] = [
    {
        title: "the same in another order of properties is no change",
        before: { a: 1, b: { c: [1], d: null } },
        after: { b: { d: null, c: [1] }, a: 1 },
        changes: [],
    },
    {
        title: "names that need brackets have them",
        before: { metadata: { labels: { "strongroom.io/owner": "a", plain: "a" } } },
        after: { metadata: { labels: { "strongroom.io/owner": "b", plain: "b" } } },
        changes: [
            changed("metadata.labels.plain", "a", "b"),
            changed('metadata.labels["strongroom.io/owner"]', "a", "b"),
        ],
    },
    {
        title: "what is added or removed is told whole",
        before: { tags: { a: "1" } },
        after: { tags: { b: { c: true } } },
        changes: [removed("tags.a", "1"), added("tags.b", { c: true })],
    },
    {
        title: "an element put in front is one change",
        before: { verbs: ["get", "list"] },
        after: { verbs: ["create", "get", "list"] },
        changes: [added("verbs[0]", "create")],
    },
    {
        title: "an element that goes is one change",
        before: { verbs: ["create", "get", "list"] },
        after: { verbs: ["create", "list"] },
        changes: [removed("verbs[1]", "get")],
    },
    {
        title: "another element at the same place is a change of that place",
        before: { verbs: ["get", "list", "watch"] },
        after: { verbs: ["get", "create", "watch"] },
        changes: [changed("verbs[1]", "list", "create")],
    },
    {
        title: "another order is one change of the list",
        before: { verbs: ["get", "list"] },
        after: { verbs: ["list", "get"] },
        changes: [changed("verbs", ["get", "list"], ["list", "get"])],
    },
    {
        title: "of elements without a name the one that differs is found, with another before it",
        before: { rules: [{ verbs: ["get"] }, { verbs: ["list"], groups: ["a"] }] },
        after: { rules: [{ verbs: ["*"] }, { verbs: ["get"] }, { verbs: ["list"], groups: ["b"] }] },
        changes: [added("rules[0]", { verbs: ["*"] }), changed("rules[2].groups[0]", "a", "b")],
    },
    {
        title: "an element with a name is known by it",
        before: {
            env: [
                { name: "A", value: "1" },
                { name: "B", value: "1" },
            ],
        },
        after: {
            env: [
                { name: "0", value: "1" },
                { name: "A", value: "1" },
                { name: "B", value: "2" },
            ],
        },
        changes: [changed('env["B"].value', "1", "2"), added('env["0"]', { name: "0", value: "1" })],
    },
    {
        title: "elements with names in another order are one change of the list, by their names",
        before: { env: [{ name: "A" }, { name: "B" }] },
        after: { env: [{ name: "B" }, { name: "A" }] },
        changes: [changed("env", ["A", "B"], ["B", "A"])],
    },
    {
        title: "a name that comes twice names nothing",
        before: {
            env: [
                { name: "A", value: "1" },
                { name: "A", value: "2" },
            ],
        },
        after: {
            env: [
                { name: "A", value: "1" },
                { name: "A", value: "3" },
            ],
        },
        changes: [changed("env[1].value", "2", "3")],
    },
    {
        title: "a policy of IAM is compared as the document that it is",
        before: { policy: policy(read("arn:a")) },
        after: { policy: policy(read("arn:a", "arn:b")) },
        changes: [added('policy.Statement["ReadersDecrypt"].Resource[1]', "arn:b")],
    },
    {
        title: "a document that is only written otherwise is another text",
        before: { policy: '{"a":1}' },
        after: { policy: '{ "a": 1 }' },
        changes: [changed("policy", '{"a":1}', '{ "a": 1 }')],
    },
    {
        title: "a text that is no document any more is told as a text",
        before: { policy: '{"a":1}' },
        after: { policy: '{"a":1' },
        changes: [changed("policy", '{"a":1}', '{"a":1')],
    },
    {
        title: "a secret with another digest changed, and nothing is told of it",
        before: { data: { key: secret("1"), same: secret("0") } },
        after: { data: { key: secret("2"), same: secret("0") } },
        changes: [{ path: "data.key", kind: "changed", isSecret: true }],
    },
    {
        title: "what becomes a secret is not told either",
        before: { data: { key: "plain" } },
        after: { data: { key: secret("2") } },
        changes: [{ path: "data.key", kind: "changed", isSecret: true }],
    },
    {
        title: "what was a secret is not told either",
        before: { data: secret("2") },
        after: { data: { key: "plain" } },
        changes: [{ path: "data", kind: "changed", isSecret: true }],
    },
    {
        title: "a secret in what is added shows as the word for one",
        before: {},
        after: { data: { key: secret("2"), arn: UNKNOWN } },
        changes: [added("data", { key: "[secret]", arn: "[unknown]" })],
    },
    {
        title: "what only a deployment can tell is the same as itself",
        before: { arn: UNKNOWN, other: UNKNOWN },
        after: { arn: UNKNOWN, other: "arn:b" },
        changes: [changed("other", "[unknown]", "arn:b")],
    },
    {
        title: "a value of another kind is told whole",
        before: { a: { b: 1 } },
        after: { a: [1] },
        changes: [changed("a", { b: 1 }, [1])],
    },
    {
        title: "nothing and null are two things",
        before: { a: null },
        after: {},
        changes: [removed("a", null)],
    },
    {
        title: "a long text is cut",
        before: { a: "x".repeat(300) },
        after: { a: "y".repeat(200) },
        changes: [changed("a", `${"x".repeat(200)}…`, "y".repeat(200))],
    },
];

// That these are all shapes of properties there are, this does not show: the mutations of the real stacks do that.
describe("what differs in the properties of a resource", () => {
    for (const { title, before, after, changes } of CASES) {
        it(title, () => {
            assert.deepEqual(told(before, after), changes);
        });
    }

    it("is found the other way round as well", () => {
        const turn = { added: "removed", removed: "added", changed: "changed" } as const;
        for (const { title, before, after } of CASES) {
            const back = told(after, before).map(({ path, kind, isSecret, before: was, after: is }) => ({
                ...{ path, kind: turn[kind], isSecret },
                ...(is === undefined ? {} : { before: is }),
                ...(was === undefined ? {} : { after: was }),
            }));
            const places = (changes: readonly { readonly path: string }[]): readonly string[] =>
                changes
                    .map((each) => JSON.stringify({ ...each, path: each.path.replace(/\[\d+\]/g, "[]") }))
                    .sort();
            assert.deepEqual(places(back), places(told(before, after)), title);
        }
    });

    it("cuts no character in half", () => {
        const [change] = told({ a: "" }, { a: `${"x".repeat(199)}😀 and more` });
        assert.equal(change?.after, `${"x".repeat(199)}…`);
    });
});
