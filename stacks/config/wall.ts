import { Problems } from "../../components/domain/problems";
import type { Problem } from "../../components/domain/problems";

/** The configuration of one stack, by key with namespace; texts as Pulumi hands them out. */
export interface StackValues {
    readonly stack: string;
    readonly values: Readonly<Record<string, string>>;
    /** What the stack's state and configuration are encrypted with, as its file says it. */
    readonly encryption?: StackEncryption;
}

export interface StackEncryption {
    /** `awskms://alias/strongroom-prod-state?region=us-east-1` */
    readonly provider?: string;
    /** Of a passphrase; two files with one salt have one key. */
    readonly salt?: string;
    /** The data key, encrypted by the provider. */
    readonly encryptedKey?: string;
}

/** What two environments must not share, and how it is called. */
const WALLS: readonly { readonly what: string; readonly of: (values: StackValues["values"]) => string[] }[] =
    [
        { what: "the AWS account", of: (values) => texts(objectAt(values, "aws")["accountId"]) },
        { what: "the GCP project", of: (values) => texts(objectAt(values, "gcp")["project"]) },
        { what: "the Vault server and mount", of: (values) => vaultMounts(objectAt(values, "vault")) },
        {
            what: "the cluster context",
            of: (values) =>
                Object.values(objectAt(values, "clusters")).flatMap((cluster) =>
                    texts(property(cluster, "context")),
                ),
        },
        { what: "the ledger", of: (values) => texts(values["strongroom:ledger"]) },
    ];

/** What opens the state: whoever has it for one environment then reads the values of both. */
const STATE_KEYS: readonly {
    readonly what: string;
    readonly of: (encryption: StackEncryption) => readonly string[];
    /** Said of it; a key's own text stays in its file. */
    readonly told: boolean;
}[] = [
    { what: "the key of the state", of: ({ provider }) => keysOfProvider(provider), told: true },
    { what: "the salt of the state's passphrase", of: ({ salt }) => texts(salt), told: false },
    { what: "the encrypted key of the state", of: ({ encryptedKey }) => texts(encryptedKey), told: false },
];

/**
 * What two environments share although a wall should stand between them. Parts of one environment (`prod.devplatform`)
 * share by design.
 */
export function wallProblems(stacks: readonly StackValues[]): readonly Problem[] {
    const problems = new Problems();
    for (const { what, of } of WALLS) refuseShared(stacks, ({ values }) => of(values), what, true, problems);
    for (const { what, of, told } of STATE_KEYS)
        refuseShared(stacks, ({ encryption }) => of(encryption ?? {}), what, told, problems);
    return problems.all;
}

function refuseShared(
    stacks: readonly StackValues[],
    of: (stack: StackValues) => readonly string[],
    what: string,
    told: boolean,
    problems: Problems,
): void {
    const owners = new Map<string, StackValues>();
    for (const stack of stacks) {
        for (const shared of of(stack)) {
            const owner = owners.get(shared);
            if (owner === undefined) owners.set(shared, stack);
            else if (environmentOf(owner) !== environmentOf(stack)) {
                const message = `${what}${told ? ` '${shared}'` : ""} is also the one of ${owner.stack}`;
                problems.add(`Pulumi.${stack.stack}.yaml`, message, "Give each environment its own");
            }
        }
    }
}

/**
 * The key without what only says how to reach it; a passphrase and Pulumi Cloud name none.
 *
 * @see Pulumi, "Secrets": the URLs of encryption providers
 */
function keysOfProvider(provider: string | undefined): readonly string[] {
    const [, scheme, key, query = ""] = /^([a-z]+):\/\/([^?]+)(?:\?(.*))?$/.exec(provider ?? "") ?? [];
    if (scheme === undefined || key === undefined) return [];
    const region = new URLSearchParams(query).get("region");
    // An alias is another key in each region; an id or ARN is the same key however it is reached.
    return [`${scheme}://${key}${key.startsWith("alias/") && region !== null ? ` in ${region}` : ""}`];
}

const environmentOf = ({ stack, values }: StackValues): string => values["strongroom:environment"] ?? stack;

/** An object of the configuration; empty when it is absent or no object, which the schema reports. */
function objectAt(values: StackValues["values"], key: string): Readonly<Record<string, unknown>> {
    try {
        const parsed: unknown = JSON.parse(values[`strongroom:${key}`] ?? "{}");
        return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : {};
    } catch {
        return {};
    }
}

function property(value: unknown, name: string): unknown {
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

const texts = (value: unknown): string[] => (typeof value === "string" ? [value] : []);

function vaultMounts({ address, namespace, mount }: Readonly<Record<string, unknown>>): string[] {
    if (typeof address !== "string" || typeof mount !== "string") return [];
    return [[address, ...texts(namespace), mount].join(" ")];
}
