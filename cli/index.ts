import { CommanderError, type Command } from "commander";

import { version } from "../package.json";
import { CommandLine } from "./command-line";
import { registerAccess } from "./commands/access";
import { registerCatalogue } from "./commands/catalogue";
import { registerGolden } from "./commands/golden";
import { registerPolicies } from "./commands/policies";
import { registerPreview } from "./commands/preview";
import { registerRunbooks } from "./commands/runbooks";
import { registerCompletion } from "./completion";
import { registerDoctor } from "./doctor";
import { registerEnv } from "./env";
import { ExitCode } from "./exit-code";
import { withHelp } from "./help";
import { registerReview } from "./review";
import { registerRotate } from "./rotate";
import { registerSecrets } from "./secrets";

/** The command line with all that it knows: a line a command, below the heading that help shows it under. */
export function commandLine(): Command {
    const program = new CommandLine("strongroom")
        .description("Secrets on several clouds and Kubernetes, declared once, rotated by pull request.")
        .version(version, "-V, --version", "print the version")
        .option("--color", "colours also where stdout is no terminal, as FORCE_COLOR has it")
        .option("--no-color", "no colours, as NO_COLOR has it")
        .helpOption("-h, --help", "print the help of a command")
        .exitOverride()
        .configureHelp({ showGlobalOptions: true });

    program.commandsGroup("Look, change nothing:");
    registerPreview(program);
    registerReview(program);
    registerAccess(program);
    registerCatalogue(program);
    registerPolicies(program);
    registerDoctor(program);

    program.commandsGroup("Rotate:");
    registerRotate(program);

    program.commandsGroup("Write what is committed:");
    registerGolden(program);
    registerRunbooks(program);

    program.commandsGroup("Develop on one machine:");
    registerEnv(program);
    registerSecrets(program);

    program.commandsGroup("This command line:");
    registerCompletion(program);
    program.helpCommand("help [command]", "Print the help of a command.");

    return withHelp(program, {
        examples: [
            ["npm run preview", "begin here: all stacks, with the policies of policies/"],
            ["npm run preview -- --stack prod", "one stack"],
            ["npm run access -- --document devplatform/db --verb read", "who may read it"],
            ["npm run rotate -- status", "what is due, and when"],
            ["npm run rotate -- due --help", "the options and examples of one command"],
        ],
    });
}

/** Runs the command that was typed; the process ends with its code. */
export async function main(): Promise<void> {
    // A reader such as `head` that has seen enough closes the pipe: that is no mistake.
    process.stdout.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "EPIPE") throw error;
        process.exit();
    });
    try {
        await commandLine().parseAsync();
    } catch (error) {
        process.exitCode = exitCodeOf(error);
    }
}

function exitCodeOf(error: unknown): number {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.clean : ExitCode.wrong;
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const ours = name !== "UserError";
    process.stderr.write(`${ours && name !== "PreviewFault" ? (stack ?? message) : message}\n`);
    return ours ? ExitCode.fault : ExitCode.wrong;
}
