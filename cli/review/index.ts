/* eslint-disable @typescript-eslint/no-require-imports -- what does the work is loaded when it is called, not before */
import type { Command } from "commander";

import { withHelp } from "../help";
import { repeatable, withStacks } from "../options";
import { runs } from "../run";
import type * as Run from "./run";

/** Registers `review`; what it needs is loaded when it is called. */
export function registerReview(program: Command): void {
    const command = program
        .command("review")
        .description(
            "Tell what the working tree does to secrets, compared with a commit: offline, without values.",
        )
        .option(
            "--base <ref>",
            "the branch, tag or commit that it goes to (default: origin/main, else main); compared is where the two parted",
        )
        .option("--exact", "compare with the base itself, and not with where the two parted");
    withStacks(command, "a stack to review")
        .option(
            "--format <form>",
            "what stdout gets: terminal, markdown, json, sarif, junit or html",
            "terminal",
        )
        .addOption(repeatable("--out <form>=<file>", "write a form to a file as well", "none"))
        .option("-q, --quiet", "on a terminal, the first line alone")
        .option("-v, --verbose", "on a terminal, long lists as a whole")
        .option("--no-policies", "check no policies")
        .option("--no-cache", "render the base anew, and keep nothing of it")
        .option(
            "--today <day>",
            "the day that exemptions and ledgers reckon from, YYYY-MM-DD (default: today, UTC)",
        )
        .action(runs(() => (require("./run") as typeof Run).review));
    withHelp(command, {
        examples: [
            ["npm run review", "what this branch does since it left origin/main"],
            ["npm run review -- --base v1.4 --exact", "what is different from a release"],
            ["npm run review -- --out markdown=review.md --out html=review.html --out sarif=review.sarif"],
        ],
        notes: ["What is rendered of the base is kept in .strongroom/, by its commit, without a value."],
        exitCodes: {
            0: "the head is clean",
            2: "a mandatory policy is violated in the head, or a step of a ledger refused",
            3: "the review itself is at fault",
        },
    });
}
