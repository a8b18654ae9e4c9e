import { formatProblems, Problems } from "../../components/domain/problems";
import { UserError } from "../../preview/errors";
import { baseLedger } from "../../rotation/base";
import { fieldFacts } from "../../rotation/describe";
import { judgeLedger, type LedgerChange } from "../../rotation/leaps";
import { pullRequestText } from "../../rotation/pull-request";
import { catalogue } from "../../stacks/catalogue";
import { ExitCode } from "../exit-code";
import { loadRotation } from "./load";
import { dayOption, type CommonOptions } from "./options";

export interface CheckOptions extends CommonOptions {
    readonly base: string;
    readonly json?: boolean;
}

/**
 * Judges the ledgers against those of the base branch: each field may take one step, and a step that the machine does
 * not allow is refused with the safe way.
 */
export async function check(options: CheckOptions): Promise<ExitCode> {
    const problems = new Problems();
    const today = dayOption("--today", options.today, problems);
    const { directory, stacks, chosen } = await loadRotation(options.stack);
    const changes: LedgerChange[] = [];
    for (const stack of chosen) {
        const { ledger, problems: unreadable } = baseLedger(directory, options.base, stack);
        if (changes.length === 0) problems.addAll(unreadable);
        changes.push(judgeLedger(stack, stacks, ledger, today));
    }
    if (!problems.empty) throw new UserError("The command 'rotate check'", problems.all);
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
