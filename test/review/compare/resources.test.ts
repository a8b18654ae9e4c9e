import assert from "node:assert/strict";

import { compareResources } from "../../../review/compare/resources";
import type { SnapshotResource } from "../../../review/snapshot";

import { DOCUMENT, ROLE, lines, resource, shop, urn } from "../support/resources";
import type { Sketch } from "../support/resources";

const one = (
    type: string,
    inputs: SnapshotResource["inputs"],
    more: Sketch = {},
): readonly SnapshotResource[] => [resource(type, "one", { inputs, ...more })];

interface Case {
    readonly title: string;
    readonly before: readonly SnapshotResource[];
    readonly after: readonly SnapshotResource[];
    readonly changes: readonly string[];
}

const eks = (mutable: string): SnapshotResource =>
    resource("pulumi:providers:kubernetes", "eks", {
        inputs: { enableSecretMutable: mutable, version: "1" },
    });
const opaque = (
    provider: SnapshotResource,
    inputs: SnapshotResource["inputs"],
): readonly SnapshotResource[] => [
    provider,
    resource("kubernetes:core/v1:Secret", "one", { inputs, provider: provider.urn }),
];
const BINDING = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";

const CASES: readonly Case[] = [
    {
        title: "a resource more and a resource less",
        before: [resource(ROLE, "a"), resource(ROLE, "b")],
        after: [resource(ROLE, "b"), resource(ROLE, "c")],
        changes: ["removed a", "added c"],
    },
    {
        title: "another type under the same name is another resource",
        before: [resource(ROLE, "a")],
        after: [resource("aws:iam/user:User", "a")],
        changes: ["removed a", "added a"],
    },
    {
        title: "a property that its provider changes in place",
        before: one(ROLE, { name: "r", description: "a" }),
        after: one(ROLE, { name: "r", description: "b" }),
        changes: ["changed one, description"],
    },
    {
        title: "a property that its provider can't change",
        before: one(ROLE, { name: "r", description: "a" }),
        after: one(ROLE, { name: "s", description: "b" }),
        changes: ["replaced one, description, name, because of name"],
    },
    {
        title: "a part of a property that its provider can't change",
        before: one(BINDING, { roleRef: { name: "a" }, metadata: { name: "b" } }),
        after: one(BINDING, { roleRef: { name: "c" }, metadata: { name: "b" } }),
        changes: ["replaced one, roleRef.name, because of roleRef.name"],
    },
    {
        title: "a kind of Kubernetes that no table has, under another name",
        before: one("kubernetes:example.com/v1:Thing", { metadata: { name: "a", labels: { b: "c" } } }),
        after: one("kubernetes:example.com/v1:Thing", { metadata: { name: "d", labels: { b: "e" } } }),
        changes: ["replaced one, metadata.labels.b, metadata.name, because of metadata.name"],
    },
    {
        title: "what replaceOnChanges names",
        before: one(ROLE, { description: "a", tags: { b: "c" } }),
        after: one(ROLE, { description: "a", tags: { b: "d" } }, { options: { replaceOnChanges: ["tags"] } }),
        changes: ["replaced one, tags.b, options.replaceOnChanges, because of tags.b"],
    },
    {
        title: "everything, where replaceOnChanges says so, and no option",
        before: one(ROLE, { description: "a" }, { options: { replaceOnChanges: ["*"] } }),
        after: one(ROLE, { description: "b" }, { options: { replaceOnChanges: ["*"], protect: true } }),
        changes: ["replaced one, description, options.protect, because of description"],
    },
    {
        title: "another provider",
        before: one(ROLE, {}, { provider: urn("pulumi:providers:aws", "a") }),
        after: one(ROLE, {}, { provider: urn("pulumi:providers:aws", "b") }),
        changes: ["replaced one, options.provider, because of options.provider"],
    },
    {
        title: "what ignoreChanges leaves as it is",
        before: one(
            ROLE,
            { name: "r", tags: { a: "b" } },
            { options: { ignoreChanges: ["name", "tags.a"] } },
        ),
        after: one(ROLE, { name: "s", tags: { a: "c" } }, { options: { ignoreChanges: ["name", "tags.a"] } }),
        changes: [],
    },
    {
        title: "a protection that goes",
        before: one(ROLE, {}, { options: { protect: true } }),
        after: one(ROLE, {}),
        changes: ["changed one, options.protect"],
    },
    {
        title: "another version of a plugin",
        before: [...one(ROLE, {}, { options: { version: "1" } }), eks("true")],
        after: [
            ...one(ROLE, {}, { options: { version: "2" } }),
            { ...eks("true"), inputs: { enableSecretMutable: "true", version: "2" } },
        ],
        changes: [],
    },
    {
        title: "a Secret whose provider may change it",
        before: opaque(eks("true"), { data: { a: { "~secret": "1" } } }),
        after: opaque(eks("true"), { data: { a: { "~secret": "2" } } }),
        changes: ["changed one, data.a"],
    },
    {
        title: "a Secret whose provider may not",
        before: opaque(eks("false"), { data: { a: { "~secret": "1" } } }),
        after: opaque(eks("false"), { data: { a: { "~secret": "2" } } }),
        changes: ["replaced one, data.a, because of data.a"],
    },
    {
        title: "a Secret that was immutable, whoever may change others",
        before: opaque(eks("true"), { immutable: true, data: { a: { "~secret": "1" } } }),
        after: opaque(eks("true"), { data: { a: { "~secret": "2" } } }),
        changes: ["replaced one, data.a, immutable, because of data.a, because of immutable"],
    },
];

