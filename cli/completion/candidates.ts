import type { Argument, Command, Option } from "commander";

import { optionsOf } from "../command-line";

/** A word that may stand where the cursor is, and what it is for. */
export interface Candidate {
    readonly word: string;
    readonly meaning: string;
}

/** What may follow: words to choose from, or the name of a file. */
export type Candidates = readonly Candidate[] | "files";

/** The values of an option or an argument, of which nothing is known but its name and what stands for its value. */
export type ValuesOf = (name: string, placeholder: string) => readonly string[] | "files";

/**
 * What may stand at the end of a line.
 *
 * @param words what was typed after the name of the program; the last is the one that is being typed, and may be empty.
 */
export function candidates(program: Command, words: readonly string[], valuesOf: ValuesOf): Candidates {
    const { command, operands, given, awaiting, onlyOperands } = read(program, words.slice(0, -1));
    const current = words.at(-1) ?? "";
    if (awaiting !== undefined) return starting(valuesOfOption(awaiting, valuesOf), current);
    const [flag, value] = split(current);
    if (!onlyOperands && value !== undefined) {
        const option = optionNamed(command, flag);
        return option === undefined ? [] : starting(valuesOfOption(option, valuesOf), current, `${flag}=`);
    }
    if (!onlyOperands && current.startsWith("-")) return starting(optionsLeft(command, given), current);
    const argument = command.registeredArguments[operands] ?? command.registeredArguments.at(-1);
    if (argument !== undefined && (operands < command.registeredArguments.length || argument.variadic))
        return starting(valuesOfArgument(argument, valuesOf), current);
    return operands > 0 ? [] : starting(subcommands(command), current);
}

interface Read {
    /** The one that the line calls so far. */
    readonly command: Command;
    /** How many arguments it has. */
    readonly operands: number;
    readonly given: ReadonlySet<Option>;
    /** An option whose value comes next. */
    readonly awaiting: Option | undefined;
    /** A `--` stands before: nothing is an option any more. */
    readonly onlyOperands: boolean;
}

function read(program: Command, words: readonly string[]): Read {
    const given = new Set<Option>();
    let [command, operands, onlyOperands] = [program, 0, false];
    let awaiting: Option | undefined;
    for (const word of words) {
        if (awaiting !== undefined) awaiting = undefined;
        else if (word === "--") onlyOperands = true;
        else if (word.startsWith("-") && !onlyOperands) {
            const [flag, value] = split(word);
            const option = optionNamed(command, flag);
            if (option === undefined) continue;
            given.add(option);
            if (option.required && value === undefined) awaiting = option;
        } else {
            const called = operands > 0 ? undefined : command.commands.find((each) => each.name() === word);
            if (called === undefined) operands += 1;
            else command = called;
        }
    }
    return { command, operands, given, awaiting, onlyOperands };
}

/** `--base=main` is a flag and its value; a short option is not written so. */
function split(word: string): readonly [flag: string, value?: string] {
    const at = word.startsWith("--") ? word.indexOf("=") : -1;
    return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

const optionNamed = (command: Command, flag: string): Option | undefined =>
    optionsOf(command).find(({ long, short }) => long === flag || short === flag);

/** What was given once is not offered again, unless it is a list. */
function optionsLeft(command: Command, given: ReadonlySet<Option>): readonly Candidate[] {
    const left = optionsOf(command).filter((each) => !given.has(each) || Array.isArray(each.defaultValue));
    const named = left.map(({ long, short, description }) => [long ?? short ?? "", description] as const);
    return [...new Map(named)].map(([word, meaning]) => ({ word, meaning }));
}

function subcommands(command: Command): readonly Candidate[] {
    const visible = command.createHelp().visibleCommands(command);
    return visible.map((each) => ({ word: each.name(), meaning: each.description() }));
}

function valuesOfOption(option: Option, valuesOf: ValuesOf): Candidates {
    const [, placeholder = ""] = /[<[]([^>\].]+)/.exec(option.flags) ?? [];
    return meaningless(option.argChoices ?? valuesOf(option.name(), placeholder));
}

function valuesOfArgument(argument: Argument, valuesOf: ValuesOf): Candidates {
    return meaningless(argument.argChoices ?? valuesOf(argument.name(), argument.name()));
}

const meaningless = (values: readonly string[] | "files"): Candidates =>
    values === "files" ? values : values.map((word) => ({ word, meaning: "" }));

function starting(all: Candidates, current: string, before = ""): Candidates {
    if (all === "files") return all;
    return all
        .map(({ word, meaning }) => ({ word: `${before}${word}`, meaning }))
        .filter(({ word }) => word.startsWith(current));
}
