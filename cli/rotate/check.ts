import { formatProblems } from "../../components/domain/problems";
import { fieldFacts } from "../../rotation/describe";
import type { LedgerChange } from "../../rotation/leaps";
import { pullRequestText } from "../../rotation/pull-request";
import { catalogue } from "../../stacks/catalogue";
import { ExitCode } from "../exit-code";
import type { CommonOptions } from "./options";
import { ledgerChanges } from "./since";

export interface CheckOptions extends CommonOptions {
    readonly base: string;
    readonly json?: boolean;
}

/**
 * Judges the ledgers against those of the base branch: each field may take one step, and a step that the machine does
 * not allow is refused with the safe way.
 */
export async function check(options: CheckOptions): Promise<ExitCode> {
    const changes = await ledgerChanges(options.base, options.stack, options.today);
    const refused = changes.flatMap((change) => change.problems);
    if (options.json === true) process.stdout.write(`${JSON.stringify(toJson(changes), null, 2)}\n`);
    else {
        const plans = changes.map(({ stack, steps }) => ({ stack, steps, held: [], asks: [] }));
        process.stdout.write(pullRequestText(plans, fieldFacts(catalogue)));
        if (refused.length > 0)
            process.stderr.write(
                `${formatProblems(`The ledger, against ${options.base},`, refused)}\nNothing of it may be deployed.\n`,
            );
    }
    return refused.length > 0 ? ExitCode.violated : ExitCode.clean;
}

function toJson(changes: readonly LedgerChange[]) {
    return changes.map(({ stack, steps, problems }) => ({
        stack: stack.stack,
        steps: steps.map(({ field, step }) => ({ field, ...step })),
        refused: problems,
    }));
}
