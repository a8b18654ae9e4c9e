import { Command, type ErrorOptions, type Option } from "commander";

import { nearest, suggest } from "../components/domain/problems";

/**
 * A command that tells all wrong options at once, each with what was probably meant, in one line and without a stack
 * trace; Commander stops at the first.
 */
export class CommandLine extends Command {
    #unknown: readonly string[] = [];

    override createCommand(name?: string): CommandLine {
        return new CommandLine(name);
    }

    override parseOptions(args: string[]): ReturnType<Command["parseOptions"]> {
        const parsed = super.parseOptions(args);
        this.#unknown = parsed.unknown.filter((word) => word.startsWith("-"));
        return parsed;
    }

    override error(message: string, options?: ErrorOptions): never {
        return super.error(this.#told(message, options?.code ?? ""), options);
    }

    #told(message: string, code: string): string {
        if (code === "commander.unknownOption" || code === "commander.missingMandatoryOptionValue")
            return `error: ${[...this.#missing(), ...this.#unknownOptions()].join(", ")}`;
        const line = message.replace(/\n\(/, " (");
        const isFar = code === "commander.unknownCommand" && !line.includes("Did you mean");
        return isFar ? `${line}. ${suggest("", namesOf(this))}` : line;
    }

    #missing(): readonly string[] {
        return this.options
            .filter((each) => each.mandatory && this.getOptionValue(each.attributeName()) === undefined)
            .map(({ flags }) => `required option '${flags}' not specified`);
    }

    #unknownOptions(): readonly string[] {
        const known = optionsOf(this).map(({ long, short }) => long ?? short ?? "");
        return this.#unknown.map((word) => {
            // What follows the sign may be a secret.
            const name = word.replace(/=.*/s, "");
            const meant = nearest(name, known);
            return `unknown option '${name}'${meant === undefined ? "" : ` (Did you mean ${meant}?)`}`;
        });
    }
}

/** Those of a command and of all above it, as help shows them. */
export function optionsOf(command: Command): readonly Option[] {
    const own = command.createHelp().visibleOptions(command);
    return command.parent === null ? own : [...own, ...optionsOf(command.parent)];
}

/** The names of a command's subcommands, as help shows them. */
function namesOf(command: Command): readonly string[] {
    return command
        .createHelp()
        .visibleCommands(command)
        .map((each) => each.name());
}
