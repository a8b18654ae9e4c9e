/* eslint-disable @typescript-eslint/no-require-imports -- what does the work is loaded when it is called, not before */
import type { Command } from "commander";

import type * as Access from "../access";
import { withHelp } from "../help";
import { withStacks } from "../options";
import { runs } from "../run";

/** Registers `access`. */
export function registerAccess(program: Command): void {
    const command = program
        .command("access")
        .description("Tell who may read, write, delete or grant what, and by which statement.");
    withStacks(command, "entries of this stack")
        .option(
            "-i, --identity <name>",
            "what one identity may do; with its account, cluster or address as name@realm",
        )
        .option("-d, --document <id>", "who may do what with a document, or with the entry of a path")
        .option("--verb <verb>", "read, list, write, rotate, delete, grant, decrypt or encrypt alone")
        .option("--json", "for programs")
        .action(runs(() => (require("../access") as typeof Access).access));
    withHelp(command, {
        examples: [
            ["npm run access -- --document devplatform/db --verb read", "who may read it"],
            [
                "npm run access -- --identity devplatform-prod-backend",
                "what it may do, and who can become it",
            ],
            ["npm run access -- --stack prod --verb grant", "who may change who may"],
        ],
        exitCodes: {
            2: "the catalogue and the grants differ, or something could not be decided",
            3: "the preview itself is at fault",
        },
    });
}
