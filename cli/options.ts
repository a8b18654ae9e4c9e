import { type Command, Option } from "commander";

/**
 * An option that may be repeated; its value is a list.
 *
 * @param unnamed what holds when it is not there, as help tells it.
 */
export function repeatable(flags: string, meaning: string, unnamed?: string): Option {
    return new Option(flags, `${meaning}; repeat it for several`)
        .default([], unnamed)
        .argParser((value: string, before: readonly string[]) => [...before, value]);
}

/** What commands that write may be told. */
export interface WritingCommand {
    /** Nothing is printed unless something is wrong. */
    readonly quiet?: boolean;
}

/** `--quiet`. */
export function withQuiet(command: Command, meaning = "print nothing unless something is wrong"): Command {
    return command.option("-q, --quiet", meaning);
}

/** `--stack`, of which there may be several. */
export function withStacks(command: Command, meaning = "a stack"): Command {
    return command.addOption(repeatable("-s, --stack <name>", meaning, "all"));
}
