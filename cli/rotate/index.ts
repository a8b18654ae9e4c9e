import type { Command } from "commander";

import type * as Arguments from "./arguments";
import type * as Check from "./check";
import type * as Confirm from "./confirm-rewrite";
import type * as FieldCommands from "./field-commands";
import type * as GroupCommands from "./group-commands";
import type * as Notice from "./notice";
import type * as Status from "./status";
import type * as Verify from "./verify";

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Registers `rotate` with its subcommands; what one needs is loaded when it is called. */
export function registerRotate(program: Command): void {
    const rotate = program
        .command("rotate")
        .description("Turn what is due, asked for or compromised into the next ledger, for review.")
        .addHelpText("after", HELP);

    writing(rotate.command("due"), "Take every step whose time has come, in each stack.")
        .option("--due-by <day>", "begin what is due until this day (default: today)")
        .option(
            "--verified <file>",
            "what 'rotate verify --json' printed: nobody who is behind loses a value",
        )
        .action(async (options: unknown) => {
            process.exitCode = await groupCommands().due(options as GroupCommands.DueOptions);
        });
    writing(rotate.command("request <field>"), "Begin a rotation that somebody asked for.")
        .option("--reason <reason>", "request, or 'permission change' (default: request)")
        .action(async (field: string, options: unknown) => {
            process.exitCode = await fieldCommands().request(field, options as Arguments.ReasonOptions);
        });
    writing(rotate.command("compromise <field>"), "Take a value away at once that somebody has seen.")
        .option("--keep-next", "the announced value was not seen: use it, its consumers know it already")
        .action(async (field: string, options: unknown) => {
            process.exitCode = await fieldCommands().compromise(
                field,
                options as Parameters<typeof FieldCommands.compromise>[1],
            );
        });
    writing(rotate.command("offboard <holder>"), "Rotate exactly what somebody who leaves has seen.")
        .option("--reason <reason>", "offboarding, or 'permission change' (default: offboarding)")
        .action(async (holder: string, options: unknown) => {
            process.exitCode = await groupCommands().offboard(holder, options as Arguments.ReasonOptions);
        });
    const modes = {
        all: "Rotate every field.",
        symmetric: "Rotate the keys that sign and encrypt.",
        "api-keys": "Rotate the API keys, and list those that a vendor has to issue.",
        database: "Rotate the credentials of databases.",
    } as const;
    for (const mode of Object.keys(modes) as (keyof typeof modes)[]) {
        writing(rotate.command(mode), modes[mode]).action(async (options: unknown) => {
            process.exitCode = await groupCommands().rotateMode(
                mode,
                options as Parameters<typeof GroupCommands.rotateMode>[1],
            );
        });
    }
    writing(
        rotate.command("rollback <field>"),
        "Use the previous value again while it lives, or withdraw an announced one.",
    ).action(async (field: string, options: unknown) => {
        process.exitCode = await fieldCommands().rollback(
            field,
            options as Parameters<typeof FieldCommands.rollback>[1],
        );
    });
    writing(rotate.command("external <field>"), "Record that a value which a vendor issued was set.")
        .requiredOption("--set-on <day>", "the day on which it was set")
        .option("--reason <reason>", "why it was issued (default: schedule)")
        .action(async (field: string, options: unknown) => {
            process.exitCode = await fieldCommands().external(
                field,
                options as Parameters<typeof FieldCommands.external>[1],
            );
        });
    writing(rotate.command("reschedule <field>"), "Keep the previous value until another day.")
        .requiredOption("--until <day>", "the first day on which it may go")
        .action(async (field: string, options: unknown) => {
            process.exitCode = await fieldCommands().reschedule(
                field,
                options as Parameters<typeof FieldCommands.reschedule>[1],
            );
        });
    writing(
        rotate.command("rewritten <field>"),
        "Record that all which the previous key encrypted was written anew: proved for etcd, confirmed for others.",
    )
        .option(
            "--from <file>",
            "for etcd: what 'etcdctl get /registry/secrets/ --prefix --write-out=json' printed, one file a cluster",
            collect,
            [],
        )
        .action(async (field: string, options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const confirm = require("./confirm-rewrite") as typeof Confirm;
            process.exitCode = await confirm.confirmRewrite(
                field,
                options as Parameters<typeof Confirm.confirmRewrite>[1],
            );
        });
    registerReading(rotate);
}

/** Subcommands that write nothing. */
function registerReading(rotate: Command): void {
    common(rotate.command("status"), "Show age, due day and next step of every field.")
        .option("--overdue", "only what is overdue")
        .option("--json", "as JSON")
        .action(async (options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { status } = require("./status") as typeof Status;
            process.exitCode = await status(options as Status.StatusOptions);
        });
    common(rotate.command("check"), "Judge the ledgers against those of another commit: one step a field.")
        .requiredOption("--base <commit>", "what is deployed, such as origin/main")
        .option("--json", "as JSON")
        .action(async (options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { check } = require("./check") as typeof Check;
            process.exitCode = await check(options as Check.CheckOptions);
        });
    stacks(rotate.command("verify"), "Prove by the clusters that each consumer runs what the ledger says.")
        .option("--kubectl-context <context>", "another context: <cluster>=<context>; repeat it", collect, [])
        .option("--synced", "only what was synced, and not what pods run: whether a rollout may begin")
        .option("--wait <duration>", "read again until nobody is behind, e.g. '5 minutes'")
        .option("--json", "the evidence of one stack, for 'due --verified'")
        .action(async (options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { verify } = require("./verify") as typeof Verify;
            process.exitCode = await verify(options as Verify.VerifyOptions);
        });
    stacks(rotate.command("notice"), "Print the message that tells what was rotated, without values.")
        .requiredOption("--format <format>", "slack (JSON for an incoming webhook) or text (for SNS)")
        .option("--since <day>", "the steps from this day on")
        .option("--events <count>", "the last steps of each log")
        .option("--link <url>", "where the run can be looked at")
        .action(async (options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { notice } = require("./notice") as typeof Notice;
            process.exitCode = await notice(options as Notice.NoticeCommand);
        });
}

function stacks(command: Command, description: string): Command {
    return command
        .description(description)
        .option("-s, --stack <name>", "a stack; repeat it for several (default: all)", collect, []);
}

function fieldCommands(): typeof FieldCommands {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
    return require("./field-commands") as typeof FieldCommands;
}

function groupCommands(): typeof GroupCommands {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
    return require("./group-commands") as typeof GroupCommands;
}

function common(command: Command, description: string): Command {
    return stacks(command, description).option(
        "--today <day>",
        "the day to reckon from, YYYY-MM-DD (default: today, UTC)",
    );
}

function writing(command: Command, description: string): Command {
    return common(command, description)
        .option("--ref <reference>", "the ticket or the incident that asked for it")
        .option("--by <who>", "who takes the step, for the log (default: this account)")
        .option("--dry-run", "print everything and write nothing")
        .option("--keep-backup", "keep each ledger as it was, as <ledger>.bak");
}

const HELP = `
Examples:
  npm run rotate -- status                                       what is due, and when
  npm run rotate -- due --dry-run                                what would be done today
  npm run rotate -- compromise devplatform/jwt.secret_key --stack prod --ref INC-7
  npm run rotate -- offboard platform-engineering --ref HR-88
  npm run rotate -- rollback devplatform/db.password --stack prod --ref INC-8

Each prints the text of the pull request on stdout, and writes ledger/<environment>.yaml and its log.

Exit codes:
  0  done
  1  the command or a file is wrong, and nothing was written
  2  something that was asked for is held back, overdue or refused
  3  the command itself is at fault`;
