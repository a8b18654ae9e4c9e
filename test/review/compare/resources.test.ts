import assert from "node:assert/strict";

import fc from "fast-check";

import { standInUuid } from "../../../preview/engine/outputs/context";
import { compareResources } from "../../../review/compare/resources";
import type { SnapshotResource } from "../../../review/snapshot";

const urn = (types: string, name: string): string => `urn:pulumi:prod::strongroom::${types}::${name}`;

const ROLE = "aws:iam/role:Role";
const KEY = "aws:kms/key:Key";
const SECRET = "aws:secretsmanager/secret:Secret";
const DOCUMENT = "strongroom:secrets:Document";
const PLATFORM = "strongroom:stacks:Platform";

type Sketch = Partial<SnapshotResource> & { readonly under?: SnapshotResource };

function resource(type: string, name: string, { under, ...more }: Sketch = {}): SnapshotResource {
    const above = under === undefined ? "" : `${under.urn.split("::")[2] ?? ""}$`;
    return {
        ...{ urn: urn(`${above}${type}`, name), type, name },
        ...{
            custom: !type.startsWith("strongroom:"),
            read: false,
            inputs: {},
            options: {},
            dependencies: [],
        },
        ...(under === undefined ? {} : { parent: under.urn }),
        ...more,
    };
}

/** The changes as a line each. */
function lines(before: readonly SnapshotResource[], after: readonly SnapshotResource[]): readonly string[] {
    return compareResources(before, after).changes.map(
        ({ kind, name, properties, replacedBecauseOf = [], formerUrn }) =>
            [
                `${kind} ${name}`,
                ...(formerUrn === undefined ? [] : [`was ${formerUrn.split("::")[3] ?? ""}`]),
                ...properties.map(({ path }) => path),
                ...replacedBecauseOf.map((path) => `because of ${path}`),
            ].join(", "),
    );
}

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

const shop = (name: string, options: SnapshotResource["options"] = {}): readonly SnapshotResource[] => {
    const platform = resource(PLATFORM, name, { options });
    const document = resource(DOCUMENT, `${name}/db`, { under: platform });
    return [
        platform,
        document,
        resource(SECRET, `${name}/db`, { under: document, inputs: { name: "shop/db" } }),
    ];
};

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

describe("aliases", () => {
    it("rename a resource", () => {
        const before = [resource(ROLE, "old", { inputs: { name: "r" } })];
        const renamed = (inputs: SnapshotResource["inputs"]): readonly SnapshotResource[] => [
            resource(ROLE, "new", { inputs, options: { aliases: [urn(ROLE, "none"), urn(ROLE, "old")] } }),
        ];
        assert.deepEqual(lines(before, renamed({ name: "r" })), ["renamed new, was old"]);
        assert.deepEqual(lines(before, renamed({ name: "s" })), [
            "replaced new, was old, name, because of name",
        ]);
    });

    it("of a component rename what is below it, and names that begin with its own", () => {
        const aliased = { aliases: [urn(PLATFORM, "shop")] };
        assert.deepEqual(lines(shop("shop"), shop("store", aliased)), [
            "renamed store/db, was shop/db",
            "renamed store/db, was shop/db",
            "renamed store, was shop",
        ]);
    });

    it("do nothing for a resource that had its URN already", () => {
        const before = [resource(ROLE, "a"), resource(ROLE, "b")];
        const after = [resource(ROLE, "a", { options: { aliases: [urn(ROLE, "b")] } })];
        assert.deepEqual(lines(before, after), ["removed b"]);
    });

    it("lead one resource to another once", () => {
        const options = { aliases: [urn(ROLE, "old")] };
        const after = [resource(ROLE, "b", { options }), resource(ROLE, "a", { options })];
        assert.deepEqual(lines([resource(ROLE, "old")], after), ["renamed a, was old", "added b"]);
    });

    it("of a key that a preview makes an id up for change nothing for what names it", () => {
        const key = (name: string, aliases: readonly string[] = []): readonly SnapshotResource[] => [
            resource(KEY, name, { options: { aliases } }),
            resource("aws:kms/alias:Alias", "alias", {
                inputs: { name: "a", targetKeyId: standInUuid(urn(KEY, name)) },
            }),
        ];
        assert.deepEqual(lines(key("old"), key("new", [urn(KEY, "old")])), ["renamed new, was old"]);
        assert.deepEqual(lines(key("old"), key("new")), [
            "changed alias, targetKeyId",
            "added new",
            "removed old",
        ]);
    });

    it("are no change of their own", () => {
        const options = { aliases: [urn(ROLE, "old")] };
        assert.deepEqual(lines([resource(ROLE, "a")], [resource(ROLE, "a", { options })]), []);
    });
});

describe("comparing", () => {
    const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"), { maxLength: 8 });
    const estate = fc
        .tuple(names, fc.array(fc.constantFrom("r", "s", "t"), { minLength: 8, maxLength: 8 }))
        .map(([some, values]) =>
            some.map((name, at) => {
                const under = resource(PLATFORM, "p");
                return resource(ROLE, name, {
                    under,
                    inputs: { name: values[at] ?? "", tags: { [name]: "1" } },
                });
            }),
        );

    it("does not care for the order of registration", () => {
        fc.assert(
            fc.property(estate, estate, fc.nat(), (before, after, seed) => {
                const turned = [...after.slice(seed % 8), ...after.slice(0, seed % 8)];
                assert.deepEqual(lines(before, turned), lines(before, after));
                assert.deepEqual(lines([...before].reverse(), after), lines(before, after));
            }),
        );
    });

    it("tells each resource once, and all of them", () => {
        fc.assert(
            fc.property(estate, estate, (before, after) => {
                const { changes, unchanged } = compareResources(before, after);
                const all = new Set([...before, ...after].map((each) => each.urn));
                assert.equal(new Set(changes.map((each) => each.urn)).size, changes.length);
                assert.equal(changes.length + unchanged, all.size);
            }),
        );
    });

    it("finds the same from both sides", () => {
        const turn: Readonly<Record<string, string>> = { added: "removed", removed: "added" };
        const told = (
            before: readonly SnapshotResource[],
            after: readonly SnapshotResource[],
        ): readonly string[] =>
            compareResources(before, after).changes.map(({ kind, urn: of }) => `${of} ${kind}`);
        fc.assert(
            fc.property(estate, estate, (before, after) => {
                const back = compareResources(after, before).changes.map(
                    ({ kind, urn: of }) => `${of} ${turn[kind] ?? kind}`,
                );
                assert.deepEqual(back, told(before, after));
            }),
        );
    });
});
