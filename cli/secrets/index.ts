/* eslint-disable @typescript-eslint/no-require-imports -- what does the work is loaded when it is called, not before */
import type { Command } from "commander";

import { withHelp } from "../help";
import { runs } from "../run";
import type * as Scan from "./scan";

/** Registers `secrets`, whose `scan` looks for values that somebody committed; it is loaded when it is called. */
export function registerSecrets(program: Command): void {
    const secrets = program.command("secrets").description("Find values that do not belong into Git.");
    withHelp(secrets, { examples: [["npm run secrets -- scan"]] });
    const scan = secrets
        .command("scan")
        .description("Look for keys, tokens and passwords in what Git has. None of them is printed.")
        .option("--staged", "what is about to be committed, as it is staged; a hook calls this")
        .option(
            "--since <commit>",
            "every file and message of the commits after this one, e.g. origin/main, also what a later one took away",
        )
        .option("--history", "every file and message of every commit")
        .action(runs(() => (require("./scan") as typeof Scan).scan));
    withHelp(scan, {
        examples: [
            ["npm run secrets -- scan", "every file that Git tracks"],
            ["npm run secrets -- scan --staged", "what is about to be committed"],
            ["npm run secrets -- scan --since origin/main", "all commits of this branch"],
        ],
        exitCodes: {
            0: "nothing was found",
            1: "this command or .secrets-allow.yaml is wrong",
            2: "something was found that .secrets-allow.yaml does not explain",
        },
    });
}
