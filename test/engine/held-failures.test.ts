import { deepStrictEqual, strictEqual } from "node:assert/strict";
import path from "node:path";

import { renderStacks, type Rendering } from "../../preview";
import { differences, fromOurs, fromReal } from "./comparable";
import { realPreview, skipWithoutEngine } from "./real-engine";

const PROJECT = path.join(__dirname, "programs/failures");

/** By stack, which is a failure each: `place: the engine's -> ours`, where the two differ by design. */
const FAILURES: Readonly<Record<string, readonly string[]>> = {
    "run-error": [],
    "type-error": [],
    duplicate: [],
    "missing-key": [],
    "wrong-number": [],
    rejection: [],
    exit: [
        '0: "error |  | an unhandled error occurred: Program exited with non-zero exit code: 7" -> ' +
            '"error |  | The program ended with exit code 7"',
    ],
    denied: [],
    "before-hook": [],
    "after-hook": [],
    transform: [],
};

/** Does not prove that exit codes are the same: those of the command line are our own. */
describe("a program that fails, held to the real engine", () => {
    const renderings = new Map<string, Rendering>();

    before(async function () {
        await skipWithoutEngine(this, "random");
        const stacks = Object.keys(FAILURES);
        const all = await renderStacks({ directory: PROJECT, stacks, policyPacks: [] });
        for (const rendering of all) renderings.set(rendering.stack, rendering);
    });

    for (const [stack, expected] of Object.entries(FAILURES)) {
        it(`says the same of ${stack}`, async () => {
            const theirs = await realPreview({ project: PROJECT, stack });
            const ours = renderings.get(stack)!;
            strictEqual(theirs.exitCode, 1);
            strictEqual(ours.complete, false);
            deepStrictEqual(differences(fromReal(theirs).diagnostics, fromOurs(ours).diagnostics), expected);
        });
    }
});
