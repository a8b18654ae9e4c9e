import { commandsOf, deploys, gitlabJobs, jobsOf, workflowsOf } from "./workflow-rules";
import type { GithubJob, Rule, Sources } from "./workflow-rules";

/** What pull requests of strangers could reach, and what a night's look must not do. */

export const HOOKS = ".pre-commit-config.yaml";

/** Workflows that run what a pull request brings. */
const ofPullRequests = (sources: Sources): string[] =>
    workflowsOf(sources)
        .filter(([, { on }]) => "pull_request" in on)
        .map(([file]) => file);

/** Workflows that begin when another ends, with rights that the other does not have. */
const following = (sources: Sources): [file: string, jobs: readonly GithubJob[]][] =>
    workflowsOf(sources)
        .filter(([, { on }]) => "workflow_run" in on)
        .map(([file, { jobs }]) => [file, Object.values(jobs)]);

const writes = ({ permissions = {} }: GithubJob): boolean =>
    Object.entries(permissions).some(([name, access]) => access === "write" && name !== "id-token");

export const SAFETY_RULES = {
    "never runs a pull request with the rights of the project": (sources) => [
        ...Object.entries(sources)
            .filter(([file, text]) => file.startsWith(".github/") && text.includes("pull_request_target"))
            .map(([file]) => `${file}: pull_request_target`),
        ...following(sources).flatMap(([file, jobs]) =>
            jobs
                .flatMap(({ steps }) => steps)
                .filter(({ uses = "" }) => uses.startsWith("actions/checkout@"))
                .filter((step) => ["ref", "repository"].some((key) => step.with?.[key] !== undefined))
                .map(() => `${file}: it checks out something else than main`),
        ),
        ...(following(sources).length === 1 ? [] : ["nothing posts the reviews of forks"]),
    ],
    "gives no secret and no identity to what a pull request brings": (sources) => [
        ...ofPullRequests(sources)
            .filter((file) => /\bsecrets[.[]|github\.token|id-token|\benvironment:/.test(sources[file] ?? ""))
            .map((file) => `${file}: a secret, a token or an environment`),
        ...gitlabJobs(sources)
            .filter(([, { rules = [] }]) => rules.some((rule) => rule.if?.includes("merge_request_event")))
            .filter(
                ([, { rules = [], environment }]) =>
                    environment !== undefined &&
                    !rules.every((rule) =>
                        rule.if?.includes("$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID"),
                    ),
            )
            .map(([at]) => `${at}: forks reach an environment`),
    ],
    "lets who may write run nothing of the project's packages": (sources) => {
        const writing = new Set(
            jobsOf(sources)
                .filter(([, job]) => writes(job))
                .map(([at]) => at),
        );
        return [
            ...commandsOf(sources)
                .filter(({ at, environment }) => writing.has(at) || environment === "review")
                .filter(({ all }) => /\b(npm|npx|node) /.test(all))
                .map(({ at }) => at),
            ...(writing.size === 3 ? [] : [`${String(writing.size)} jobs may write`]),
        ];
    },
    "posts a review that ends badly as well": (sources) => [
        ...jobsOf(sources)
            .flatMap(([at, { steps }]) => steps.map((step) => ({ at, step })))
            .filter(({ step }) => step.with?.name === "review" && step.uses?.includes("/upload-artifact@"))
            .filter(({ step }) => step.if !== "always()")
            .map(({ at }) => `${at}: what is red is not kept`),
        ...gitlabJobs(sources)
            .filter(([, { environment }]) => environment?.name === "review")
            .filter(([, { rules = [] }]) => rules.some(({ when }) => when !== "always"))
            .map(([at]) => `${at}: what is red is not posted`),
        ...(commandsOf(sources).filter(({ all }) => all.includes("npm run --silent review -- ")).length === 2
            ? []
            : ["not every forge reviews"]),
    ],
    "looks for secrets in each commit of a branch": (sources) => {
        const calls = commandsOf(sources).filter(({ all }) =>
            all.includes("npm run secrets -- scan --since "),
        );
        return calls.length === 2 ? [] : calls.map(({ at }) => `only in ${at}`);
    },
    "pins each hook of a commit as well": (sources) =>
        [...(sources[HOOKS] ?? "").matchAll(/^\s*rev:.*$/gm)]
            .map(([line]) => line.trim())
            .filter((line) => !/^rev: [0-9a-f]{40} # frozen: v\d+\.\d+\.\d+$/.test(line)),
    "looks for drift in environments of its own, and changes nothing": (sources) => {
        const looking = commandsOf(sources).filter(({ all }) => all.includes("pulumi refresh"));
        return [
            ...looking.filter(({ environment = "" }) => !environment.endsWith("-drift")).map(({ at }) => at),
            ...looking
                .filter((each) => deploys(each) || !/pulumi refresh --preview-only /.test(each.all))
                .map(({ at }) => `${at}: it may change something`),
            ...looking
                .filter(({ all }) => /\b(npm|npx|node) ci\b/.test(all))
                .map(({ at }) => `${at}: packages`),
            ...(looking.length === 4 ? [] : ["not every environment is looked at"]),
        ];
    },
} as const satisfies Record<string, Rule>;
