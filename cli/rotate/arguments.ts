import type { Problems } from "../../components/domain/problems";
import { type Problem, suggest } from "../../components/domain/problems";
import type { Reason } from "../../components/domain/rotation/stages";
import type { Plan, PlanOptions } from "../../rotation/plan";
import { fieldsNamed } from "../../rotation/selection";
import type { RotatingStack } from "../../rotation/stack";
import { catalogue } from "../../stacks/catalogue";
import type { ExitCode } from "../exit-code";
import type { WriteOptions } from "./options";
import { take, type Taking } from "./take";

export interface ReasonOptions extends WriteOptions {
    readonly reason?: string;
}

/** What a command makes of the fields that were named, in a stack. */
export type FieldPlan = (
    stack: RotatingStack,
    fields: readonly string[],
    options: PlanOptions,
    problems: Problems,
) => Plan;

/** A command about one field of one stack; a composed field stands for its parts. */
export function takeField(
    command: string,
    field: string,
    options: WriteOptions,
    problems: readonly Problem[],
    plan: FieldPlan,
): Promise<ExitCode> {
    const taking: Taking = {
        command,
        single: true,
        problems,
        plan: ({ chosen }, planOptions, found) =>
            chosen.map((stack) => {
                const named = fieldsNamed(field, stack, catalogue, `rotate ${command}`);
                found.addAll(named.problems);
                return named.fields.length === 0
                    ? emptyPlan(stack)
                    : plan(stack, named.fields, planOptions, found);
            }),
    };
    return take(taking, options);
}

/** The same for a step of which each part of a composed field has its own. */
export function takeOneField(
    command: string,
    name: string,
    options: WriteOptions,
    problems: readonly Problem[],
    plan: (stack: RotatingStack, field: string, options: PlanOptions, problems: Problems) => Plan,
): Promise<ExitCode> {
    return takeField(command, name, options, problems, (stack, fields, planOptions, found) => {
        const [field, ...others] = fields;
        if (field !== undefined && others.length === 0) return plan(stack, field, planOptions, found);
        const parts = fields.map((each) => `'${each}'`).join(" and ");
        found.add(`rotate ${command}`, `'${name}' is made of ${parts}`, "Name one of them");
        return emptyPlan(stack);
    });
}

export const emptyPlan = (stack: RotatingStack): Plan => ({ stack, steps: [], held: [], asks: [] });

export function missingReference({ ref }: WriteOptions): readonly Problem[] {
    if (ref !== undefined && ref.trim() !== "") return [];
    return [
        {
            place: "--ref",
            message: "the step carries no reference",
            fix: "Name the ticket or the incident: --ref INC-7",
        },
    ];
}

/** The reason that a command was given; the first that it allows, otherwise. */
export function reasonOption(
    text: string | undefined,
    allowed: readonly Reason[],
): { readonly reason: Reason; readonly problems: readonly Problem[] } {
    const [first = "request"] = allowed;
    const reason = allowed.find((each) => each === (text ?? first));
    if (reason !== undefined) return { reason, problems: [] };
    const message = `'${text ?? ""}' is not a reason of this command`;
    return { reason: first, problems: [{ place: "--reason", message, fix: suggest(text ?? "", allowed) }] };
}
