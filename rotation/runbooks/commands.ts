import { serverOf } from "./also-set";
import { workloadName } from "./readers";
import type { Place, Subject } from "./subject";

/**
 * The commands of the pages. Stacks, names and paths are written out, so that a line can be copied as it is; what only
 * the reader knows is a variable that stops the command while it is not set.
 */
export const INCIDENT = '"${INCIDENT:?}"';
export const TICKET = '"${TICKET:?}"';
const TODAY = '"$(date -u +%F)"';

export const rotate = (command: string): string => `npm run rotate -- ${command}`;

export interface Proposal {
    /** What the branch is called after the reference: each change has one of its own. */
    readonly branch: string;
    readonly message: string;
    /** @default ["ledger"] */
    readonly files?: readonly string[];
    /** It may end with 2, since something is held back, and what is not is proposed all the same. */
    readonly mayBeHeld?: boolean;
}

/** A change on a branch of its own, which begins where the main one is now. */
export function proposed(
    change: readonly string[],
    reference: string,
    { branch, message, files = ["ledger"], mayBeHeld = false }: Proposal,
): string[] {
    const unquoted = reference.slice(1, -1);
    const begin = [
        "git fetch origin",
        `git switch --no-track --create "${unquoted}-${branch}" origin/HEAD`,
        ...change,
    ];
    const propose = [
        // The tests of the pull request hold the renderings to the ledgers.
        "npm run golden",
        `git add ${[...files, "test/golden"].join(" ")}`,
        `git commit --message "${unquoted}: ${message}"`,
        "git push --set-upstream origin HEAD",
    ];
    return mayBeHeld ? [...chained(begin), ...chained(propose)] : chained([...begin, ...propose]);
}

/** A block that is pasted stops at the command that fails, so that nothing half-done is pushed. */
function chained(commands: readonly string[]): string[] {
    const last = commands.length - 1;
    return commands.map((command, at) => (at === last || command.endsWith("&&") ? command : `${command} &&`));
}

/** A step of one field. */
export function proposedStep(
    command: string,
    id: string,
    stack: string,
    reference: string,
    rest = "",
): string[] {
    const branch = `${stack}-${id.replace("/", "-")}-${command}`;
    const change = rotate(`${command} ${id} --stack ${stack}${rest} --ref ${reference}`);
    return proposed([change], reference, { branch, message: `${command} ${id} in ${stack}` });
}

/** Every step whose day has come. */
export const proposedDue = (stack: string, reference: string, why: string): string[] =>
    proposed([rotate(`due --stack ${stack}`)], reference, {
        branch: `${stack}-${why}`,
        message: `what is due in ${stack}`,
    });

/** What was merged, and nothing else that lies around. */
export const deploy = ({ stack: { stack } }: Pick<Place, "stack">): string[] => [
    "git fetch origin",
    "git switch --detach origin/HEAD",
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
export function restart({ readers, field }: Subject, { kubectl }: Place): string[] {
    const server = serverOf(field);
    const workloads = readers
        .filter(({ name, consumer }) => name !== server && !consumer.workload.startsWith("CronJob/"))
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
const setValue = (id: string, stack: string): string =>
    `pulumi config set --stack ${stack} --secret --path 'strongroom:values["${id}"]'`;

/** A value that somebody else issued: set, and its day recorded where the ledger knows the field. */
export function proposedValue(
    { id }: Subject,
    { stack: { stack }, rotating, isOutOfBand }: Place,
    reference: string,
    reason: string | undefined,
): string[] {
    const why = reason === undefined ? "" : ` --reason ${reason}`;
    const record =
        rotating === undefined
            ? []
            : [rotate(`external ${id} --stack ${stack} --set-on ${TODAY}${why} --ref ${reference}`)];
    const change = [...(isOutOfBand ? [] : [setValue(id, stack)]), ...record];
    if (change.length === 0) return [];
    const files = [
        ...(rotating === undefined ? [] : ["ledger"]),
        ...(isOutOfBand ? [] : [`Pulumi.${stack}.yaml`]),
    ];
    const branch = `${stack}-${id.replace("/", "-")}-external`;
    return proposed(change, reference, { branch, message: `another ${id} in ${stack}`, files });
}
