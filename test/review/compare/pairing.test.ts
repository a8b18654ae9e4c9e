import assert from "node:assert/strict";

import fc from "fast-check";

import { standInUuid } from "../../../preview/engine/outputs/context";
import { compareResources } from "../../../review/compare/resources";
import type { SnapshotResource } from "../../../review/snapshot";
import { KEY, PLATFORM, ROLE, lines, resource, shop, urn } from "../support/resources";

// How an engine finds a resource in its state by several aliases at once, this does not show.
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
