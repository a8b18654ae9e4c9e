/* eslint-disable @typescript-eslint/no-require-imports -- what does the work is loaded when it is called, not before */
import type { Command } from "commander";

import { withHelp } from "../help";
import { repeatable, withStacks } from "../options";
import { runs } from "../run";
import type * as Doctor from "./doctor";

/** Registers `doctor`; what it needs is loaded when it is called. */
export function registerDoctor(program: Command): void {
    const command = program
        .command("doctor")
        .description("Say why a secret is not found, not synced or not rotated, and what to type next.");
    withStacks(command, "a stack to look at")
        .option("-p, --platform <name>", "one platform")
        .option("-d, --document <id>", "one document, as <platform>/<document>")
        .option("-c, --consumer <id>", "one consumer, as <platform>/<consumer>")
        .addOption(
            repeatable(
                "--context <context>",
                "look at a cluster by this kubectl context, or <cluster>=<context>",
                "none",
            ),
        )
        .addOption(repeatable("--from <file>", "look at what kubectl wrote into a file instead", "none"))
        .option("--stores", "ask aws, gcloud and vault for metadata of entries; never for a value")
        .option("--network", "fetch the keys of token issuers from where this runs")
        .option("--today <day>", "the day that rotations reckon from, YYYY-MM-DD (default: now)")
        .option("--json", "for programs")
        .action(runs(() => (require("./doctor") as typeof Doctor).doctor));
    withHelp(command, {
        examples: [
            ["npm run doctor", "what can be seen without a cluster"],
            [
                "npm run doctor -- --stack prod --consumer devplatform/backend",
                "all that concerns one workload",
            ],
            ["npm run doctor -- --stack prod --context eks-prod", "the cluster's objects as well"],
            ["npm run doctor -- --stack prod --document devplatform/db --stores", "and what the store says"],
        ],
        notes: ["It reads, and changes nothing. What could not be looked at is told as that."],
        exitCodes: { 0: "no problem was found", 2: "a problem was found" },
    });
}
