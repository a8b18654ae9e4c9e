import { Problems } from "../../components/domain/problems";
import { UserError } from "../../preview/errors";
import type { RotationSince } from "../../preview/rendering";
import { baseLedger } from "../../rotation/base";
import { etcdProviderProblems } from "../../rotation/etcd-providers";
import { judgeLedger, type LedgerChange } from "../../rotation/leaps";
import { oldValueText, whatText, whyText } from "../../rotation/step-text";
import { loadRotation } from "./load";
import { dayOption } from "./options";

/**
 * What leads from the ledgers of another commit to these.
 *
 * @param base the commit, which is what is deployed.
 * @param names the stacks; all, when empty.
 * @throws {UserError} when Git does not know the commit, or a file is wrong.
 */
export async function ledgerChanges(
    base: string,
    names: readonly string[],
    today: string | undefined,
): Promise<readonly LedgerChange[]> {
    const problems = new Problems();
    const day = dayOption("--today", today, problems);
    const { directory, stacks, chosen } = await loadRotation(names);
    const changes: LedgerChange[] = [];
    for (const stack of chosen) {
        const { ledger, etcd, problems: unreadable } = baseLedger(directory, base, stack);
        // A commit that there is not is none for any stack.
        const told = new Set(problems.all.map(({ message }) => message));
        problems.addAll(unreadable.filter(({ message }) => !told.has(message)));
        const change = judgeLedger(stack, stacks, ledger, day);
        const moved = etcdProviderProblems(stack, { etcd, ledger });
        changes.push({ ...change, problems: [...change.problems, ...moved] });
    }
    if (!problems.empty) throw new UserError("The command", problems.all);
    return changes;
}

/** The same for a preview, by stack. */
export async function rotationSince(
    base: string,
    names: readonly string[],
    today: string | undefined,
): Promise<ReadonlyMap<string, RotationSince>> {
    const changes = await ledgerChanges(base, names, today);
    return new Map(
        changes.map(({ stack, steps, problems }) => [
            stack.stack,
            {
                base,
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
