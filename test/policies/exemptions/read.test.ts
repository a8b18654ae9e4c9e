import assert from "node:assert/strict";
import { readExemptions } from "../../../policies/exemptions/read";
import { readFacts } from "../../../policies/facts";
import { rules } from "../../../policies/pack";

const CANARY = "cAnArY-7c1f-of-a-value";
const GOOD = {
    policy: "ISO-01",
    resource: "Secret devplatform/prod/db",
    owner: "platform-engineering",
    reason: "OPS-12: the import of old secrets ends in March",
    until: "2027-01-31",
};
const read = (...items: readonly unknown[]): ReturnType<typeof readExemptions> =>
    readExemptions(JSON.stringify(items), rules);
const told = (...items: readonly unknown[]): string[] =>
    read(...items).problems.map(({ place, message, fix }) => `${place}: ${message}. ${fix ?? ""}`);

describe("exemptions in a stack's configuration", () => {
    it("are none where nothing is said", () => {
        assert.deepEqual(readExemptions(undefined, rules), { exemptions: [], problems: [] });
    });

    it("name a policy by its id or its name, and keep what people say", () => {
        const name = "iso-01-tags-name-environment-owner-and-class";
        for (const policy of ["ISO-01", name]) {
            const { exemptions, problems } = read({ ...GOOD, policy });
            assert.deepEqual(problems, []);
            const place = "strongroom:exemptions[0]";
            assert.deepEqual(exemptions, [{ ...GOOD, place, policy: name, id: "ISO-01" }]);
        }
    });

    const urn = "urn:pulumi:prod::strongroom::aws:secretsmanager/secret:Secret::devplatform/prod/db";
    for (const [title, change, says] of [
        ["no end", { until: undefined }, /^strongroom:exemptions\[0\]: has no 'until'\. .*YYYY-MM-DD/],
        ["no day of the calendar", { until: "2027-02-30" }, /\[0\]\.until: is no day of the calendar/],
        ["a day in another order", { until: "31.01.2027" }, /\[0\]\.until: is no day of the calendar/],
        ["a number for a day", { until: 20270131 }, /\[0\]\.until: must be a text/],
        ["an unknown policy", { policy: "ISO-0l" }, /no such policy\. Did you mean 'ISO-01'\?/],
        ["a policy of nothing like it", { policy: "CKV_AWS_149" }, /no such policy\. Choose one of/],
        ["the policy about exemptions", { policy: "EXM-01" }, /no such policy/],
        ["a policy that allows none", { policy: "ISO-03" }, /ISO-03 allows no exemption/],
        ["an unknown key", { untill: "2027-01-31" }, /\[0\]\.untill: there is no such key\. .*'until'/],
        ["an empty reason", { reason: " " }, /\[0\]\.reason: must be a text that is not empty/],
        ["no owner", { owner: undefined }, /has no 'owner'/],
        ["a resource that is a type", { resource: "Secret" }, /\[0\]\.resource: names no resource/],
        ["a URN of something else", { resource: "urn:isbn:1" }, /\[0\]\.resource: names no resource/],
        ["no text for a resource", { resource: [urn] }, /\[0\]\.resource: must be a text/],
    ] as const) {
        it(`are refused with ${title}`, () => {
            const problems = told({ ...GOOD, ...change });
            assert.equal(problems.length, 1, problems.join("\n"));
            assert.match(problems[0] ?? "", says);
        });
    }

    for (const text of ['"x"', "{}", "true", "[", `{"policy": "ISO-01"}`]) {
        it(`are refused as ${text}, which is no list`, () => {
            assert.match(readExemptions(text, rules).problems[0]?.message ?? "", /must be a list/);
        });
    }

    it("are refused as texts, and twice for one thing", () => {
        assert.match(told("ISO-01")[0] ?? "", /\[0\]: must have fields/);
        assert.match(told(GOOD, { ...GOOD, reason: "again" })[0] ?? "", /\[1\]: is there a second time/);
        assert.deepEqual(told(GOOD, { ...GOOD, resource: urn }), []);
    });

    it("tell all mistakes at once, with those of the facts, and no value", () => {
        const wrong = { policy: CANARY, resource: CANARY, owner: 1, reason: "", until: CANARY };
        const { problems } = read(wrong, { x: CANARY });
        assert.equal(problems.length, 11);
        const { mistakes = "" } = readFacts(() => undefined, problems);
        assert.match(mistakes, /strongroom:environment: /);
        assert.match(mistakes, /strongroom:exemptions\[1\]: has no 'until'/);
        assert.ok(!mistakes.includes(CANARY));
    });
});
