import type { Command } from "commander";

import type * as Run from "./run";

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Registers `review`; what it needs is loaded when it is called. */
export function registerReview(program: Command): void {
    program
        .command("review")
        .description(
            "Tell what the working tree does to secrets, compared with a commit: offline, without values.",
        )
        .option(
            "--base <ref>",
            "the branch, tag or commit that it goes to (default: origin/main, else main); compared is where the two parted",
        )
        .option("--exact", "compare with the base itself, and not with where the two parted")
        .option("-s, --stack <name>", "a stack to review; repeat it for several (default: all)", collect, [])
        .option(
            "--format <form>",
            "what stdout gets: terminal, markdown, json, sarif, junit or html",
            "terminal",
        )
        .option("--out <form>=<file>", "write a form to a file as well; repeat it for several", collect, [])
        .option("--no-policies", "check no policies")
        .option("--no-cache", "render the base anew, and keep nothing of it")
        .option(
            "--today <day>",
            "the day that exemptions and ledgers reckon from, YYYY-MM-DD (default: today, UTC)",
        )
        .addHelpText("after", HELP)
        .action(async (options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { review } = require("./run") as typeof Run;
            process.exitCode = await review(options as Run.ReviewCommand);
        });
}

const HELP = `
Examples:
  npm run review                              what this branch does since it left origin/main
  npm run review -- --base v1.4 --exact       what is different from a release
  npm run review -- --out markdown=review.md --out html=review.html --out sarif=review.sarif

What is rendered of the base is kept in .strongroom/, by its commit, without a value.

Exit codes:
  0  the head is clean
  1  the program, its configuration or this command is wrong
  2  a mandatory policy is violated in the head, or a step of a ledger refused
  3  the review itself is at fault`;
