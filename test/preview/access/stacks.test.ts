import assert from "node:assert/strict";

import { accessMatrices } from "../../../preview/access";
import type { AccessMatrix, Cell, Questions } from "../../../preview/access";
import { renderings } from "../../support/renderings";

const sum = (matrices: readonly AccessMatrix[], count: (questions: Questions) => number): number =>
    matrices.reduce((total, { questions }) => total + count(questions), 0);

const told = ({ identity, entry, verb, decision, by, reason, via }: Cell): string =>
    JSON.stringify([
        identity.system,
        identity.realm,
        identity.name,
        entry.urn,
        entry.path,
        verb,
        decision,
        by,
        reason,
        via.map(({ name }) => name),
    ]);

describe("the access matrix of the stacks", () => {
    it("answers at least 10,000 questions in under five seconds, none of them with 'undecided'", async () => {
        const both = await renderings();
        const before = performance.now();
        const matrices = accessMatrices(both);
        const took = performance.now() - before;
        assert.ok(sum(matrices, ({ asked }) => asked) >= 10_000);
        assert.ok(took < 5000, `${Math.round(took)} ms`);
        assert.equal(
            sum(matrices, ({ undecided }) => undecided),
            0,
        );
    });

    it("counts every identity of every stack against every verb of every entry, once", async () => {
        for (const { identities, entries, questions, cells } of accessMatrices(await renderings())) {
            const verbs = entries.map((entry) => entry.verbs.length).reduce((a, b) => a + b, 0);
            assert.equal(questions.asked, identities.length * verbs);
            assert.equal(questions.allowed + questions.denied + questions.undecided, questions.asked);
            const asked = cells.map(({ identity, entry, verb }) =>
                [identity.system, identity.realm, identity.name, entry.urn, entry.path, verb].join(" "),
            );
            assert.equal(new Set(asked).size, asked.length);
        }
    });

    it("answers with the index as without it", async () => {
        const both = await renderings();
        const indexed = accessMatrices(both).flatMap(({ cells }) => cells.map(told));
        const naive = accessMatrices(both, "naive").flatMap(({ cells }) => cells.map(told));
        assert.deepEqual(indexed, naive);
        assert.ok(indexed.length > 150);
    });

    it("looks at few of the questions statement by statement, and at all of a system's own without the index", async () => {
        const both = await renderings();
        const indexed = sum(accessMatrices(both), ({ evaluated }) => evaluated);
        const naive = sum(accessMatrices(both, "naive"), ({ evaluated }) => evaluated);
        assert.ok(indexed * 5 < naive, `${indexed} of ${naive}`);
    });

    it("lets no identity of one environment do anything in the other", async () => {
        for (const { foreign, stack } of accessMatrices(await renderings())) {
            assert.deepEqual(
                { stack, ...foreign, asked: 0, denied: 0 },
                { stack, asked: 0, denied: 0, allowed: 0, undecided: 0, evaluated: 0 },
            );
            assert.ok(foreign.asked > 1000);
        }
    });

    it("finds nothing that the catalogue does not say", async () => {
        assert.deepEqual(
            accessMatrices(await renderings()).flatMap(({ findings }) => findings),
            [],
        );
    });
});
