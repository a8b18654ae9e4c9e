import assert from "node:assert/strict";
import { verify } from "../../../cli/rotate/verify";
import type { VerifyOptions } from "../../../cli/rotate/verify";
import { UserError } from "../../../preview/errors";

describe("rotate verify, called wrongly", () => {
    const CASES: readonly [string, VerifyOptions, readonly [string, string, string][]][] = [
        [
            "for the evidence of several stacks",
            { stack: [], json: true },
            [["--json", "it is the evidence of one stack", "Name it: --stack <name>"]],
        ],
        [
            "with one context for several clusters, and with a cluster that is none",
            { stack: ["prod"], kubectlContext: ["mine", "ekss=mine"] },
            [
                [
                    "--kubectl-context",
                    "'mine' could be the context of several clusters",
                    "Write it as 'eks=mine' or 'gke=mine'",
                ],
                ["--kubectl-context", "there is no cluster 'ekss'", "Did you mean 'eks'?"],
            ],
        ],
        [
            "with a time that is none",
            { stack: ["prod"], wait: "5m" },
            [["--wait", "'5m' is not a duration", "Write it like '5 minutes'"]],
        ],
    ];
    for (const [what, options, expected] of CASES) {
        it(`is refused ${what}, before a cluster is asked`, async () => {
            await assert.rejects(verify(options), (error) => {
                assert.ok(error instanceof UserError);
                assert.deepEqual(
                    error.problems.map(({ place, message, fix }) => [place, message, fix]),
                    expected,
                );
                return true;
            });
        });
    }
});
