import { ETCD_FIELD } from "../../components/domain/encryption-key";
import { Problems } from "../../components/domain/problems";
import { UserError } from "../../preview/errors";
import { planStep } from "../../rotation/plan";
import { ExitCode } from "../exit-code";
import { emptyPlan, missingReference, takeOneField } from "./arguments";
import { loadRotation } from "./load";
import { dayOption, oneStackProblem, type WriteOptions } from "./options";
import { rewritten } from "./rewritten";

/** All that a previous key encrypted was written anew: proved by etcd itself, or said by whoever did it. */
export function confirmRewrite(
    field: string,
    options: WriteOptions & { readonly from: readonly string[] },
): Promise<ExitCode> {
    if (field === ETCD_FIELD) return confirmEtcdRewrite(options);
    const problems = new Problems();
    problems.addAll(missingReference(options));
    if (options.from.length > 0)
        problems.add("--from", `only '${ETCD_FIELD}' is proved by what etcd holds`, "Leave it out");
    return takeOneField("rewritten", field, options, problems.all, (stack, id, plan, found) => {
        if (stack.ledger[id]?.previous === undefined) {
            found.add(
                `${stack.place}: ${id}`,
                "there is no previous key that something could depend on",
                "Nothing has to be confirmed",
            );
            return emptyPlan(stack);
        }
        return planStep(stack, id, { kind: "confirm rewrite", on: plan.today }, plan);
    });
}

async function confirmEtcdRewrite(
    options: WriteOptions & { readonly from: readonly string[] },
): Promise<ExitCode> {
    const problems = new Problems();
    problems.addAll(oneStackProblem("rewritten", options.stack));
    const today = dayOption("--today", options.today, problems);
    if (!problems.empty) throw new UserError("The command 'rotate rewritten'", problems.all);
    const { chosen } = await loadRotation(options.stack);
    const [stack] = chosen;
    if (stack === undefined) return ExitCode.wrong;
    return rewritten(stack, {
        from: options.from,
        today,
        print: (text) => process.stderr.write(text),
        confirm: (step) =>
            takeOneField("rewritten", ETCD_FIELD, options, [], (each, id, plan) =>
                planStep(each, id, step, plan),
            ),
    });
}
