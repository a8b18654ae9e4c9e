import { deepStrictEqual, match, strictEqual } from "node:assert/strict";

import { verdict } from "../../../preview/report";
import { renderProgram } from "./support";

const PACK = "../../engine/pack";

describe("policies in the offline preview", () => {
    it("see each resource, and the stack as a whole, with their levels", async () => {
        const { violations, complete } = await renderProgram("options", {}, PACK);
        strictEqual(complete, true);
        const told = violations.map(({ urn, policy, level, severity, message }) =>
            [urn?.split("::").at(-1) ?? "the stack", policy, level, severity ?? "no severity", message].join(
                " | ",
            ),
        );
        deepStrictEqual(
            told.filter((line) => line.includes("pet-is-protected")).sort(),
            ["changed", "depends", "renamed", "secret"].map((name) => {
                const version = name === "renamed" ? "1_2_3" : "4_21_2";
                return `${name} | pet-is-protected | advisory | no severity | not protected, provider default_${version}`;
            }),
        );
        match(
            told.at(-2) ?? "",
            /^the stack \| stack-is-small \| advisory \| no severity \| 11 resources, 8 with a parent$/,
        );
        match(told.at(-1) ?? "", /can't run policy 'unknowns-are-unknown' .* during preview/);
    });

    it("that ask for what only a deployment can tell count as violated, at the level that they have", async () => {
        for (const [policies, level, outcome] of [
            [{}, "mandatory", "violated"],
            [{ "unknowns-are-unknown": "advisory" }, "advisory", "clean"],
        ] as const) {
            const config = { "pet-is-long": "disabled", ...policies };
            const rendering = await renderProgram("options", {}, PACK, config);
            const undecided = rendering.violations.filter((violation) => violation.undecided === true);
            deepStrictEqual(
                undecided.map((violation) => [violation.policy, violation.level]),
                [["unknowns-are-unknown", level]],
            );
            strictEqual(verdict([rendering]), outcome);
        }
    });

    it("are told about when a pack does not start", async () => {
        const { complete, diagnostics } = await renderProgram("options", {}, "programs/run-error");
        strictEqual(complete, false);
        match(
            diagnostics.map(({ message }) => message).join("\n"),
            /Policy pack 'run-error'[^]*did not start|ended without/,
        );
    });
});
