import { Problems } from "../../components/domain/problems";
import type { Problem } from "../../components/domain/problems";

/** The configuration of one stack, by key with namespace; texts as Pulumi hands them out. */
export interface StackValues {
    readonly stack: string;
    readonly values: Readonly<Record<string, string>>;
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

/**
 * What two environments share although a wall should stand between them. Parts of one environment (`prod.devplatform`)
 * share by design.
 */
export function wallProblems(stacks: readonly StackValues[]): readonly Problem[] {
    const problems = new Problems();
    for (const { what, of } of WALLS) {
        const owners = new Map<string, StackValues>();
        for (const stack of stacks) {
            for (const shared of of(stack.values)) {
                const owner = owners.get(shared);
                if (owner === undefined) owners.set(shared, stack);
                else if (environmentOf(owner) !== environmentOf(stack)) {
                    const message = `${what} '${shared}' is also the one of ${owner.stack}`;
                    problems.add(`Pulumi.${stack.stack}.yaml`, message, "Give each environment its own");
                }
            }
        }
    }
    return problems.all;
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
