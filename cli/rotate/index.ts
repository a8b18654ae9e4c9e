import type { Command } from "commander";

import type * as Check from "./check";
import type * as Commands from "./commands";
import type * as Status from "./status";

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
            process.exitCode = await commands().due(options as Commands.DueOptions);
        });
    writing(rotate.command("request <field>"), "Begin a rotation that somebody asked for.")
        .option("--reason <reason>", "request, or 'permission change' (default: request)")
        .action(async (field: string, options: unknown) => {
            process.exitCode = await commands().request(field, options as Commands.ReasonOptions);
        });
    writing(rotate.command("compromise <field>"), "Take a value away at once that somebody has seen.")
        .option("--keep-next", "the announced value was not seen: use it, its consumers know it already")
        .action(async (field: string, options: unknown) => {
            process.exitCode = await commands().compromise(
                field,
                options as Parameters<typeof Commands.compromise>[1],
            );
        });
    writing(rotate.command("offboard <holder>"), "Rotate exactly what somebody who leaves has seen.")
        .option("--reason <reason>", "offboarding, or 'permission change' (default: offboarding)")
        .action(async (holder: string, options: unknown) => {
            process.exitCode = await commands().offboard(holder, options as Commands.ReasonOptions);
        });
    const modes = {
        all: "Rotate every field.",
        symmetric: "Rotate the keys that sign and encrypt.",
        "api-keys": "Rotate the API keys, and list those that a vendor has to issue.",
        database: "Rotate the credentials of databases.",
    } as const;
    for (const mode of Object.keys(modes) as (keyof typeof modes)[]) {
        writing(rotate.command(mode), modes[mode]).action(async (options: unknown) => {
            process.exitCode = await commands().rotateMode(
                mode,
                options as Parameters<typeof Commands.rotateMode>[1],
            );
        });
    }
    writing(
        rotate.command("rollback <field>"),
        "Use the previous value again while it lives, or withdraw an announced one.",
    ).action(async (field: string, options: unknown) => {
        process.exitCode = await commands().rollback(
            field,
            options as Parameters<typeof Commands.rollback>[1],
        );
    });
    writing(rotate.command("external <field>"), "Record that a value which a vendor issued was set.")
        .requiredOption("--set-on <day>", "the day on which it was set")
        .option("--reason <reason>", "why it was issued (default: schedule)")
        .action(async (field: string, options: unknown) => {
            process.exitCode = await commands().external(
                field,
                options as Parameters<typeof Commands.external>[1],
            );
        });
    writing(rotate.command("reschedule <field>"), "Keep the previous value until another day.")
        .requiredOption("--until <day>", "the first day on which it may go")
        .action(async (field: string, options: unknown) => {
            process.exitCode = await commands().reschedule(
                field,
                options as Parameters<typeof Commands.reschedule>[1],
            );
        });
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
}

function commands(): typeof Commands {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
    return require("./commands") as typeof Commands;
}

function common(command: Command, description: string): Command {
    return command
        .description(description)
        .option("-s, --stack <name>", "a stack; repeat it for several (default: all)", collect, [])
        .option("--today <day>", "the day to reckon from, YYYY-MM-DD (default: today, UTC)");
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
  2  something is held back, overdue or refused
  3  the command itself is at fault`;
