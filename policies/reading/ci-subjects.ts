import type { Facts } from "../facts";

/** Issuers of the tokens of pipelines, without `https://`; a self-hosted one is a setting of the rules that ask. */
export const CI_ISSUERS = ["token.actions.githubusercontent.com", "gitlab.com"] as const;

/** For a violation text. */
export const CI_SUBJECTS =
    "'repo:<org>/<name>:environment:<environment>', 'repo:<org>/<name>:ref:refs/heads/<branch>' or " +
    "'project_path:<group>/<project>:ref_type:branch:ref:<branch>'";

const NAME = "[^:/*?\\s]+";
const GITHUB = new RegExp(`^repo:${NAME}/${NAME}:(?:environment:([^:*?]+)|ref:refs/heads/[^:*?]+)$`);
const GITLAB = new RegExp(`^project_path:${NAME}(?:/${NAME})+:ref_type:branch:ref:[^:*?]+$`);

/**
 * Whether a token's subject stands for one repository with one branch or one environment of it; an environment named
 * like another one of ours, or beginning so, does not: its jobs would deploy here.
 *
 * @see GitHub, "OpenID Connect reference", example subject claims; GitLab, "ID token authentication", token payload
 */
export function isExactCiSubject(subject: string, facts: Facts): boolean {
    const github = GITHUB.exec(subject);
    if (github !== null) return github[1] === undefined || !isOfAnotherEnvironment(github[1], facts);
    return GITLAB.test(subject);
}

/**
 * Whether a subject stands for the pull requests of one repository: they run code that nobody has reviewed, so that only
 * what can read no value may be theirs.
 */
export function isPullRequest(subject: string): boolean {
    return new RegExp(`^repo:${NAME}/${NAME}:pull_request$`).test(subject);
}

/** Who only looks, on behalf of pull requests too: what its names end in, behind platform and environment. */
export const PREVIEWS = {
    type: "array",
    items: { type: "string" },
    default: ["ci-preview"],
    description:
        "Names of who only looks and may stand for pull requests, whole or without platform and environment.",
} as const;

/** The longest of our environments that a name is or begins with decides: `prod-eu-deploy` is none of `prod`. */
function isOfAnotherEnvironment(name: string, { environment, environments }: Facts): boolean {
    const owners = environments.filter((one) => name === one || name.startsWith(`${one}-`));
    const owner = owners.sort((a, b) => b.length - a.length)[0];
    return owner !== undefined && owner !== environment;
}
