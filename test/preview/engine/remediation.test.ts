import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";

import { Secret, type PropertyMap } from "../../../preview/engine/values";
import type { Rendering } from "../../../preview/rendering";
import { named, renderProgram } from "./support";

describe("a policy that remediates, in the offline preview", () => {
    let rendering: Rendering;

    before(async () => {
        rendering = await renderProgram("options", {}, "../../engine/remediating");
    });

    it("changes inputs, one policy after the other, and what follows from them", () => {
        const { inputs, outputs } = named(rendering, "changed");
        deepStrictEqual(inputs, { length: 4, prefix: "t", separator: "." });
        strictEqual(outputs["length"], 4);
        strictEqual(outputs["separator"], ".");
    });

    it("does so before other policies see the resource", () => {
        deepStrictEqual(
            rendering.violations
                .filter(({ policy, message }) => policy === "pet-is-told" && !message.includes("undefined"))
                .map(({ urn, message }) => `${String(urn?.split("::").at(-1))}: ${message}`)
                .sort(),
            ["changed", "protected-pet", "renamed", "secret"].map((name) => `${name}: 4 words with .`),
        );
    });

    it("says what it changed", () => {
        const told = rendering.diagnostics.filter(({ urn }) => urn?.endsWith("::changed"));
        deepStrictEqual(
            told.map(({ severity, message }) => `${severity}: ${message}`),
            ["pet-has-dots", "pet-is-long"].map(
                (policy) => `info: Policy '${policy}' of pack 'remediating' changed inputs`,
            ),
        );
    });

    it("keeps secret what was secret, which a policy sees in clear", () => {
        const { prefix, keepers, separator } = named(rendering, "secret").inputs;
        strictEqual(separator, ".");
        ok(prefix instanceof Secret);
        ok((keepers as PropertyMap)["canary"] instanceof Secret);
        ok(!JSON.stringify(rendering).includes("canary-5c1f"));
    });

    it("is not asked where it would read what only a deployment can tell", () => {
        const { urn, inputs } = named(rendering, "depends");
        strictEqual(inputs["separator"], undefined);
        const said = rendering.violations.filter((violation) => violation.urn === urn);
        match(said[0]?.message ?? "", /can't run remediation 'pet-has-dots'.* can't be known during preview/);
    });
});
