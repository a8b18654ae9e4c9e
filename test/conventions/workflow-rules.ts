import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { parse } from "yaml";

/** Text by path from the root: workflows, the scripts that they call, package.json. */
export type Sources = Readonly<Record<string, string>>;
/** What is wrong, by file and job; nothing when all is well. */
export type Rule = (sources: Sources) => string[];

export interface Step {
    readonly if?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, string>>;
}
export interface GithubJob {
    readonly if?: string;
    readonly needs?: string | readonly string[];
    readonly environment?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly "timeout-minutes"?: number;
    readonly steps: readonly Step[];
}
export interface Workflow {
    readonly on: {
        readonly schedule?: readonly { readonly cron: string }[];
        readonly [event: string]: unknown;
    };
    readonly permissions?: unknown;
    readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
    readonly jobs: Readonly<Record<string, GithubJob>>;
}
export interface GitlabJob {
    readonly extends?: string;
    readonly script?: readonly string[];
    readonly after_script?: readonly string[];
    readonly resource_group?: string;
    readonly environment?: { readonly name: string };
    readonly variables?: Readonly<Record<string, string>>;
    readonly rules?: readonly { readonly if?: string; readonly when?: string }[];
}

/** What a job of either forge runs, with the scripts that it calls in the place of the calls. */
export interface Commands {
    readonly at: string;
    /** As they are written in the workflow. */
    readonly written: readonly string[];
    readonly all: string;
    readonly environment: string | undefined;
}

const UP = ".ci/deploy/up";
export const GITLAB = ".gitlab-ci.yml";
/** Commands whose own tests hold them to what is called here. */
const BUILT_APART = ["rotate", "review"];
const NO_JOB = new Set(["stages", "workflow", "variables", "default"]);

export function workflowsOf(sources: Sources): [path: string, workflow: Workflow][] {
    return Object.keys(sources)
        .filter((file) => file.startsWith(".github/workflows/"))
        .map((file) => [file, parse(sources[file] ?? "") as Workflow]);
}

export const jobsOf = (sources: Sources): [at: string, job: GithubJob][] =>
    workflowsOf(sources).flatMap(([file, { jobs }]) =>
        Object.entries(jobs).map(([name, job]): [string, GithubJob] => [`${file}: ${name}`, job]),
    );

export function gitlabJobs(sources: Sources): [at: string, job: GitlabJob][] {
    const all = parse(sources[GITLAB] ?? "") as Record<string, GitlabJob>;
    const resolved = (job: GitlabJob): GitlabJob => {
        const base = job.extends === undefined ? undefined : all[job.extends];
        return base === undefined ? job : { ...resolved(base), ...job };
    };
    return Object.entries(all)
        .filter(([name]) => !NO_JOB.has(name) && !name.startsWith("."))
        .map(([name, job]) => [`${GITLAB}: ${name}`, resolved(job)]);
}

export function commandsOf(sources: Sources): Commands[] {
    const expanded = (text: string, here = ""): string =>
        text.replace(/^.*?(\.ci|\$here)\/([\w./-]+).*$/gm, (line, from: string, name: string) => {
            const script = path.posix.join(from === ".ci" ? from : here, name);
            const code = sources[script] ?? `no script ${script}`;
            return `${line}\n${expanded(code.replace(/^\s*#.*$/gm, ""), path.posix.dirname(script))}`;
        });
    const github = jobsOf(sources).map(([at, job]) => ({
        at,
        written: job.steps.flatMap(({ run }) => (run === undefined ? [] : [run])),
        environment: job.environment,
    }));
    const gitlab = gitlabJobs(sources).map(([at, { script = [], after_script = [], environment }]) => ({
        at,
        written: [...script, ...after_script],
        environment: environment?.name,
    }));
    return [...github, ...gitlab].map((each) => ({ ...each, all: expanded(each.written.join("\n")) }));
}

/** Every command of `npm run` that is called: its name and what follows on the line. */
export function npmCalls(sources: Sources): { at: string; name: string; rest: string; silent: boolean }[] {
    return commandsOf(sources).flatMap(({ at, all }) =>
        [...all.matchAll(/npm run (--silent )?([\w:-]+)(.*)$/gm)].map(([, silent, name = "", rest = ""]) => ({
            at,
            name,
            rest,
            silent: silent !== undefined,
        })),
    );
}

