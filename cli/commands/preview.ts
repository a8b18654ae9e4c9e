/* eslint-disable @typescript-eslint/no-require-imports -- what does the work is loaded when it is called, not before */
import type { Command } from "commander";

import { withHelp } from "../help";
import { repeatable, withStacks } from "../options";
import type * as Preview from "../preview";
import { runs } from "../run";

/** Registers `preview`. */
export function registerPreview(program: Command): void {
    const command = program
        .command("preview")
        .description(
            "Show what each stack declares and which policies it violates: offline, and without deploying.",
        );
    withStacks(command, "a stack to preview")
        .addOption(repeatable("-p, --policy-pack <dir>", "a policy pack to check with", "policies"))
        .option("--no-policies", "check no policies")
        .option(
            "--base <commit>",
            "judge the ledgers against those of this commit, e.g. origin/main: a leap is refused",
        )
        .option(
            "--today <day>",
            "the day that exemptions and --base reckon from, YYYY-MM-DD (default: today, UTC)",
        )
        .option("--json", "print everything as JSON on stdout")
        .option("-v, --verbose", "list every resource, identity and command instead of counting them")
        .option("-q, --quiet", "print what is wrong and the verdicts, and nothing else")
        .action(runs(() => (require("../preview") as typeof Preview).preview));
    withHelp(command, {
        examples: [
            ["npm run preview", "all stacks, with the policies of policies/"],
            ["npm run preview -- --stack prod", "one stack"],
            ["npm run preview -- --stack prod --json", "for programs"],
            ["npm run preview -- --no-policies", "what is declared, and nothing else"],
            ["npm run preview -- --base origin/main", "and what rotates since that commit"],
        ],
        exitCodes: {
            2: "a mandatory policy is violated, a step of a ledger refused, grants differ, or environments share something",
            3: "the preview itself is at fault",
        },
    });
}
