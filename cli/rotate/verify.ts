import { setTimeout as sleep } from "node:timers/promises";
import { Duration } from "../../components/domain/duration";
import { Problems, suggest } from "../../components/domain/problems";
import { UserError } from "../../preview/errors";
import { styleOf } from "../../preview/report/style";
import { verifyStack } from "../../rotation/verify";
import type { Verification } from "../../rotation/verify";
import type { RotatingStack } from "../../rotation/stack";
import { catalogue } from "../../stacks/catalogue";
import { ExitCode } from "../exit-code";
import { terminalOf } from "../terminal";
import { loadRotation } from "./load";
import { verifyReport } from "./verify-report";

export interface VerifyOptions {
    /** The stacks to verify; all, when empty. */
    readonly stack: readonly string[];
    /** `<cluster>=<context>`, or a context for a stack with one cluster. */
    readonly kubectlContext?: readonly string[];
    /** Prints the evidence of one stack, which `due --verified` takes. */
    readonly json?: boolean;
    /** Leaves pods out: the answer to when a rollout may begin. */
    readonly synced?: boolean;
    /** Reads again until nobody is behind, for as long as this: `5 minutes`. */
    readonly wait?: string;
}

const AGAIN_MS = 5000;

/**
 * Proves by the clusters that each consumer runs what the ledger says.
 *
 * @returns clean when all do, violated when somebody is behind, wrong when something could not be read.
 * @throws {UserError} for a mistake in the call, and for a cluster of `--json` that can't be read.
 */
export async function verify(options: VerifyOptions): Promise<ExitCode> {
    const { json = false, synced = false } = options;
    const { chosen } = await loadRotation(options.stack);
    const contexts = contextsOf(options, chosen);
    const until = Date.now() + waitMs(options);
    const now = (): string => new Date().toISOString();
    const read = (): Promise<readonly Verification[]> =>
        Promise.all(
            chosen.map((stack) => verifyStack({ stack, contexts, syncedOnly: synced, now }, catalogue)),
        );
    let found = await read();
    while (exitCodeOf(found) === ExitCode.violated && Date.now() + AGAIN_MS <= until) {
        await sleep(AGAIN_MS);
        found = await read();
    }
    if (json) {
        process.stdout.write(`${JSON.stringify(found[0]?.evidence, null, 2)}\n`);
    } else {
        const style = styleOf(terminalOf());
        process.stdout.write(verifyReport(chosen, found, style));
    }
    const problems = found.flatMap((each) => each.problems);
    if (problems.length > 0) throw new UserError("What was verified", problems);
    return exitCodeOf(found);
}

/** What could not be read comes first: waiting does not mend it. */
export function exitCodeOf(found: readonly Verification[]): ExitCode {
    const statuses = new Set(found.flatMap(({ verdicts }) => verdicts.map(({ status }) => status)));
    if (statuses.has("unknown")) return ExitCode.wrong;
    return statuses.has("behind") ? ExitCode.violated : ExitCode.clean;
}

function waitMs({ wait }: VerifyOptions): number {
    if (wait === undefined) return 0;
    if (Duration.isValid(wait)) return Duration.parse(wait).minutes * 60_000;
    const message = `'${wait}' is not a duration`;
    throw new UserError("The call", [{ place: "--wait", message, fix: "Write it like '5 minutes'" }]);
}

/** The contexts that were named, by cluster. */
function contextsOf(
    { kubectlContext = [], json = false }: VerifyOptions,
    chosen: readonly RotatingStack[],
): Readonly<Record<string, string>> {
    const problems = new Problems();
    if (json && chosen.length > 1) {
        problems.add("--json", "it is the evidence of one stack", "Name it: --stack <name>");
    }
    const clusters = new Set(chosen.flatMap(({ config }) => Object.keys(config.clusters)));
    const named: Record<string, string> = {};
    for (const text of kubectlContext) {
        // A context may have '=' in it, and the name of a cluster may not.
        const at = text.indexOf("=");
        const cluster = at < 0 ? undefined : text.slice(0, at);
        if (cluster !== undefined && clusters.has(cluster)) {
            named[cluster] = text.slice(at + 1);
        } else if (clusters.size === 1) {
            for (const only of clusters) named[only] = text;
        } else if (cluster === undefined) {
            const fix = `Write it as ${[...clusters].map((each) => `'${each}=${text}'`).join(" or ")}`;
            problems.add("--kubectl-context", `'${text}' could be the context of several clusters`, fix);
        } else {
            problems.add("--kubectl-context", `there is no cluster '${cluster}'`, suggest(cluster, clusters));
        }
    }
    if (!problems.empty) throw new UserError("The call", problems.all);
    return named;
}
