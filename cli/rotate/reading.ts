/* eslint-disable @typescript-eslint/no-require-imports -- what does the work is loaded when it is called, not before */
import type { Command } from "commander";

import { withHelp } from "../help";
import { repeatable, withStacks } from "../options";
import { runs } from "../run";
import type * as Check from "./check";
import type * as Notice from "./notice";
import type * as Status from "./status";
import type * as Verify from "./verify";

/** `--today`, for what reckons from a day. */
export function withToday(command: Command): Command {
    return command.option("--today <day>", "the day to reckon from, YYYY-MM-DD (default: today, UTC)");
}

/** Registers the subcommands of `rotate` that write nothing. */
export function registerReading(rotate: Command): void {
    const status = rotate.command("status").description("Show age, due day and next step of every field.");
    withToday(withStacks(status))
        .option("--overdue", "only what is overdue")
        .option("--json", "as JSON")
        .action(runs(() => (require("./status") as typeof Status).status));
    withHelp(status, {
        examples: [
            ["npm run rotate -- status", "every field of every stack"],
            ["npm run rotate -- status --stack prod --overdue", "what should have rotated by now"],
        ],
        exitCodes: { 2: "a field is overdue" },
    });

    const check = rotate
        .command("check")
        .description("Judge the ledgers against those of another commit: one step a field.");
    withToday(withStacks(check))
        .requiredOption("--base <commit>", "what is deployed, such as origin/main")
        .option("--json", "as JSON")
        .action(runs(() => (require("./check") as typeof Check).check));
    withHelp(check, {
        examples: [["npm run rotate -- check --base origin/main", "what a pull request rotates"]],
        exitCodes: { 2: "a step is refused" },
    });

    const verify = rotate
        .command("verify")
        .description("Prove by the clusters that each consumer runs what the ledger says.");
    withStacks(verify)
        .addOption(
            repeatable(
                "--kubectl-context <context>",
                "another context: <cluster>=<context>",
                "those of the configuration",
            ),
        )
        .option("--synced", "only what was synced, and not what pods run: whether a rollout may begin")
        .option("--wait <duration>", "read again until nobody is behind, e.g. '5 minutes'")
        .option("--json", "the evidence of one stack, for 'due --verified'")
        .action(runs(() => (require("./verify") as typeof Verify).verify));
    withHelp(verify, {
        examples: [
            ["npm run rotate -- verify --stack prod --wait '5 minutes'", "after a deployment"],
            ["npm run --silent rotate -- verify --stack prod --json > evidence.json", "for 'due --verified'"],
        ],
        exitCodes: { 1: "the command is wrong, or something could not be read", 2: "a consumer is behind" },
    });

    const notice = rotate
        .command("notice")
        .description("Print the message that tells what was rotated, without values.");
    withStacks(notice)
        .requiredOption("--format <format>", "slack (JSON for an incoming webhook) or text (for SNS)")
        .option("--since <day>", "the steps from this day on")
        .option("--events <count>", "the last steps of each log")
        .option("--link <url>", "where the run can be looked at")
        .action(runs(() => (require("./notice") as typeof Notice).notice));
    withHelp(notice, {
        examples: [["npm run rotate -- notice --format text --since 2026-11-01", "what rotated since"]],
    });
}
