import { Problems } from "../../components/domain/problems";
import type { Day } from "../../components/domain/rotation/day";
import { needsReference, REASONS } from "../../components/domain/rotation/stages";
import { planCompromise, planRotation, planStep, wayBack } from "../../rotation/plan";
import type { ExitCode } from "../exit-code";
import {
    emptyPlan,
    missingReference,
    reasonOption,
    takeField,
    takeOneField,
    type ReasonOptions,
} from "./arguments";
import { dayOption, type WriteOptions } from "./options";

/** A rotation that somebody asked for. */
export function request(field: string, options: ReasonOptions): Promise<ExitCode> {
    const { reason, problems } = reasonOption(options.reason, ["request", "permission change"]);
    return takeField(
        "request",
        field,
        options,
        [...problems, ...missingReference(options)],
        (stack, fields, plan) => planRotation(stack, fields, { reason, reference: options.ref }, plan),
    );
}

/** A value that somebody has seen who should not have: it goes at once. */
export function compromise(
    field: string,
    options: WriteOptions & { readonly keepNext?: boolean },
): Promise<ExitCode> {
    const keepNext = options.keepNext === true;
    return takeField(
        "compromise",
        field,
        options,
        missingReference(options),
        (stack, fields, plan, found) => {
            for (const id of keepNext ? fields : [])
                if (stack.ledger[id]?.next === undefined)
                    found.add(
                        `${stack.place}: ${id}`,
                        "nothing is announced that could be kept",
                        "Leave --keep-next out",
                    );
            return planCompromise(stack, fields, options.ref ?? "", keepNext, plan);
        },
    );
}

/** The previous value again, or no announced one. */
export function rollback(field: string, options: WriteOptions): Promise<ExitCode> {
    return takeOneField(
        "rollback",
        field,
        options,
        missingReference(options),
        (stack, id, plan, problems) => {
            const known = stack.fields.get(id);
            const generations = stack.ledger[id];
            if (known === undefined || generations === undefined) return emptyPlan(stack);
            if (generations.next === undefined && generations.previous === undefined) {
                const message = `generation ${String(generations.current.generation)} is the only one that lives, so there is no way back`;
                problems.add(
                    `${stack.place}: ${id}`,
                    message,
                    "Rotate it once more: npm run rotate -- request",
                );
                return emptyPlan(stack);
            }
            return planStep(stack, id, wayBack(known, generations, plan.today, options.ref ?? ""), plan);
        },
    );
}

/** A value that a vendor issued was set. */
export function external(
    field: string,
    options: ReasonOptions & { readonly setOn: string },
): Promise<ExitCode> {
    const problems = new Problems();
    const on: Day = dayOption("--set-on", options.setOn, problems);
    const allowed = REASONS.filter((each) => each !== "initial" && each !== "rollback");
    const { reason, problems: wrong } = reasonOption(options.reason ?? "schedule", allowed);
    problems.addAll(wrong);
    if (needsReference(reason)) problems.addAll(missingReference(options));
    return takeOneField("external", field, options, problems.all, (stack, id, plan, found) => {
        const known = stack.fields.get(id);
        if (known?.rotationClass.strategy !== "external") {
            const fix = `Rotate it: npm run rotate -- request ${id}`;
            found.add(`${stack.place}: ${id}`, "nobody else issues it: the stack draws it", fix);
            return emptyPlan(stack);
        }
        const isFirst = stack.ledger[id] === undefined;
        // A first record replaces nothing that the ledger knows, unless somebody says why.
        const isUnasked = isFirst && options.reason === undefined;
        const cause = isUnasked ? { reason: "initial" as const } : { reason, reference: options.ref };
        return planStep(stack, id, { kind: isFirst ? "begin" : "replace", on, cause }, plan);
    });
}

/** The previous value is kept until another day. */
export function reschedule(
    field: string,
    options: WriteOptions & { readonly until: string },
): Promise<ExitCode> {
    const problems = new Problems();
    const until = dayOption("--until", options.until, problems);
    return takeOneField("reschedule", field, options, problems.all, (stack, id, plan, found) => {
        if (stack.ledger[id]?.previous === undefined) {
            found.add(
                `${stack.place}: ${id}`,
                "it has no previous generation",
                "See npm run rotate -- status",
            );
            return emptyPlan(stack);
        }
        return planStep(stack, id, { kind: "reschedule", until }, plan);
    });
}
