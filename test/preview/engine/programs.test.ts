import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";

import { Secret, Unknown } from "../../../preview/engine/values";
import type { Rendering } from "../../../preview/rendering";
import { named, renderProgram } from "./support";

const STACK = "urn:pulumi:dev::try::pulumi:pulumi:Stack::try-dev";
const DEFAULT = "urn:pulumi:dev::try::pulumi:providers:random::default_4_21_2";
const EXPLICIT = "urn:pulumi:dev::try::pulumi:providers:random::explicit";

describe("a program in the offline preview", () => {
    let options: Rendering;

    before(async () => {
        options = await renderProgram("options");
    });

    it("registers the stack first, and parents before their children", () => {
        strictEqual(options.resources[0]?.urn, STACK);
        const seen = new Set<string | undefined>([undefined]);
        for (const { urn, parent } of options.resources) {
            ok(seen.has(parent), urn);
            seen.add(urn);
        }
    });

    it("hands protect, retainOnDelete and the provider down from a component", () => {
        const pet = named(options, "protected-pet");
        strictEqual(pet.parent, "urn:pulumi:dev::try::try:index:Box::protected");
        strictEqual(pet.provider, EXPLICIT);
        deepStrictEqual(pet.options, { protect: true, retainOnDelete: true, version: "4.21.2" });
    });

    it("names default providers as the engine does, one for each version", () => {
        strictEqual(named(options, "depends").provider, DEFAULT);
        strictEqual(
            named(options, "renamed").provider,
            "urn:pulumi:dev::try::pulumi:providers:random::default_1_2_3",
        );
    });

    it("keeps secrets secret, and unknowns unknown", () => {
        const { inputs } = named(options, "depends");
        ok(inputs["prefix"] instanceof Unknown);
        ok((inputs["keepers"] as Record<string, unknown>)["canary"] instanceof Secret);
        ok(named(options, "password").outputs["result"] instanceof Secret);
    });

    it("knows what each property depends on", () => {
        const password = named(options, "password").urn;
        const { dependencies, propertyDependencies } = named(options, "depends");
        deepStrictEqual(dependencies, [password]);
        deepStrictEqual(propertyDependencies, { keepers: [], prefix: [password] });
    });

    it("works aliases out", () => {
        deepStrictEqual(named(options, "renamed").options.aliases, [
            "urn:pulumi:dev::try::random:index/randomPet:RandomPet::before",
        ]);
    });

    it("runs transforms", () => {
        deepStrictEqual(named(options, "changed").inputs, { prefix: "t" });
    });

    it("shows no secret value anywhere", () => {
        ok(!JSON.stringify(options).includes("canary-5c1f"));
    });

    it("gives the program no variable of the caller's clouds, and hides secrets in what it prints", async () => {
        process.env["AWS_ACCESS_KEY_ID"] = "from the caller";
        const values = { "try:list": "[1,2]", "try:token": "hunter2hunter2" };
        const rendering = await renderProgram("config", {
            values,
            secretKeys: ["try:token"],
            secretTexts: ["hunter2hunter2"],
        });
        delete process.env["AWS_ACCESS_KEY_ID"];
        strictEqual(rendering.outputs["visible"], "nothing");
        deepStrictEqual(rendering.outputs["list"], [1, 2]);
        ok(rendering.outputs["token"] instanceof Secret);
        deepStrictEqual(rendering.diagnostics, [{ severity: "info", message: "the token is [secret]" }]);
    });
});

describe("a program that fails", () => {
    const failures: readonly (readonly [string, string, RegExp])[] = [
        ["tells a user's error without a stack trace", "run-error", /^the configuration is wrong$/],
        [
            "tells another error with one",
            "type-error",
            /Cannot read properties of undefined[^]*type-error\/index\.ts:6:\d+\)$/,
        ],
        ["tells of an input that never comes", "never", /promises were still active/],
        ["tells its exit code", "exits", /^The program ended with exit code 7$/],
        ["tells the signal that ended it", "killed", /^The program was ended by SIGKILL$/],
        ["may connect to nothing", "connects", /a connection to '192\.0\.2\.1' was refused/],
        [
            "needs a provider where default ones are disabled",
            "denied",
            /Default provider for 'random' disabled/,
        ],
        [
            "is told which function only a cloud can answer",
            "invokes",
            /'aws:ec2\/getAmi:getAmi' asks a cloud/,
        ],
    ];
    for (const [behaviour, program, message] of failures) {
        it(behaviour, async () => {
            const values = program === "denied" ? { "pulumi:disable-default-providers": '["random"]' } : {};
            const { complete, diagnostics } = await renderProgram(program, { values });
            strictEqual(complete, false);
            match(
                diagnostics
                    .filter(({ severity }) => severity === "error")
                    .map((each) => each.message)
                    .join("\n"),
                message,
            );
        });
    }

    it("names every URN that is there twice", async () => {
        const { diagnostics, complete } = await renderProgram("twice");
        strictEqual(complete, false);
        deepStrictEqual(
            diagnostics.map(({ urn }) => urn),
            ["one", "two"].map((name) => `urn:pulumi:dev::try::random:index/randomPet:RandomPet::${name}`),
        );
    });
});
