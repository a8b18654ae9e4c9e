import { realpathSync } from "node:fs";
import path from "node:path";

import { UserError } from "../../preview/errors";
import type { Side } from "../review";
import { git, gitAnswer, GitFault } from "./git";

/** Where the project is in its repository, and what its working tree holds. */
export interface Repository {
    /** Of the repository; absolute. */
    readonly root: string;
    /** From there to the folder of Pulumi.yaml; empty where they are one. */
    readonly prefix: string;
    /** True where the history was cut when it was cloned. */
    readonly isShallow: boolean;
    /** The commit that the working tree is based on. */
    readonly commit: string;
    /** From the root of the repository; what Git ignores is left out. */
    readonly changed: readonly string[];
}

/** So many files of a working tree are named, and the others counted. */
const NAMED_FILES = 20;

/**
 * Looks at the repository that a project is in.
 *
 * @throws {UserError} where there is none, or no Git to ask.
 */
export async function readRepository(directory: string): Promise<Repository> {
    try {
        const [facts, commit, status] = await Promise.all([
            git(directory, ["rev-parse", "--show-toplevel", "--is-shallow-repository"]),
            gitAnswer(directory, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]),
            git(directory, ["status", "--porcelain=v1", "-z", "--untracked-files=all"]),
        ]);
        const [root = "", isShallow] = facts.split("\n");
        if (commit === undefined)
            throw refused(directory, "the repository has no commit yet", "Commit what there is");
        return {
            root: path.resolve(root),
            prefix: path.relative(realpathSync(root), realpathSync(directory)),
            isShallow: isShallow === "true",
            commit,
            changed: changedFiles(status),
        };
    } catch (error) {
        if (error instanceof GitFault) throw refusal(directory, error);
        throw error;
    }
}

/** The working tree as one of the two sides. */
export function headSide({ commit, changed }: Repository): Side {
    const files = changed.slice(0, NAMED_FILES);
    return {
        name: "working tree",
        commit,
        ...(changed.length === 0 ? {} : { changed: { files, count: changed.length } }),
    };
}

/** Of `git status -z`: two letters, a blank and a path; a rename is followed by the path that it had. */
function changedFiles(status: string): readonly string[] {
    const files: string[] = [];
    const parts = status.split("\0").filter((part) => part !== "");
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
        files.push(part.slice(3));
        if (/^(?:[RC]|.[RC])/.test(part)) parts.shift();
    }
    return files.sort();
}

const refused = (place: string, message: string, fix: string): UserError =>
    new UserError("The review", [{ place, message, fix }]);

function refusal(directory: string, { said, isMissing }: GitFault): UserError {
    if (isMissing) return refused("git", "there is no such program here", "Install Git");
    if (/dubious ownership/.test(said)) {
        const fix = `Say that you trust it: git config --global --add safe.directory ${directory}`;
        return refused(directory, "Git does not trust the repository, which is somebody else's", fix);
    }
    if (/not a git repository/i.test(said)) {
        const fix = "Run this in a clone of the project: a review compares two commits of it";
        return refused(directory, "this is in no Git repository", fix);
    }
    return refused(directory, `Git can't read the repository: ${firstLine(said)}`, "Correct that first");
}

/** What a program complained of, without the lines of advice that follow. */
export const firstLine = (said: string): string =>
    (said.split("\n")[0] ?? "").replace(/^(?:fatal|error): /, "").replace(/\.$/, "") || "it did not say why";
