import { Command } from "commander";
import { registerRotate } from "../../../cli/rotate";

/** A subcommand of `npm run rotate --` as the program registers it. */
export interface RotateCommand {
    readonly takes: "field" | "holder" | undefined;
    /** By name, whether each is followed by a value. */
    readonly options: ReadonlyMap<string, boolean>;
    readonly required: readonly string[];
}

export function rotateCommands(): ReadonlyMap<string, RotateCommand> {
    const program = new Command();
    registerRotate(program);
    const rotate = program.commands.find((each) => each.name() === "rotate");
    return new Map(
        (rotate?.commands ?? []).map((command) => {
            const [argument] = command.registeredArguments.map((each) => each.name());
            if (argument !== undefined && argument !== "field" && argument !== "holder")
                throw new Error(`'rotate ${command.name()}' takes a ${argument}`);
            const options = command.options.map((each) => [each.long ?? "", each.required] as const);
            const required = command.options.flatMap((each) => (each.mandatory ? [each.long ?? ""] : []));
            return [command.name(), { takes: argument, options: new Map(options), required }];
        }),
    );
}
