/* eslint-disable @typescript-eslint/no-require-imports -- what does the work is loaded when it is called, not before */
import type { Command } from "commander";

import { withHelp } from "../help";
import { withQuiet } from "../options";
import type * as Policies from "../policies";
import { runs } from "../run";

/** Registers `policies`. */
export function registerPolicies(program: Command): void {
    const command = program
        .command("policies")
        .description("Print the rules of the policy pack as a table.")
        .option("--json", "as a JSON list")
        .option("--write", "into policies/README.md")
        .action(runs(() => (require("../policies") as typeof Policies).printPolicies));
    withQuiet(command, "with --write: print nothing unless something is wrong");
    withHelp(command, {
        examples: [
            ["npm run policies", "a Markdown table"],
            ["npm run --silent policies -- --json", "for programs"],
            ["npm run policies -- --write", "after a rule was added or changed"],
        ],
    });
}
