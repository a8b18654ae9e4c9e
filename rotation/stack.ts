import path from "node:path";
import type { Catalogue } from "../components/domain/catalogue";
import { Problems } from "../components/domain/problems";
import type { Problem } from "../components/domain/problems";
import type { LedgerField } from "../components/domain/rotation/ledger";
import type { Ledger } from "../components/domain/rotation/stages";
import { configProblems } from "../stacks/config/check";
import { readStackConfig } from "../stacks/config/load";
import type { StackConfig } from "../stacks/config/schema";
import { readStackLedger } from "../stacks/config/stack-ledger";

/** One stack as rotation sees it: no program runs, and no value is needed. */
export interface RotatingStack {
    readonly stack: string;
    readonly environment: string;
    readonly config: StackConfig;
    /** The fields that have, or may have, an entry in the ledger, by id. */
    readonly fields: ReadonlyMap<string, LedgerField>;
    readonly ledger: Ledger;
    /** The ledger's path from the root of the project: `ledger/prod.yaml`. */
    readonly place: string;
    /** Where that is; absolute. */
    readonly file: string;
}

/** The configuration of a stack as its files have it. */
export interface StackSource {
    readonly stack: string;
    /** By `strongroom:name`; objects and lists as JSON. */
    readonly values: Readonly<Record<string, string>>;
    readonly secretKeys: readonly string[];
}

const NAMESPACE = "strongroom:";

/**
 * Reads a stack for rotation.
 *
 * @param root the folder of Pulumi.yaml.
 * @returns the stack unless something is wrong with it, and all that is.
 */
export function readRotatingStack(
    root: string,
    { stack, values, secretKeys }: StackSource,
    catalogue: Catalogue,
): { readonly stack: RotatingStack | undefined; readonly problems: readonly Problem[] } {
    const problems = new Problems();
    const own = Object.entries(values).filter(([key]) => key.startsWith(NAMESPACE));
    const raw = Object.fromEntries(own.map(([key, value]) => [key.slice(NAMESPACE.length), value]));
    const encrypted = new Set(secretKeys.map((key) => key.slice(NAMESPACE.length)));
    const { config, isComplete, problems: shape } = readStackConfig(raw, encrypted);
    problems.addAll(shape);
    if (config !== undefined) problems.addAll(configProblems(stack, config, catalogue));
    const { ledger, fields, problems: wrong } = readStackLedger(root, raw, catalogue);
    problems.addAll(wrong);
    if (config === undefined || !isComplete || !problems.empty)
        return { stack: undefined, problems: problems.all };
    const { environment, ledger: place } = config;
    const file = path.join(root, place);
    return { stack: { stack, environment, config, fields, ledger, place, file }, problems: [] };
}
