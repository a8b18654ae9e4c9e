/**
 * What a hook or an editor tells Git about the repository that it was called for: with these, a call from a hook is about
 * the hook's index and not about the folder that it names.
 *
 * @see `git rev-parse --local-env-vars`; settings given by the environment stay.
 */
const OF_A_REPOSITORY = [
    ...["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"],
    ...["GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE", "GIT_NO_REPLACE_OBJECTS"],
    ...["GIT_REPLACE_REF_BASE", "GIT_IMPLICIT_WORK_TREE", "GIT_INTERNAL_SUPER_PREFIX"],
];

/** The environment for a Git that is asked about the folder that `-C` names, in words that programs can read. */
export function gitEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
    const kept = Object.entries(environment).filter(([name]) => !OF_A_REPOSITORY.includes(name));
    return { ...Object.fromEntries(kept), LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" };
}
