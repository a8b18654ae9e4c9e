import assert from "node:assert/strict";
import { catalogue } from "../../stacks/catalogue";
import { disagreements, piecesOf, SIDES } from "../support/agreement";
import type { Piece } from "../support/agreement";
import { renderings } from "../support/renderings";

/**
 * What is synced or declared, what RBAC grants, what the pods take and what the catalogue says are the same Secrets with
 * the same keys. Keys of Secrets that a cluster keeps itself are hidden in a preview, so there only names are held.
 */
describe("the Secrets of a stack", function () {
    this.timeout("1 minute");

    it("are the same to what makes, grants, uses and catalogues them", async () => {
        for (const rendering of await renderings()) {
            const pieces = piecesOf(rendering, catalogue);
            assert.deepEqual(disagreements(pieces), [], rendering.stack);
            for (const side of SIDES)
                assert.ok(pieces.filter((piece) => piece.side === side).length >= 8, side);
        }
    });

    it("give exactly one finding for each piece that is taken away, and for each key", async () => {
        let taken = 0;
        for (const rendering of await renderings()) {
            const pieces = piecesOf(rendering, catalogue);
            for (const [at, piece] of pieces.entries()) {
                const without = pieces.toSpliced(at, 1);
                assert.equal(disagreements(without).length, 1, `${piece.side} ${piece.secret}`);
                taken++;
                for (const key of piece.keys ?? []) {
                    const kept: Piece = { ...piece, keys: (piece.keys ?? []).filter((each) => each !== key) };
                    const counterpart = pieces.some(
                        (each) => each !== piece && each.secret === piece.secret && each.keys !== undefined,
                    );
                    if (!counterpart) continue;
                    assert.equal(disagreements(pieces.with(at, kept)).length, 1, `${piece.secret} ${key}`);
                    taken++;
                }
            }
        }
        console.log(`\nagreement of Secrets: ${String(taken)} pieces and keys taken away, each one finding`);
        assert.ok(taken > 150);
    });
});
