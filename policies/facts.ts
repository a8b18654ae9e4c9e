import { formatProblems, Problems, type Problem } from "../components/domain/problems";

/**
 * What the rules know about the stack, all of it from `Pulumi.<stack>.yaml`: an environment is data. A cloud that
 * the environment does not use is absent, and a resource on it is then a violation.
 */
export interface Facts {
    readonly environment: string;
    /** All environments, so that another one's name is recognised, also where it begins like this one's. */
    readonly environments: readonly string[];
    /** Platforms of this environment, and the parts that all of them share. */
    readonly platforms: readonly string[];
    readonly aws?: { readonly accountId: string; readonly regions: readonly string[] };
    readonly gcp?: { readonly project: string; readonly projectNumber?: string };
    readonly clusters: readonly Cluster[];
    /** ARNs of roles that read documents although no grant names them: the deployer's, and those of the configuration. */
    readonly expectedReaders?: readonly string[];
    readonly vault?: { readonly address: string; readonly mount: string; readonly namespace?: string };
}

export interface Cluster {
    /** As kubeconfig names it. */
    readonly context: string;
    /** Issuer of its service account tokens, without `https://`; absent where no cloud trusts them. */
    readonly oidcIssuer?: string;
}

/** Own resources of the project that belong to no single platform, such as keys and the API server's documents. */
export const SHARED_PLATFORMS = ["strongroom", "control-plane"] as const;

type Reading =
    | { readonly facts: Facts; readonly mistakes?: never }
    | { readonly facts?: never; readonly mistakes: string };

/**
 * @param get the value of a key of the namespace `strongroom`, objects as JSON, as Pulumi hands configuration over.
 * @param others mistakes elsewhere in the policies' part of the configuration, to be told together with these.
 * @returns the facts, or one text that names every mistake.
 */
export function readFacts(
    get: (key: string) => string | undefined,
    others: readonly Problem[] = [],
): Reading {
    const problems = new Problems();
    const object = (key: string): Record<string, unknown> | undefined => {
        const value = parse(get(key));
        if (value === undefined) return undefined;
        if (typeof value === "object" && value !== null && !Array.isArray(value)) {
            return value as Record<string, unknown>;
        }
        problems.add(place(key), "must be an object", `Write '${place(key)}:' with its fields below it`);
        return undefined;
    };
    const field = (of: string, from: Record<string, unknown>, key: string): string => {
        const value = from[key];
        if (typeof value === "string" && value !== "") return value;
        // Account ids are digits, and YAML reads bare digits as a number.
        if (typeof value === "number") return String(value);
        problems.add(`${place(of)}.${key}`, "is missing", `Set ${place(of)}.${key} in the stack's file`);
        return "";
    };

    const environment = get("environment") ?? "";
    if (environment === "") problems.add(place("environment"), "is missing", "Set it to the stack's name");
    const environments = strings(parse(get("environments")));
    if (!environments.includes(environment)) {
        problems.add(
            place("environments"),
            "must list all environments, this one too",
            "Set it in Pulumi.yaml, as [dev, prod]",
        );
    }
    const platforms = object("platforms");
    if (platforms === undefined) {
        problems.add(place("platforms"), "is missing", "Name the platforms that the environment runs");
    }

    const aws = object("aws");
    const gcp = object("gcp");
    const vault = object("vault");
    const expectedReaders = [
        ...[aws?.["deployerRoleArn"]].filter((arn) => typeof arn === "string"),
        ...strings(object("alerts")?.["expected"]),
    ];
    const facts: Facts = {
        environment,
        environments,
        platforms: [...Object.keys(platforms ?? {}), ...SHARED_PLATFORMS],
        ...(aws && { aws: { accountId: field("aws", aws, "accountId"), regions: regionsOf(aws) } }),
        ...(gcp && { gcp: { project: field("gcp", gcp, "project"), ...optional(gcp, "projectNumber") } }),
        clusters: Object.entries(object("clusters") ?? {}).map(([name, cluster]) => {
            const of = typeof cluster === "object" && cluster !== null ? { ...cluster } : {};
            return { context: field(`clusters.${name}`, of, "context"), ...optional(of, "oidcIssuer") };
        }),
        ...(expectedReaders.length > 0 && { expectedReaders }),
        ...(vault && {
            vault: {
                address: field("vault", vault, "address"),
                mount: field("vault", vault, "mount"),
                ...(typeof vault["namespace"] === "string" && { namespace: vault["namespace"] }),
            },
        }),
    };
    problems.addAll(others);
    return problems.empty
        ? { facts }
        : { mistakes: formatProblems("What the policies need of the stack's configuration", problems.all) };
}

function place(key: string): string {
    return `strongroom:${key}`;
}

function parse(text: string | undefined): unknown {
    if (text === undefined) return undefined;
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return text;
    }
}

function strings(value: unknown): string[] {
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** A field that may be absent; digits may have been read as a number. */
function optional<K extends string>(from: Record<string, unknown>, key: K): { readonly [key in K]?: string } {
    const value = from[key];
    if (typeof value !== "string" && typeof value !== "number") return {};
    return { [key]: String(value) } as { readonly [key in K]: string };
}

function regionsOf(aws: Record<string, unknown>): string[] {
    return [aws["region"], aws["replicaRegion"]].filter((region) => typeof region === "string");
}
