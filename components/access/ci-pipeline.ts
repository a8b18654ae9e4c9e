/** What one forge vouches for in the tokens of its runs (OpenID Connect). */
export interface Pipeline {
    readonly forge: "github" | "gitlab";
    /** Without `https://`. */
    readonly issuer: string;
    /** Runs that only look: of pull requests, and of the branch. */
    readonly preview: PipelineRun;
    /** Runs that deploy this environment. */
    readonly deploy: PipelineRun;
}

export interface PipelineRun {
    /** Whole values of the claim `sub`, one of which a token must have. */
    readonly subjects: readonly string[];
    /** Further claims, each of which it must have. AWS asks for none but `sub` and `aud`. */
    readonly claims: Readonly<Record<string, string>>;
}

interface PipelineSource {
    readonly branch: string;
    /** The environment of the forge that deploys. */
    readonly environment: string;
}

/** @see GitHub, "OpenID Connect reference": example subject claims */
export function githubPipeline(source: PipelineSource & { readonly repository: string }): Pipeline {
    const { repository, branch, environment } = source;
    const subject = `repo:${repository}`;
    return {
        forge: "github",
        issuer: "token.actions.githubusercontent.com",
        preview: {
            subjects: [`${subject}:pull_request`, `${subject}:ref:refs/heads/${branch}`],
            claims: { repository },
        },
        deploy: {
            subjects: [`${subject}:environment:${environment}`],
            claims: { repository, ref: `refs/heads/${branch}`, environment },
        },
    };
}

/**
 * GitLab's subject names the branch of a run and not its environment, so that AWS and Google Cloud let every run of the
 * protected branch deploy; Vault asks for the environment as well. Runs of merge requests are on branches of any name,
 * for which there is no exact subject: none of them looks.
 *
 * @see GitLab, "ID token authentication": token payload
 */
export function gitlabPipeline(source: PipelineSource & { readonly project: string }): Pipeline {
    const { project, branch, environment } = source;
    const subjects = [`project_path:${project}:ref_type:branch:ref:${branch}`];
    const claims = { project_path: project, ref_type: "branch", ref: branch, ref_protected: "true" };
    return {
        forge: "gitlab",
        issuer: "gitlab.com",
        preview: { subjects, claims },
        deploy: { subjects, claims: { ...claims, environment } },
    };
}

/** `strongroom-prod-ci-preview`, `strongroom-prod-ci-deploy`: in every system. */
export const CI_NAMES = { preview: "ci-preview", deploy: "ci-deploy" } as const;

export const deployRoleArn = (accountId: string, name: string): string =>
    `arn:aws:iam::${accountId}:role/${name}-${CI_NAMES.deploy}`;
