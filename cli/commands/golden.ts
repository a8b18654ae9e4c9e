/* eslint-disable @typescript-eslint/no-require-imports -- what does the work is loaded when it is called, not before */
import type { Command } from "commander";

import type * as Golden from "../golden";
import { withHelp } from "../help";
import { type WritingCommand, withQuiet } from "../options";
import { runs } from "../run";

/** Registers `golden`. */
export function registerGolden(program: Command): void {
    const command = program
        .command("golden")
        .description("Write the committed renderings in test/golden anew.")
        .action(
            runs(() => (options: WritingCommand) => (require("../golden") as typeof Golden).golden(options)),
        );
    withQuiet(command);
    withHelp(command, {
        examples: [
            ["npm run golden", "after a change; then look at: git diff test/golden"],
            ["npm run golden && git diff --exit-code test/golden", "whether they are as they should be"],
        ],
    });
}
