import type { Day } from "../../components/domain/rotation/day";
import { Problems } from "../../components/domain/problems";
import type { Problem } from "../../components/domain/problems";
import { baseLedger } from "../../rotation/base";
import { etcdProviderProblems } from "../../rotation/etcd-providers";
import { judgeLedger, type LedgerChange } from "../../rotation/leaps";
import { oldValueText, whatText, whyText } from "../../rotation/step-text";
import { UserError } from "../errors";
import type { RotationSince } from "../rendering";
import { loadRotation } from "./load";

export interface SinceOptions {
    /** Where Pulumi.yaml is. */
    readonly directory: string;
    /** The commit, which is what is deployed. */
    readonly base: string;
    /** All, when empty. */
    readonly stacks: readonly string[];
    readonly today: Day;
    /** Mistakes of the command that are told together with those found here. */
    readonly mistakes?: readonly Problem[];
}

/**
 * What leads from the ledgers of another commit to these.
 *
 * @throws {UserError} when Git does not know the commit, or a file is wrong.
 */
export async function ledgerChanges(options: SinceOptions): Promise<readonly LedgerChange[]> {
    const { directory, base, today } = options;
    const problems = new Problems();
    problems.addAll(options.mistakes ?? []);
    const { stacks, chosen } = await loadRotation(directory, options.stacks);
    const changes: LedgerChange[] = [];
    for (const stack of chosen) {
        const { ledger, etcd, problems: unreadable } = baseLedger(directory, base, stack);
        // A commit that there is not is none for any stack.
        const told = new Set(problems.all.map(({ message }) => message));
        problems.addAll(unreadable.filter(({ message }) => !told.has(message)));
        const change = judgeLedger(stack, stacks, ledger, today);
        const moved = etcdProviderProblems(stack, { etcd, ledger });
        changes.push({ ...change, problems: [...change.problems, ...moved] });
    }
    if (!problems.empty) throw new UserError("The command", problems.all);
    return changes;
}

/**
 * The same for people, by stack.
 *
 * @param name how they call the commit, e.g. `origin/main`.
 */
export async function rotationSince(
    options: SinceOptions,
    name: string = options.base,
): Promise<ReadonlyMap<string, RotationSince>> {
    const changes = await ledgerChanges(options);
    return new Map(
        changes.map(({ stack, steps, problems }) => [
            stack.stack,
            {
                base: name,
                steps: steps.map((step) => ({
                    field: step.field,
                    what: whatText(step),
                    why: whyText(step),
                    oldValue: oldValueText(step, stack.fields.get(step.field)),
                })),
                refused: problems,
            },
        ]),
    );
}
