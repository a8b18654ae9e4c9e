/* eslint-disable @typescript-eslint/no-require-imports -- what does the work is loaded when it is called, not before */
import type { Command } from "commander";

import { withHelp } from "../help";
import { withQuiet } from "../options";
import { runs } from "../run";
import type * as Runbooks from "../runbooks";

/** Registers `runbooks`. */
export function registerRunbooks(program: Command): void {
    const command = program
        .command("runbooks")
        .description("Write the runbooks in runbooks/ anew: a page for each secret, and one for an incident.")
        .action(runs(() => (require("../runbooks") as typeof Runbooks).writeRunbooks));
    withQuiet(command);
    withHelp(command, {
        examples: [["npm run runbooks", "after a change; then look at: git diff runbooks"]],
    });
}
