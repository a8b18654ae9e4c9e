import assert from "node:assert/strict";
import * as fc from "fast-check";

import { vaultAnswer } from "../../../preview/access/vault-policy";
import type { VaultRule } from "../../../preview/access/vault-policy";
import { vaultPattern } from "../../../preview/access/wildcards";

const segment = fc.constantFrom("a", "b", "ab");
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
const pattern = fc
    .tuple(
        fc.array(fc.oneof({ weight: 3, arbitrary: segment }, { weight: 1, arbitrary: fc.constant("+") }), {
            minLength: 1,
            maxLength: 4,
        }),
        fc.constantFrom("", "*", "/*"),
    )
    .map(([parts, end]) => parts.join("/") + end)
    // Vault refuses a policy with a plus that a star follows at once.
    .filter((text) => !text.includes("+*"));
const rule = fc.tuple(pattern, fc.subarray(["read", "list", "update", "deny"]));
const rules = fc.array(rule, { maxLength: 6 });
type Rules = readonly (readonly [text: string, capabilities: readonly string[]])[];

const parsed = (some: Rules): VaultRule[] =>
    some.map(([text, capabilities]) => ({ policy: "p", pattern: vaultPattern(text), capabilities }));
const reads = (some: Rules, asked: string): boolean =>
    vaultAnswer(parsed(some), { path: asked, capabilities: ["read"] })?.decision === "allowed";
const lists = (some: Rules, asked: string): boolean =>
    vaultAnswer(parsed(some), { path: asked, capabilities: ["list"], isList: true })?.decision === "allowed";

/** Whether a path matches, segment by segment and without a regular expression. */
function matches(text: string, asked: string): boolean {
    const glob = text.endsWith("*");
    const wanted = (glob ? text.slice(0, -1) : text).split("/");
    const actual = asked.split("/");
    if (glob ? actual.length < wanted.length : actual.length !== wanted.length) return false;
    return wanted.every((each, at) => {
        const own = actual[at] ?? "";
        if (each === "+") return true;
        return glob && at === wanted.length - 1 ? own.startsWith(each) : own === each;
    });
}

/** Vault's five rules of priority one after the other, each taking away whoever loses by it. */
function naive(some: Rules, asked: string, capability: string): boolean {
    const first = (text: string): number => {
        const at = text.search(/\+|\*/u);
        return at < 0 ? Infinity : at;
    };
    let best = some.filter(([text]) => matches(text, asked));
    const keep = (score: (text: string) => number): void => {
        const most = Math.max(...best.map(([text]) => score(text)));
        best = best.filter(([text]) => score(text) === most);
    };
    keep(first);
    keep((text) => (text.endsWith("*") ? 0 : 1));
    keep((text) => -text.split("/").filter((each) => each === "+").length);
    keep((text) => text.length);
    const [greatest = ""] = best
        .map(([text]) => text)
        .sort()
        .reverse();
    const deciding = best.filter(([text]) => text === greatest).flatMap(([, capabilities]) => capabilities);
    return deciding.includes(capability) && !deciding.includes("deny");
}

/** A list: the exact path, the exact path without its slash, then wildcards without and with it. */
function naiveList(some: Rules, asked: string): boolean {
    const bare = asked.replace(/\/$/u, "");
    for (const exact of [asked, bare])
        if (some.some(([text]) => text === exact)) return naive(some, exact, "list");
    const path = some.some(([text]) => matches(text, bare)) ? bare : asked;
    return naive(some, path, "list");
}

describe("properties of Vault's policies", () => {
    it("lets the most specific path decide, and deny win on it, as Vault's five rules say", () => {
        fc.assert(
            fc.property(rules, path, (some, asked) => {
                assert.equal(reads(some, asked), naive(some, asked, "read"));
                assert.equal(lists(some, `${asked}/`), naiveList(some, `${asked}/`));
            }),
            { numRuns: 3000 },
        );
    });

    it("gives nothing by a rule that denies the very path", () => {
        fc.assert(fc.property(rules, path, (some, asked) => !reads([...some, [asked, ["deny"]]], asked)));
    });

    it("does not depend on the order of rules", () => {
        fc.assert(
            fc.property(
                rules,
                path,
                (some, asked) => reads(some, asked) === reads([...some].reverse(), asked),
            ),
        );
    });
});
