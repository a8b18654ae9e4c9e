import { Command, CommanderError } from "commander";

import type * as AccessCommand from "./access";
import type * as CatalogueCommand from "./catalogue";
import { registerDoctor } from "./doctor";
import { ExitCode } from "./exit-code";
import type * as GoldenCommand from "./golden";
import type * as PoliciesCommand from "./policies";
import type * as PreviewCommand from "./preview";
import { registerRotate } from "./rotate";
import type * as RunbooksCommand from "./runbooks";

/** A command of the line; what it needs is loaded when it is called. */
async function main(): Promise<void> {
    const program = new Command("strongroom")
        .description("Secrets on several clouds and Kubernetes, declared once, rotated by pull request.")
        .exitOverride()
        .addHelpText("after", HELP)
        .configureHelp({ showGlobalOptions: true });
    program
        .command("preview")
        .description(
            "Show what each stack declares and which policies it violates: offline, and without deploying.",
        )
        .option("-s, --stack <name>", "a stack to preview; repeat it for several (default: all)", collect, [])
        .option(
            "-p, --policy-pack <dir>",
            "a policy pack to check with; repeat it for several (default: policies)",
            collect,
            [],
        )
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
        .addHelpText("after", HELP)
        .action(async (options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { preview } = require("./preview") as typeof PreviewCommand;
            process.exitCode = await preview(options as PreviewCommand.PreviewCommand);
        });
    program
        .command("access")
        .description("Tell who may read, write, delete or grant what, and by which statement.")
        .option(
            "-s, --stack <name>",
            "entries of this stack; repeat it for several (default: all)",
            collect,
            [],
        )
        .option(
            "-i, --identity <name>",
            "what one identity may do; with its account, cluster or address as name@realm",
        )
        .option("-d, --document <id>", "who may do what with a document, or with the entry of a path")
        .option("--verb <verb>", "read, list, write, rotate, delete, grant, decrypt or encrypt alone")
        .option("--json", "for programs")
        .addHelpText("after", ACCESS_HELP)
        .action(async (options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { access } = require("./access") as typeof AccessCommand;
            process.exitCode = await access(options as AccessCommand.AccessCommand);
        });
    program
        .command("catalogue")
        .description("Print every field and configuration value of the catalogue as a table.")
        .option("--json", "as a JSON list")
        .action((options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { printCatalogue } = require("./catalogue") as typeof CatalogueCommand;
            process.exitCode = printCatalogue(options as { readonly json?: boolean });
        });
    program
        .command("policies")
        .description("Print the rules of the policy pack as a table.")
        .option("--json", "as a JSON list")
        .option("--write", "into policies/README.md")
        .action((options: unknown) => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { printPolicies } = require("./policies") as typeof PoliciesCommand;
            process.exitCode = printPolicies(options as PoliciesCommand.PoliciesCommand);
        });
    program
        .command("golden")
        .description("Write the committed renderings in test/golden anew.")
        .action(async () => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { golden } = require("./golden") as typeof GoldenCommand;
            process.exitCode = await golden();
        });
    registerRotate(program);
    registerDoctor(program);
    program
        .command("runbooks")
        .description("Write the runbooks in runbooks/ anew: a page for each secret, and one for an incident.")
        .action(async () => {
            // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is called, not before
            const { writeRunbooks } = require("./runbooks") as typeof RunbooksCommand;
            process.exitCode = await writeRunbooks();
        });
    try {
        await program.parseAsync();
    } catch (error) {
        process.exitCode = exitCodeOf(error);
    }
}

const HELP = `
Examples:
  npm run preview                          all stacks, with the policies of policies/
  npm run preview -- --stack prod          one stack
  npm run preview -- --stack prod --json   for programs
  npm run preview -- --no-policies         what is declared, and nothing else
  npm run preview -- --base origin/main    and what rotates since that commit

Exit codes:
  0  all is well
  1  the program, its configuration or this command is wrong
  2  a mandatory policy is violated, or a step of a ledger refused
  3  the preview itself is at fault`;

const ACCESS_HELP = `
Examples:
  npm run access -- --document devplatform/db --verb read     who may read it
  npm run access -- --identity devplatform-prod-backend       what it may do, and who can become it
  npm run access -- --stack prod --verb grant                 who may change who may

Exit codes:
  0  all is well
  1  the program, its configuration or this command is wrong
  2  the catalogue and the grants differ, or something could not be decided
  3  the preview itself is at fault`;

function collect(value: string, before: readonly string[]): readonly string[] {
    return [...before, value];
}

function exitCodeOf(error: unknown): number {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.clean : ExitCode.wrong;
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const ours = name !== "UserError";
    process.stderr.write(`${ours && name !== "PreviewFault" ? (stack ?? message) : message}\n`);
    return ours ? ExitCode.fault : ExitCode.wrong;
}

// A reader such as `head` that has seen enough closes the pipe: that is no mistake.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
});
void main();
