import assert from "node:assert/strict";
import { ExemptionBook } from "../../policies/exemptions/book";
import { policy } from "../../policies/policy";
import { indexOf, perStack } from "../../policies/reading/stack";
import { violation, type CheckedInStack, type Finding, type StackRule } from "../../policies/rule";
import { FACTS, PackOnStack, run, UNKNOWN, withChanges, type Sketch } from "../../policies/testing";
import { analyzeStack } from "../../policies/testing/handlers";
import { stackRequest } from "../../policies/testing/request";

const ROLE = "aws:iam/role:Role";
const seen: (readonly CheckedInStack[])[] = [];

/** A rule about a stack: each role has a path, and there is a key whose name is known. */
const rule = (more: Partial<StackRule> = {}): StackRule => ({
    scope: "stack",
    id: "TRY-01",
    name: "try-01-roles-have-a-path",
    description: "Roles have a path, and a key is named.",
    severity: "low",
    remediationSteps: "Give each role a path.",
    url: "https://example.com",
    peers: [],
    settings: { path: { type: "string", default: "/", description: "The path." } },
    types: new Set([ROLE]),
    check: ({ props }, stack, { settings }): Finding[] => {
        seen.push(stack);
        const [key] = indexOf(stack).ofType("aws:kms/alias:Alias");
        const wrong = props.at("path").text() !== settings["path"];
        const findings = wrong ? [violation(props.at("path"), "is wrong", "Correct it")] : [];
        if (key !== undefined) key.props.at("name").text();
        return findings;
    },
    ...more,
});
const role = (path: unknown, name = "reader"): Sketch => ({ type: ROLE, name, props: { path } });
const alias = (name: unknown): Sketch => ({ type: "aws:kms/alias:Alias", name: "main", props: { name } });

