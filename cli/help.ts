import type { Command } from "commander";

/** What each code tells the caller of a command, whichever it is; a command may say it in its own words. */
const EXIT_CODES = [
    "all is well, or done",
    "the program, its configuration or this command is wrong; nothing was written",
    "something is violated, refused, held back or overdue",
    "the command itself is at fault",
] as const;

export interface CommandHelp {
    /** What to type, and what that is for. */
    readonly examples: readonly (readonly [command: string, meaning?: string])[];
    /** What is to be known besides; whole sentences. */
    readonly notes?: readonly string[];
    /** What this command means by a code, where it can say more than what all mean. */
    readonly exitCodes?: Partial<Record<0 | 1 | 2 | 3, string>>;
}

/** Ends a command's help with examples and exit codes, as that of every command. */
export function withHelp(command: Command, { examples, notes = [], exitCodes = {} }: CommandHelp): Command {
    const width = Math.max(...examples.map(([typed, meaning]) => (meaning === undefined ? 0 : typed.length)));
    const lines = [
        "",
        "Examples:",
        ...examples.map(([typed, meaning]) =>
            meaning === undefined ? `  ${typed}` : `  ${typed.padEnd(width)}  ${meaning}`,
        ),
        ...(notes.length === 0 ? [] : ["", ...notes]),
        "",
        "Exit codes:",
        ...EXIT_CODES.map(
            (meaning, code) => `  ${String(code)}  ${exitCodes[code as 0 | 1 | 2 | 3] ?? meaning}`,
        ),
    ];
    return command.addHelpText("after", lines.join("\n"));
}
