/* eslint-disable @typescript-eslint/no-require-imports -- what does the work is loaded when it is called, not before */
import type { Command } from "commander";

import { withHelp } from "../help";
import { repeatable, withQuiet, withStacks } from "../options";
import { runs } from "../run";
import type * as Confirm from "./confirm-rewrite";
import type * as FieldCommands from "./field-commands";
import type * as GroupCommands from "./group-commands";
import type { WriteOptions } from "./options";
import { registerReading, withToday } from "./reading";

const fieldCommands = (): typeof FieldCommands => require("./field-commands") as typeof FieldCommands;
const groupCommands = (): typeof GroupCommands => require("./group-commands") as typeof GroupCommands;

/** Registers `rotate` with its subcommands; what one needs is loaded when it is called. */
export function registerRotate(program: Command): void {
    const rotate = program
        .command("rotate")
        .description("Turn what is due, asked for or compromised into the next ledger, for review.");
    rotate.commandsGroup("Write nothing:");
    registerReading(rotate);
    rotate.commandsGroup("Write the next ledger:");
    registerGroups(rotate);
    registerFields(rotate);
    withHelp(rotate, {
        examples: [
            ["npm run rotate -- status", "what is due, and when"],
            ["npm run rotate -- due --dry-run", "what would be done today"],
            ["npm run rotate -- compromise devplatform/jwt.secret_key --stack prod --ref INC-7"],
            ["npm run rotate -- offboard platform-engineering --ref HR-88"],
            ["npm run rotate -- rollback devplatform/db.password --stack prod --ref INC-8"],
        ],
        notes: [PRINTS],
        exitCodes: EXIT_CODES,
    });
}

const PRINTS =
    "Each that writes prints the text of the pull request on stdout, and writes ledger/<environment>.yaml and its log.";

const EXIT_CODES = {
    1: "the command or a file is wrong, and nothing was written",
    2: "something that was asked for is held back, overdue or refused",
};

/** Subcommands about what is due, what a person has seen, or fields of a kind. */
function registerGroups(rotate: Command): void {
    writing(rotate.command("due"), "Take every step whose time has come, in each stack.", [
        ["npm run rotate -- due --dry-run", "what would be done today"],
        ["npm run rotate -- due --due-by 2027-01-31", "and what comes due until then"],
    ])
        .option("--due-by <day>", "begin what is due until this day (default: today)")
        .option(
            "--verified <file>",
            "what 'rotate verify --json' printed: nobody who is behind loses a value",
        )
        .action(runs(() => groupCommands().due));
    writing(rotate.command("offboard <holder>"), "Rotate exactly what somebody who leaves has seen.", [
        ["npm run rotate -- offboard platform-engineering --ref HR-88"],
    ])
        .option("--reason <reason>", "offboarding, or 'permission change' (default: offboarding)")
        .action(runs(() => groupCommands().offboard));
    const modes = {
        all: "Rotate every field.",
        symmetric: "Rotate the keys that sign and encrypt.",
        "api-keys": "Rotate the API keys, and list those that a vendor has to issue.",
        database: "Rotate the credentials of databases.",
    } as const;
    for (const mode of Object.keys(modes) as (keyof typeof modes)[])
        writing(rotate.command(mode), modes[mode], [
            [`npm run rotate -- ${mode} --stack dev --ref OPS-3 --dry-run`, "what would be done"],
        ]).action(runs(() => (options: WriteOptions) => groupCommands().rotateMode(mode, options)));
}

/** Subcommands about one field of one stack. */
function registerFields(rotate: Command): void {
    writing(rotate.command("request <field>"), "Begin a rotation that somebody asked for.", [
        ["npm run rotate -- request devplatform/db.password --stack prod --ref OPS-3"],
    ])
        .option("--reason <reason>", "request, or 'permission change' (default: request)")
        .action(runs(() => fieldCommands().request));
    writing(rotate.command("compromise <field>"), "Take a value away at once that somebody has seen.", [
        ["npm run rotate -- compromise devplatform/jwt.secret_key --stack prod --ref INC-7"],
    ])
        .option("--keep-next", "the announced value was not seen: use it, its consumers know it already")
        .action(runs(() => fieldCommands().compromise));
    writing(
        rotate.command("rollback <field>"),
        "Use the previous value again while it lives, or withdraw an announced one.",
        [["npm run rotate -- rollback devplatform/db.password --stack prod --ref INC-8"]],
    ).action(runs(() => fieldCommands().rollback));
    writing(rotate.command("external <field>"), "Record that a value which a vendor issued was set.", [
        [
            "npm run rotate -- external devplatform/api-keys.anthropic_api_key --stack prod --set-on 2026-11-02",
        ],
    ])
        .requiredOption("--set-on <day>", "the day on which it was set")
        .option("--reason <reason>", "why it was issued (default: schedule)")
        .action(runs(() => fieldCommands().external));
    writing(rotate.command("reschedule <field>"), "Keep the previous value until another day.", [
        ["npm run rotate -- reschedule devplatform/db.password --stack prod --until 2027-01-15"],
    ])
        .requiredOption("--until <day>", "the first day on which it may go")
        .action(runs(() => fieldCommands().reschedule));
    writing(
        rotate.command("rewritten <field>"),
        "Record that all which the previous key encrypted was written anew: proved for etcd, confirmed for others.",
        [
            [
                "npm run rotate -- rewritten control-plane/encryption-config.key --stack prod --from secrets.json",
            ],
            ["npm run rotate -- rewritten yosai/app.fernet_key --stack prod --ref OPS-9"],
        ],
    )
        .addOption(
            repeatable(
                "--from <file>",
                "for etcd: what \'etcdctl get /registry/secrets/ --prefix --write-out=json\' printed, one file a cluster",
                "none",
            ),
        )
        .action(runs(() => (require("./confirm-rewrite") as typeof Confirm).confirmRewrite));
}

function writing(
    command: Command,
    description: string,
    examples: readonly (readonly [string, string?])[],
): Command {
    withToday(withStacks(command.description(description)))
        .option("--ref <reference>", "the ticket or the incident that asked for it")
        .option("--by <who>", "who takes the step, for the log (default: this account)")
        .option("--dry-run", "print everything and write nothing")
        .option("--keep-backup", "keep each ledger as it was, as <ledger>.bak");
    withQuiet(command);
    return withHelp(command, { examples, exitCodes: EXIT_CODES });
}