describe("a rule about a stack", () => {
    it("is violated by what it needs and can't know, with the place and a fix", async () => {
        const { violations, cannotRun } = await run(rule(), role(UNKNOWN));
        assert.equal(cannotRun, false);
        assert.equal(violations.length, 1);
        assert.match(
            violations[0] ?? "",
            /\nTRY-01: 'reader': "path" can't be decided before the deployment: its value is not known\. Declare the value/,
        );
    });

    it("says of which resource it is, where that is another one", async () => {
        const { violations } = await run(rule(), role("/"), [alias(UNKNOWN)]);
        assert.match(violations[0] ?? "", /'reader': "name" can't be decided .* not known, of 'main'\./);
    });

    it("still decides about the other resources", async () => {
        const { violations } = await run(rule(), role(UNKNOWN), [
            role("/x", "b"),
            role("/", "c"),
            role("/x", "d"),
        ]);
        assert.deepEqual(
            violations.map((text) => /'(\w+)': "path" (\w+)/.exec(text)?.slice(1)),
            [
                ["reader", "can"],
                ["b", "is"],
                ["d", "is"],
            ],
        );
    });

    it("waits where its metadata says so, and reports first what it could decide", async () => {
        const { violations, cannotRun } = await run(rule({ unknowns: "wait" }), role(UNKNOWN), [
            role("/x", "b"),
        ]);
        assert.equal(cannotRun, true);
        assert.equal(violations.length, 1);
    });

    it("takes settings, with defaults from their schema", async () => {
        assert.deepEqual((await run(rule(), role("/x"), [], { path: "/x" })).violations, []);
        assert.deepEqual((await run(rule(), role("/"))).violations, []);
        assert.equal((await run(rule(), { type: "x:y:Z", props: {} })).notApplicable, true);
    });

    it("that meets a Kubernetes list whose items are not known says so", async () => {
        const list = { type: "kubernetes:core/v1:SecretList", name: "list", props: { items: UNKNOWN } };
        const secrets = rule({
            types: new Set(["kubernetes:core:Secret"]),
            check: ({ props }) => (props.at("type").text() === "x" ? [] : []),
        });
        assert.match(
            (await run(secrets, list)).violations[0] ?? "",
            /'list': "items\.type" can't be decided/,
        );
    });

    it("is exempted by its resource alone, at an advisory level, without its value", async () => {
        const exemption = {
            ...{ place: "", policy: "try-01-roles-have-a-path", id: "TRY-01", resource: "Role b" },
            ...{ owner: 'o"1', reason: "cAnArY is no value", until: "2027-01-31" },
        };
        for (const [today, exempt] of [
            ["2027-01-31", true],
            ["2027-02-01", false],
        ] as const) {
            const book = new ExemptionBook([exemption], today);
            const stack = [role("/a-VaLuE"), role("/a-VaLuE", "b")];
            const response = await analyzeStack([policy(rule(), FACTS, book)], stackRequest(stack));
            const told = response.getDiagnosticsList().map((each) => ({
                level: each.getEnforcementlevel(),
                message: each.getMessage().split("\n").at(-1) ?? "",
            }));
            assert.equal(told.length, 2);
            const [first, second] = told;
            assert.deepEqual([first?.level, second?.level], [1, exempt ? 0 : 1]);
            assert.match(first?.message ?? "", /^TRY-01: 'reader': "path" is wrong/);
            if (exempt) {
                const said = `TRY-01: 'b': exempt until 2027-01-31, owner "o\\"1", reason "cAnArY is no value": "path" is wrong.`;
                assert.equal(second?.message, said);
            }
            assert.ok(!JSON.stringify(told).includes("VaLuE"));
            assert.equal(book.use(exemption), "used");
        }
    });
});

describe("the view of a stack", () => {
    it("is one for all policies of a run, and another one for another stack", async () => {
        seen.length = 0;
        const book = new ExemptionBook();
        const pack = ["a", "b"].map((name) => policy({ ...rule(), name }, FACTS, book));
        await analyzeStack(pack, stackRequest([role("/"), role("/x", "b"), alias("alias/x")]));
        assert.equal(seen.length, 4);
        assert.equal(new Set(seen).size, 1);
        await analyzeStack(pack, stackRequest([role("/"), role("/x", "b")]));
        assert.equal(new Set(seen).size, 2);
    });

    it("finds by type and by URN, and works things out once", () => {
        const stack = [1, 2, 3].map((at) => ({ type: at < 3 ? "a" : "b", urn: `urn:${String(at)}` }));
        const given = stack as unknown as readonly CheckedInStack[];
        const { byUrn, ofType } = indexOf(given);
        assert.deepEqual([ofType("a").length, ofType("b").length, ofType("c").length], [2, 1, 0]);
        assert.deepEqual([byUrn("urn:3"), byUrn("urn:4")], [given[2], undefined]);
        let times = 0;
        const counted = perStack(() => (times += 1));
        assert.deepEqual([counted(given), counted(given), counted([...given])], [1, 1, 2]);
    });
});

describe("changes of a case", () => {
    for (const [title, props, change, expected] of [
        ["a property", { a: 1, b: 2 }, { a: 3 }, { a: 3, b: 2 }],
        ["an item of a list", { a: [{ b: 1 }, { b: 2 }] }, { "a.1.b": 3 }, { a: [{ b: 1 }, { b: 3 }] }],
        ["what was not there", {}, { "a.b": 1 }, { a: { b: 1 } }],
        ["taking away", { a: { b: 1, c: 2 } }, { "a.b": undefined }, { a: { c: 2 } }],
        ["a name with dots", { a: { "x.y/z": 1 } }, { 'a["x.y/z"]': 2 }, { a: { "x.y/z": 2 } }],
        ["a JSON text", { p: '{"s":[{"a":1}]}' }, { "p#s.0.a": 2 }, { p: '{"s":[{"a":2}]}' }],
        [
            "taking away in it",
            { p: '{"s":[{"a":1,"b":2}]}' },
            { "p#s.0.a": undefined },
            { p: '{"s":[{"b":2}]}' },
        ],
        ["a text in a text", { p: '{"c":"{\\"k\\":1}"}' }, { "p#c#k": 2 }, { p: '{"c":"{\\"k\\":2}"}' }],
    ] as const) {
        it(`reach ${title}, and leave the rest and the original`, () => {
            const before = structuredClone(props);
            assert.deepEqual(withChanges(props, change), expected);
            assert.deepEqual(props, before);
        });
    }

    it("refuse a text that is not there", () => {
        assert.throws(() => withChanges({ p: 1 }, { "p#s": 2 }), /no text to look for 's' in/);
    });
});

describe("the pack on a stack", () => {
    it("tells what the SDK's handlers tell, changed or whole", async () => {
        const resource = (name: string, inputs: Record<string, unknown>) => ({
            ...{ urn: `urn:pulumi:prod::p::${ROLE}::${name}`, type: ROLE, name, inputs, outputs: inputs },
        });
        const tags = { environment: "prod", owner: "o", class: "c" };
        const clean = resource("a", { name: "devplatform-prod-a", tags });
        const wrong = resource("a", { name: "devplatform-dev-a", tags });
        const [before, after] = [await PackOnStack.of([clean], FACTS), await PackOnStack.of([wrong], FACTS)];
        const names = (told: readonly { policy: string }[]): string[] => told.map((each) => each.policy);
        const iso02 = ["iso-02-names-carry-the-environment"];
        assert.deepEqual(
            names(await before.check()).filter((name) => iso02.includes(name)),
            [],
        );
        assert.deepEqual(
            names(await before.checkChanged(wrong)).filter((name) => iso02.includes(name)),
            iso02,
        );
        assert.deepEqual(await before.checkChanged(wrong), await after.check());
    });
});
