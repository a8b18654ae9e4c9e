/* eslint-disable @typescript-eslint/no-require-imports -- what does the work is loaded when it is called, not before */
import type { Command } from "commander";

import type * as Catalogue from "../catalogue";
import { withHelp } from "../help";
import { runs } from "../run";

/** Registers `catalogue`. */
export function registerCatalogue(program: Command): void {
    const command = program
        .command("catalogue")
        .description("Print every field and configuration value of the catalogue as a table.")
        .option("--json", "as a JSON list")
        .action(runs(() => (require("../catalogue") as typeof Catalogue).printCatalogue));
    withHelp(command, {
        examples: [
            ["npm run catalogue", "a Markdown table"],
            ["npm run --silent catalogue -- --json", "for programs"],
        ],
    });
}
