import { nearest, suggest } from "../../components/domain/problems";
import { UserError } from "../../preview/errors";
import type { Side } from "../review";
import { git, gitAnswer } from "./git";
import type { Repository } from "./repository";

/** What the head is compared with. */
export interface Base {
    /** `name` is the ref as it was asked for, `commit` what of it is compared. */
    readonly side: Side & { readonly commit: string };
    /** What a reader has to know of how it was found, each a sentence. */
    readonly notes: readonly string[];
}

/** Where pull requests go when nobody says otherwise. */
const DEFAULTS = ["origin/main", "main"] as const;

/**
 * Finds the commit that the head is compared with: where the two parted, so that what the base got since then does not
 * look as if the head took it back.
 *
 * @param asked a branch, a tag or a commit; `origin/main`, else `main`, where it is absent.
 * @param exact compares with the ref itself.
 * @throws {UserError} where Git does not know it, or where the two have no commit in common.
 */
export async function resolveBase(
    repository: Repository,
    asked: string | undefined,
    exact: boolean,
): Promise<Base> {
    const { name, commit } = await find(repository, asked);
    if (exact) return { side: { name, commit }, notes: [] };
    const common = await gitAnswer(repository.root, ["merge-base", "HEAD", commit]);
    if (common === undefined || common === "") throw unrelated(name, repository);
    const notes =
        common === commit
            ? []
            : [
                  `${name} is at ${short(commit)}: the head is compared with ${short(common)}, where the two parted; '--exact' compares with ${name} itself`,
              ];
    return { side: { name, commit: common }, notes };
}

async function find(
    repository: Repository,
    asked: string | undefined,
): Promise<{ readonly name: string; readonly commit: string }> {
    for (const name of asked === undefined ? DEFAULTS : [asked]) {
        const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
        const commit = name === "" ? undefined : await gitAnswer(repository.root, args);
        if (commit !== undefined) return { name, commit };
    }
    if (asked !== undefined) throw await unknown(asked, repository);
    throw refused(
        "--base",
        "there is neither a branch 'origin/main' nor 'main' to compare with",
        repository.isShallow ? DEEPEN : "Name the branch that the pull request goes to: --base <branch>",
    );
}

async function unknown(asked: string, repository: Repository): Promise<UserError> {
    const message = repository.isShallow
        ? "Git knows no such commit here, and the clone is shallow"
        : "Git knows no such commit here";
    if (repository.isShallow) return refused(`--base ${asked}`, message, DEEPEN);
    const format = "--format=%(refname:short)";
    const listed = await git(repository.root, [
        "for-each-ref",
        format,
        "refs/heads",
        "refs/remotes",
        "refs/tags",
    ]);
    const known = listed.split("\n").filter((ref) => ref !== "");
    const fix =
        nearest(asked, known) === undefined && known.length > 0
            ? `Fetch it, or name another: ${suggest(asked, known).replace(/^Choose/, "choose")}`
            : suggest(asked, known);
    return refused(`--base ${asked}`, message, fix);
}

function unrelated(name: string, { isShallow }: Repository): UserError {
    const message = "it and the head have no commit in common";
    return isShallow
        ? refused(`--base ${name}`, `${message}, and the clone is shallow`, DEEPEN)
        : refused(`--base ${name}`, message, "Name another, or compare with it as it is: --exact");
}

const DEEPEN =
    "Fetch the whole history: 'git fetch --unshallow', or 'fetch-depth: 0' of actions/checkout, 'GIT_DEPTH: 0' on GitLab";

const refused = (place: string, message: string, fix: string): UserError =>
    new UserError("The review", [{ place, message, fix }]);

/** A commit as people name it. */
export const short = (commit: string): string => commit.slice(0, 12);
