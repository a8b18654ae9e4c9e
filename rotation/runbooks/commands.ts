import { workloadName } from "./readers";
import type { Place, Subject } from "./subject";

/**
 * The commands of the pages. Stacks, names and paths are written out, so that a line can be copied as it is; what only
 * the reader knows is a variable that stops the command while it is not set.
 */
export const INCIDENT = '"${INCIDENT:?}"';
export const TICKET = '"${TICKET:?}"';
export const TODAY = '"$(date -u +%F)"';

export const rotate = (command: string): string => `npm run rotate -- ${command}`;

/** A change of the ledger on a branch of its own, and the text for its pull request. */
export function proposed(
    change: readonly string[],
    { stack }: Pick<Place, "stack">,
    reference: string,
    { adding = [] }: { readonly adding?: readonly string[] } = {},
): string[] {
    const unquoted = reference.slice(1, -1);
    return [
        `git switch --create "${unquoted}-${stack.stack}"`,
        ...change,
        `git add ${["ledger", ...adding].join(" ")}`,
        `git commit --message "${unquoted}: rotate in ${stack.stack}"`,
        "git push --set-upstream origin HEAD",
    ];
}

export const deploy = ({ stack: { stack } }: Pick<Place, "stack">): string[] => [
    `npm run preview -- --stack ${stack}`,
    `pulumi up --stack ${stack} --policy-pack policies --policy-pack-config policies/config.${stack}.json`,
];

/** Asks the operator to read the store now; nothing where the deployment has written the Secrets itself. */
export function refresh({ readers }: Subject, { kubectl, stack }: Place, platform: string): string[] {
    if (readers.length === 0 || stack.config.platforms[platform]?.secrets === "kubernetes") return [];
    const names = readers.map(({ name }) => name).join(" ");
    return [`${kubectl} annotate externalsecret ${names} force-sync="$(date +%s)" --overwrite`];
}

/** Shows the stamp of each reader's Secret; of the values only their lengths. */
export function stamps({ readers }: Subject, { kubectl }: Place): string[] {
    if (readers.length === 0) return [];
    const secrets = [...new Set(readers.map(({ consumer }) => consumer.secretName))];
    return [`${kubectl} describe secret ${secrets.join(" ")}`];
}

/** Restarts the readers and waits for them. A job that begins by the clock takes the value when it next begins. */
export function restart({ readers }: Subject, { kubectl }: Place): string[] {
    const workloads = readers
        .filter(({ consumer }) => !consumer.workload.startsWith("CronJob/"))
        .map(({ consumer }) => workloadName(consumer));
    if (workloads.length === 0) return [];
    return [
        `${kubectl} rollout restart ${workloads.join(" ")}`,
        ...workloads.map((workload) => `${kubectl} rollout status ${workload} --timeout=10m`),
    ];
}

export const verify = ({ stack: { stack } }: Pick<Place, "stack">): string[] => [
    rotate(`status --stack ${stack}`),
    rotate(`verify --stack ${stack}`),
];

/** The value is asked for without being shown, and is encrypted in the file before it is written. */
export const setValue = (id: string, { stack: { stack } }: Place): string =>
    `pulumi config set --stack ${stack} --secret --path 'strongroom:values["${id}"]'`;
