import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";

import { gitEnvironment } from "../../rotation/git";
import { atEnd } from "./at-end";
import { git, gitArguments } from "./git";

/** Folders of a review that was killed are left for so long: a living one may be of another machine. */
const LEFT_OVER_MS = 60 * 60 * 1000;

/** A commit as files, in a folder that goes with this process at the latest. */
export class Worktree {
    readonly #forget: () => void;

    private constructor(
        readonly root: string,
        readonly directory: string,
    ) {
        this.#forget = atEnd(() => {
            remove(root, directory);
        });
    }

    /**
     * @param root of the repository.
     * @param folder where worktrees are put, below what Git ignores.
     * @throws {GitFault} when Git can't check the commit out.
     */
    static async add(root: string, folder: string, commit: string): Promise<Worktree> {
        mkdirSync(folder, { recursive: true });
        removeLeftOvers(root, folder);
        const directory = path.join(folder, `${commit.slice(0, 12)}-${process.pid}`);
        // Before Git is asked: what it began is removed, too.
        const worktree = new Worktree(root, directory);
        try {
            // Two steps, since the first would write the files by another process, which outlives it when it is killed.
            await git(root, [
                "worktree",
                "add",
                "--quiet",
                "--detach",
                "--force",
                "--no-checkout",
                directory,
                commit,
            ]);
            await git(directory, ["reset", "--quiet", "--hard", "--no-recurse-submodules"]);
            return worktree;
        } catch (error) {
            worktree.remove();
            throw error;
        }
    }

    remove(): void {
        this.#forget();
        remove(this.root, this.directory);
    }
}

/** Never `git worktree prune`: it would forget worktrees of people, too, whose disk is not there at the moment. */
function remove(root: string, directory: string): void {
    try {
        const args = ["worktree", "remove", "--force", "--force", directory];
        execFileSync("git", gitArguments(root, args), { env: gitEnvironment(), stdio: "ignore" });
    } catch {
        // Git does not know it, or not yet.
    }
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
}

function removeLeftOvers(root: string, folder: string): void {
    for (const name of readdirSync(folder)) {
        const directory = path.join(folder, name);
        const changed = statSync(directory, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
        if (Date.now() - changed > LEFT_OVER_MS) remove(root, directory);
    }
}