// An engine decides with the state that it has; here the base's declaration stands for it.
describe("what becomes of resources", () => {
    for (const { title, before, after, changes } of CASES) {
        it(title, () => {
            assert.deepEqual(lines(before, after), changes);
        });
    }

    it("is none of a component's or of what is only read: no engine replaces these", () => {
        const read = { read: true };
        assert.deepEqual(lines(one(ROLE, { name: "a" }, read), one(ROLE, { name: "b" }, read)), [
            "changed one, name",
        ]);
        assert.deepEqual(lines(one(DOCUMENT, { name: "a" }), one(DOCUMENT, { name: "b" })), [
            "changed one, name",
        ]);
    });

    it("tells whose resource it is, and that it was protected", () => {
        const [platform, document, secret] = shop("shop");
        assert.ok(platform && document && secret);
        const kept = { ...secret, options: { protect: true } };
        const [change] = compareResources([platform, document, kept], [platform, document]).changes;
        assert.equal(change?.belongsTo, "document shop/db");
        assert.equal(change.isProtected, true);
    });

    it("names what ignoreChanges hides, for a note", () => {
        const password = (length: number): readonly SnapshotResource[] =>
            one(
                "random:index/randomPassword:RandomPassword",
                { length },
                { options: { ignoreChanges: ["length"] } },
            );
        assert.deepEqual(compareResources(password(24), password(32)).ignored, [
            "RandomPassword one (length)",
        ]);
    });
});

describe("a value that is drawn", () => {
    const PASSWORD = "random:index/randomPassword:RandomPassword";
    const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";
    const entry = (
        generation: string,
        inputs: SnapshotResource["inputs"] = {},
    ): readonly SnapshotResource[] => {
        const password = resource(PASSWORD, `db.password-${generation}`, { inputs });
        const dependencies = [password.urn];
        const secretString = { "~secret": "unknown" };
        return [
            password,
            resource(VERSION, "db", { inputs: { secretId: "arn", secretString }, dependencies }),
            resource(ROLE, "db", { inputs: { name: "db" }, dependencies }),
        ];
    };

    it("is another one in another generation, although nobody can see it yet", () => {
        assert.deepEqual(lines(entry("g1"), entry("g2")), [
            "replaced db, secretString, because of secretString",
            "removed db.password-g1",
            "added db.password-g2",
        ]);
    });

    it("is another one where what draws it is replaced", () => {
        assert.deepEqual(lines(entry("g1", { length: 24 }), entry("g1", { length: 32 })), [
            "replaced db, secretString, because of secretString",
            "replaced db.password-g1, length, because of length",
        ]);
    });

    it("is told of neither side", () => {
        const [change] = compareResources(entry("g1"), entry("g2")).changes;
        assert.deepEqual(change?.properties, [{ path: "secretString", kind: "changed", isSecret: true }]);
    });
});
