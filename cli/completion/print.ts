import path from "node:path";

import type { Command } from "commander";

import { suggest } from "../../components/domain/problems";
import { UserError } from "../../preview/errors";
import { ExitCode } from "../exit-code";
import { candidates } from "./candidates";
import { completionScript, SHELLS } from "./scripts";
import { valuesOf } from "./values";

/**
 * Prints what a shell has to load.
 *
 * @throws {UserError} for a shell that there is no completion for.
 */
export function printScript(name: string): ExitCode {
    const shell = SHELLS.find((each) => each === name);
    if (shell === undefined)
        throw new UserError("The command", [
            { place: "completion", message: `there is none for '${name}'`, fix: suggest(name, SHELLS) },
        ]);
    process.stdout.write(completionScript(shell, path.resolve(__dirname, "../main.js")));
    return ExitCode.clean;
}

/** Prints what may stand at the end of a line, for the script of a shell. */
export function printCandidates(program: Command, words: readonly string[]): ExitCode {
    const found = candidates(program, words, valuesOf);
    const lines = found === "files" ? [":files"] : found.map(({ word, meaning }) => `${word}\t${meaning}`);
    process.stdout.write(lines.map((line) => `${line}\n`).join(""));
    return ExitCode.clean;
}
