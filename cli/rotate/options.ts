import { userInfo } from "node:os";

import { Problems, type Problem } from "../../components/domain/problems";
import { isDay, today as now } from "../../components/domain/rotation/day";
import type { Day } from "../../components/domain/rotation/day";

/** The options that most subcommands have, as the command line gives them. */
export interface CommonOptions {
    readonly stack: readonly string[];
    readonly today?: string;
}

/** The options of subcommands that write. */
export interface WriteOptions extends CommonOptions {
    readonly ref?: string;
    readonly by?: string;
    readonly dryRun?: boolean;
    readonly keepBackup?: boolean;
    /** Nothing is printed unless something is held back or wrong. */
    readonly quiet?: boolean;
}

/** The day that a command works on; today when the text is none, so that the rest can still be judged. */
export function dayOption(option: string, text: string | undefined, problems: Problems): Day {
    if (text === undefined) return now();
    if (isDay(text)) return text;
    problems.add(`${option} ${text}`, "a day is written YYYY-MM-DD and is in the calendar");
    return now();
}

/** Who takes a step: named, the account that a workflow runs for, or the one of this machine. */
export function recorderOf(by: string | undefined): { readonly by: string; readonly at: string } {
    const { GITHUB_ACTOR, GITLAB_USER_LOGIN } = process.env;
    return {
        by: by ?? GITHUB_ACTOR ?? GITLAB_USER_LOGIN ?? userInfo().username,
        at: new Date().toISOString(),
    };
}

/** A value differs from stack to stack, so a command about one field is about one stack. */
export function oneStackProblem(command: string, names: readonly string[]): readonly Problem[] {
    if (new Set(names).size === 1) return [];
    const problems = new Problems();
    problems.add(
        `rotate ${command}`,
        names.length === 0 ? "it does not say in which stack" : "it is about one stack",
        "Add '--stack <name>': each stack has a value of its own",
    );
    return problems.all;
}
