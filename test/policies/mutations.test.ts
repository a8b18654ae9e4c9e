import assert from "node:assert/strict";
import { rules } from "../../policies/pack";
import type { Mutation } from "../../policies/testing";
import { tables } from "./cases";
import { cleanStacks, type CleanStack } from "./support/clean-stacks";
import { subjectsOf, tryMutation, type Trial } from "./support/mutate";

/** How many of the mutations the pack must catch, with the right rule and no other. */
const CAUGHT = 0.95;

/**
 * The rules against the real stacks: clean as they are, and each made wrong in one place at a time. A change counts as
 * caught when its own rule tells it of that resource, and no other rule says anything that its table did not promise. What this
 * does not prove: that the changes are all that can go wrong, and that a cloud would take them.
 */
describe("mutations of the clean stacks", function () {
    this.timeout("10 minutes");
    let stacks: readonly CleanStack[];
    const trials: Trial[] = [];

    before(async () => {
        stacks = await cleanStacks();
    });

    it("begin with stacks of which the pack says nothing", async () => {
        for (const { name, pack, resources } of stacks) {
            assert.deepEqual(await pack.check(), [], name);
            // The shorter way that the mutations take says the same.
            const [first] = resources;
            assert.ok(first);
            assert.deepEqual(await pack.checkChanged(first), [], name);
        }
    });

    it("that change nothing, or what another rule tells, are no catch", async () => {
        const type = "kubernetes:rbac.authorization.k8s.io/v1:Role";
        const wildcard: Mutation = {
            title: "",
            type,
            where: ({ props }) =>
                (props["rules"] as { resources?: string[] }[])[0]?.resources?.join() === "secrets",
            change: { "rules.0.verbs": ["*"] },
        };
        for (const stack of stacks) {
            const [role] = subjectsOf(wildcard, stack);
            assert.ok(role);
            const faultsOf = async (id: string, mutation: Mutation): Promise<string[]> =>
                (await tryMutation(id, mutation, stack, role)).faults.map((fault) => fault.slice(0, 14));
            assert.deepEqual(await faultsOf("K8S-03", { ...wildcard, change: {} }), ["K8S-03 says no"]);
            assert.deepEqual(await faultsOf("K8S-03", wildcard), ["also: K8S-01: "]);
            assert.deepEqual(await faultsOf("K8S-03", { ...wildcard, alsoBreaks: ["K8S-01"] }), []);
            assert.deepEqual(await faultsOf("K8S-03", { ...wildcard, alsoBreaks: ["K8S-01"], on: "x" }), [
                "elsewhere: K8S",
            ]);
        }
    });

    for (const { id, name } of rules) {
        const table = tables.find(({ policy }) => policy === name);
        const mutations = table?.mutations;
        it(`are there for ${id}, or the reason why not`, () => {
            assert.ok(mutations, `${name}: its table has no mutations`);
            if ("none" in mutations) assert.match(mutations.none, /^\S.{20,}/);
            else assert.ok(mutations.length > 0);
        });
        for (const mutation of mutations === undefined || "none" in mutations ? [] : mutations) {
            it(`are tried: ${id}, ${mutation.title}`, async () => {
                trials.push(...(await tryAll(id, mutation, stacks, table?.mayBreak)));
            });
        }
    }

    it("are caught, each by its own rule", () => {
        const missed = trials.filter(({ faults }) => faults.length > 0);
        const caught = trials.length - missed.length;
        const share = trials.length === 0 ? 0 : caught / trials.length;
        const alone = trials.filter(({ isAlone }) => isAlone).length;
        const figures = `${caught} of ${trials.length} caught (${(100 * share).toFixed(1)} %), ${alone} by their own rule alone`;
        const told = `${figures}\n${perRule(trials).join("\n")}\n${listOf(missed).join("\n")}`;
        if (process.env["STRONGROOM_FIGURES"] !== undefined || missed.length > 0) console.log(told);
        assert.ok(share >= CAUGHT, told);
    });
});

/** On each resource that it is about, of each stack; there must be one. */
async function tryAll(
    id: string,
    mutation: Mutation,
    stacks: readonly CleanStack[],
    mayBreak: readonly string[] = [],
): Promise<Trial[]> {
    const tried: Trial[] = [];
    for (const stack of stacks) {
        for (const subject of subjectsOf(mutation, stack))
            tried.push(await tryMutation(id, mutation, stack, subject, mayBreak));
    }
    assert.ok(tried.length > 0, `neither stack has such a ${mutation.type}`);
    return tried;
}

function perRule(trials: readonly Trial[]): string[] {
    return [...new Set(trials.map(({ rule }) => rule))].map((rule) => {
        const own = trials.filter((trial) => trial.rule === rule);
        const caught = own.filter(({ faults }) => faults.length === 0);
        return `  ${rule}: ${String(caught.length)} of ${String(own.length)}`;
    });
}

/** The same fault of several resources once. */
function listOf(missed: readonly Trial[]): string[] {
    const byFault = new Map<string, string[]>();
    for (const { rule, title, stack, resource, faults } of missed) {
        const key = `${rule}, ${title}: ${faults.join("; ").replaceAll(`'${resource}'`, "'…'")}`;
        byFault.set(key, [...(byFault.get(key) ?? []), `${stack} ${resource}`]);
    }
    return [...byFault].map(
        ([fault, on]) => `- ${fault}\n    on ${on.slice(0, 5).join(", ")} (${String(on.length)})`,
    );
}
