import { execFile } from "node:child_process";
import { devNull } from "node:os";

import { gitEnvironment } from "../../rotation/git";
import { atEnd } from "./at-end";

/** Git said no, or is not there. */
export class GitFault extends Error {
    override readonly name = "GitFault";

    constructor(
        /** What Git said, in English; empty where it said nothing. */
        readonly said: string,
        /** True where there is no program called `git`. */
        readonly isMissing: boolean,
    ) {
        super(said);
    }
}

/**
 * Runs Git about a folder, without a shell and without the repository's hooks, and returns what it prints. It lives no
 * longer than this process.
 *
 * @throws {GitFault}
 */
export function git(directory: string, args: readonly string[]): Promise<string> {
    return new Promise((resolve, reject) => {
        const options = { env: gitEnvironment(), maxBuffer: MAX_BYTES };
        const child = execFile("git", gitArguments(directory, args), options, (error, stdout, stderr) => {
            forget();
            if (error === null) resolve(stdout);
            else reject(new GitFault(stderr.trim(), error.code === "ENOENT"));
        });
        const forget = atEnd(() => {
            child.kill("SIGKILL");
        });
    });
}

/** The same where it matters only whether there is an answer. */
export async function gitAnswer(directory: string, args: readonly string[]): Promise<string | undefined> {
    try {
        return (await git(directory, args)).trim();
    } catch (error) {
        if (error instanceof GitFault && !error.isMissing) return undefined;
        throw error;
    }
}

export const gitArguments = (directory: string, args: readonly string[]): string[] => [
    ...["-C", directory, "-c", `core.hooksPath=${devNull}`],
    ...args,
];

const MAX_BYTES = 64 * 1024 * 1024;
