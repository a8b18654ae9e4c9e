import { deepStrictEqual, strictEqual } from "node:assert/strict";

import { renderProgram } from "./support";

const PET = "random:index/randomPet:RandomPet";
const urn = (name: string): string => `urn:pulumi:dev::try::${PET}::${name}`;

describe("hooks of resources in the offline preview", () => {
    it("run before and after where they ask for previews, and a failure afterwards is told", async () => {
        const { diagnostics, complete } = await renderProgram("hooks");
        strictEqual(complete, false);
        const byUrn = [...diagnostics].sort((a, b) => (a.urn ?? "").localeCompare(b.urn ?? ""));
        deepStrictEqual(byUrn, [
            { severity: "info", message: `before ${PET} told {"length":4} undefined` },
            { severity: "info", message: `after ${PET} told {"length":4} object` },
            {
                severity: "error",
                message: `after hook "fails" failed: it can't be done`,
                urn: urn("fails-after"),
            },
        ]);
    });

    it("end the preview when they fail before a resource, told once and without a stack trace", async () => {
        const { diagnostics, complete } = await renderProgram("hook-fails");
        strictEqual(complete, false);
        const message = `Preview failed: before hook "fails" failed: it can't be done`;
        deepStrictEqual(diagnostics, [{ severity: "error", message, urn: urn("never") }]);
    });
});
