import assert from "node:assert/strict";

import fc from "fast-check";

import { order } from "../../../preview/access/estate";
import { reviewOf } from "../../../review/meaning";
import type { StackReview } from "../../../review/review";
import type { Snapshot, StackSnapshot } from "../../../review/snapshot";
import { SIDES, base } from "../support/changed";

const TURN: Readonly<Record<string, string>> = {
    ...{ added: "removed", removed: "added", gained: "lost", lost: "gained" },
};

/** Every change of a stack as a line, in the order of lines. */
function lines(stack: StackReview, turned = false): readonly string[] {
    const kindOf = (kind: string): string => (turned ? (TURN[kind] ?? kind) : kind);
    return [
        ...stack.resources.map(({ kind, urn }) => `${kindOf(kind)} ${urn}`),
        ...stack.documents.map(({ kind, document }) => `${kindOf(kind)} document ${document}`),
        ...stack.fields.map(({ kind, field }) => `${kindOf(kind)} field ${field}`),
        ...stack.access.map(
            ({ kind, cell: { identity, realm = "", verb, store, path } }) =>
                `${kindOf(kind)} ${identity} ${realm} ${verb} ${store} ${path}`,
        ),
        ...stack.workloads.map(({ kind, consumer }) => `${kindOf(kind)} workload ${consumer}`),
    ].sort();
}

/**
 * Leaves out what the numbers choose: resources, documents of platforms, answers of the matrix. Providers stay, as no
 * resource is without its own: whether one would be replaced hangs on the provider of the head.
 */
function thinned(stack: StackSnapshot, seed: number): StackSnapshot {
    const stays = (_: unknown, at: number): boolean => (at * 7919 + seed) % 13 !== 0;
    return {
        ...stack,
        resources: [...stack.resources]
            .sort((a, b) => order(a.urn, b.urn))
            .filter((each, at) => each.type.startsWith("pulumi:providers:") || stays(each, at)),
        platforms: stack.platforms.map((platform) => ({
            ...platform,
            documents: platform.documents
                .filter(stays)
                .map((document) => ({ ...document, fields: document.fields.filter(stays) })),
        })),
        access: { ...stack.access, cells: stack.access.cells.filter(stays) },
    };
}

describe("a review from the other side", () => {
    it("tells the same, with what appears and what goes in each other's place", async () => {
        const whole = await base();
        const thin = (seed: number): Snapshot => ({
            ...whole,
            stacks: whole.stacks.map((stack) => thinned(stack, seed)),
        });
        fc.assert(
            fc.property(fc.nat(12), fc.nat(12), (one, other) => {
                const there = reviewOf(thin(one), thin(other), SIDES).stacks;
                const back = reviewOf(thin(other), thin(one), SIDES).stacks;
                for (const [at, stack] of there.entries()) {
                    const turned = back[at];
                    assert.ok(turned);
                    assert.deepEqual(lines(turned, true), lines(stack));
                    assert.equal(turned.unchanged, stack.unchanged);
                    if (one !== other) assert.ok(lines(stack).length > 20);
                }
            }),
            { numRuns: 12 },
        );
    });
});