/** The one thing that a job writes, besides asking for an identity; none of these runs what a pull request brings. */
const MAY_WRITE: Readonly<Record<string, string>> = {
    ".github/workflows/check.yml: alerts": "security-events",
    ".github/workflows/drift.yml: tell": "issues",
    ".github/workflows/review-comment.yml: comment": "pull-requests",
};

export const deploys = ({ all }: Commands): boolean => all.includes("pulumi up");

export const RULES = {
    "pins each action to a commit, with its version beside it": (sources) =>
        workflowsOf(sources).flatMap(([file]) =>
            (sources[file] ?? "")
                .split("\n")
                .filter((line) => /\buses:/.test(line))
                .filter((line) => !/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))
                .map((line) => `${file}: ${line.trim()}`),
        ),
    "gives nothing to a workflow, and to a job what it names, writing next to nothing": (sources) => [
        ...workflowsOf(sources)
            .filter(([, { permissions }]) => JSON.stringify(permissions) !== "{}")
            .map(([file]) => `${file}: it gives permissions to every job`),
        ...jobsOf(sources)
            .filter(([, { permissions }]) => permissions === undefined)
            .map(([at]) => `${at}: it has no permissions`),
        ...jobsOf(sources).flatMap(([at, { permissions = {} }]) =>
            Object.entries(permissions)
                .filter(([name, access]) => access !== "read" && ![MAY_WRITE[at], "id-token"].includes(name))
                .map(([name]) => `${at}: it may write ${name}`),
        ),
    ],
    "ends each job in time": (sources) =>
        jobsOf(sources)
            .filter(([, job]) => job["timeout-minutes"] === undefined)
            .map(([at]) => `${at}: it has no timeout`),
    "leaves no token of the run in the checkout": (sources) =>
        jobsOf(sources).flatMap(([at, { steps }]) =>
            steps
                .filter(({ uses = "" }) => uses.startsWith("actions/checkout@"))
                .filter((step) => step.with?.["persist-credentials"] !== false)
                .map(() => `${at}: the token stays in the checkout`),
        ),
    "puts no expression into a shell": (sources) =>
        commandsOf(sources)
            .filter(({ written }) => written.some((run) => run.includes("${{")))
            .map(({ at }) => `${at}: an expression is part of the shell's text`),
    "logs nothing that holds values": (sources) =>
        commandsOf(sources).flatMap(({ at, all }) =>
            [
                /pulumi (?:up|preview|refresh|stack)\b[^\n]*(?:\n\s+--[^\n]*)*?\s(--json|-v\S*|--verbose\S*|--logtostderr|--logflow|--debug|-d|--diff|--show-secrets|--skip-preview|-f)\b/,
                /\bset -\w*(x)/,
                /\becho [^\n]*(TOKEN|WEBHOOK|PASSPHRASE|KUBECONFIG)[^\n]*$(?<!password=.*)/m,
            ].flatMap((pattern) => {
                const found = pattern.exec(all);
                return found === null ? [] : [`${at}: ${found[1] ?? ""}`];
            }),
        ),
    "runs on the first of the month at 00:00 UTC, and goes on each day": (sources) => {
        const crons = workflowsOf(sources)
            .filter(([file]) => file.endsWith("/rotate.yml"))
            .flatMap(([, { on }]) => (on.schedule ?? []).map(({ cron }) => cron));
        const told = [...(sources[GITLAB] ?? "").matchAll(/^#\s{3}(0 0 \S+ \* \*)\s/gm)].map(
            (match) => match[1],
        );
        const wanted = JSON.stringify(["0 0 1 * *", "0 0 2-31 * *"]);
        return [crons, told]
            .filter((each) => JSON.stringify(each) !== wanted)
            .map((each) => JSON.stringify(each));
    },
    "calls only scripts that there are": (sources) => {
        const { scripts } = JSON.parse(sources["package.json"] ?? "{}") as {
            scripts: Record<string, string>;
        };
        return npmCalls(sources)
            .filter(({ name }) => !BUILT_APART.includes(name) && scripts[name] === undefined)
            .map(({ at, name }) => `${at}: npm run ${name}`);
    },
    "keeps what npm itself says out of what is written to a file": (sources) =>
        npmCalls(sources)
            .filter(({ rest, silent }) => !silent && / >(?!&)/.test(rest))
            .map(({ at, name }) => `${at}: npm run ${name}`),
    "checks, deploys, verifies and tells, in this order": (sources) => {
        const wanted = [
            "npm run rotate -- check",
            "pulumi preview",
            "pulumi up",
            "npm run rotate -- verify",
            "rotate -- notice",
        ];
        const deploying = commandsOf(sources).filter(deploys);
        const wrong = deploying.filter(({ all }) => {
            const places = wanted.map((command) => all.indexOf(command));
            return places.some((place, at) => place < 0 || place <= (places[at - 1] ?? -1));
        });
        return [
            ...wrong.map(({ at }) => at),
            ...(deploying.length === 6 ? [] : ["not every environment is deployed"]),
        ];
    },
    "deploys an environment only as that environment, one run at a time": (sources) => [
        ...jobsOf(sources)
            .filter(([, { steps }]) => steps.some(({ run }) => run === UP))
            .filter(([, { environment, env }]) => {
                const stack = env?.STACK ?? "none";
                const output = `needs.changes.outputs.${stack} == 'changes'`;
                return environment !== `\${{ ${output} && '${stack}-changes' || '${stack}' }}`;
            })
            .map(([at]) => `${at}: it has no environment of its stack`),
        ...workflowsOf(sources)
            .filter(([, { jobs }]) => JSON.stringify(jobs).includes(UP))
            .filter(([, { concurrency }]) => concurrency?.["cancel-in-progress"] !== false)
            .map(([file]) => `${file}: two runs may deploy at once, or one ends another`),
        ...gitlabJobs(sources)
            .filter(([, { script = [] }]) => script.includes(UP))
            .filter(([, { resource_group: group, environment, variables }]) => {
                const { STACK: stack = "none", KIND: kind } = variables ?? {};
                const wanted = kind === "changes" ? `${stack}-changes` : stack;
                return group !== stack || environment?.name !== wanted;
            })
            .map(([at]) => `${at}: two runs may deploy at once, or as another environment`),
    ],
    "runs nothing of the project where a token can push": (sources) => {
        const pushing = commandsOf(sources).filter(({ all }) => /git .*push|\n\s+push /.test(all));
        return [
            ...pushing.filter(({ all }) => /\b(npm|node|npx) /.test(all)).map(({ at }) => at),
            ...(pushing.length === 2 ? [] : ["not every forge opens a pull request"]),
        ];
    },
    "is text that bash can read": (sources) => {
        const scripts = Object.entries(sources).filter(([file]) => file.startsWith(".ci/"));
        const runs = commandsOf(sources).flatMap(({ at, written }) =>
            written.map((run) => [at, run] as const),
        );
        return [...scripts, ...runs].flatMap(([at, text]) => {
            const { status, stderr } = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });
            return status === 0 ? [] : [`${at}: ${stderr}`];
        });
    },
    "stops a script at its first mistake": (sources) =>
        Object.entries(sources)
            .filter(([file, text]) => file.startsWith(".ci/") && text.startsWith("#!"))
            .filter(([, text]) => !text.includes("\nset -euo pipefail\n"))
            .map(([file]) => file),
    "deploys with the engine that the program is written for": (sources) => {
        const { dependencies } = JSON.parse(sources["package.json"] ?? "{}") as {
            dependencies: Record<string, string>;
        };
        const wanted = dependencies["@pulumi/pulumi"] ?? "";
        const named = Object.entries(sources).flatMap(([file, text]) =>
            [...text.matchAll(/(?:pulumi-version: |pulumi\/pulumi:)([\d.]+)/g)].map((match) => [
                file,
                match[1],
            ]),
        );
        return [
            ...named.filter(([, version]) => version !== wanted).map(([file = ""]) => file),
            ...(named.length === 3 ? [] : ["not every workflow that deploys or looks names a version"]),
        ];
    },
} as const satisfies Record<string, Rule>;
