import { readFileSync } from "node:fs";

import { Problems, type Problem, suggest } from "../../components/domain/problems";
import type { Day } from "../../components/domain/rotation/day";
import { needsReference, REASONS, type Reason } from "../../components/domain/rotation/stages";
import { parseEvidence, type Evidence } from "../../rotation/evidence";
import {
    planCompromise,
    planDue,
    planRotation,
    planStep,
    wayBack,
    type Plan,
    type PlanOptions,
} from "../../rotation/plan";
import { fieldsHeldBy, fieldsNamed, fieldsOfMode, type Mode, type Selection } from "../../rotation/selection";
import type { RotatingStack } from "../../rotation/stack";
import { catalogue } from "../../stacks/catalogue";
import type { ExitCode } from "../exit-code";
import { dayOption, type WriteOptions } from "./options";
import { take, type Taking } from "./take";

export interface DueOptions extends WriteOptions {
    readonly dueBy?: string;
    readonly verified?: string;
}

export interface ReasonOptions extends WriteOptions {
    readonly reason?: string;
}

/** Every step whose time has come. */
export function due(options: DueOptions): Promise<ExitCode> {
    const problems = new Problems();
    const dueBy = options.dueBy === undefined ? undefined : dayOption("--due-by", options.dueBy, problems);
    const evidence = options.verified === undefined ? undefined : readEvidence(options.verified, problems);
    return take(
        {
            command: "due",
            single: false,
            problems: problems.all,
            evidence,
            plan: ({ chosen }, planOptions) =>
                chosen.map((stack) => planDue(stack, dueBy ?? planOptions.today, planOptions)),
        },
        options,
    );
}

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
    return takeField("compromise", field, options, missingReference(options), (stack, fields, plan) =>
        planCompromise(stack, fields, options.ref ?? "", options.keepNext === true, plan),
    );
}

/** The previous value again, or no announced one. */
export function rollback(field: string, options: WriteOptions): Promise<ExitCode> {
    return takeField(
        "rollback",
        field,
        options,
        missingReference(options),
        (stack, [id = ""], plan, problems) => {
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
    return takeField("external", field, options, problems.all, (stack, [id = ""], plan, found) => {
        const known = stack.fields.get(id);
        if (known?.rotationClass.strategy !== "external") {
            const fix = `Rotate it: npm run rotate -- request ${id}`;
            found.add(`${stack.place}: ${id}`, "nobody else issues it: the stack draws it", fix);
            return emptyPlan(stack);
        }
        const isFirst = stack.ledger[id] === undefined;
        const cause = isFirst ? { reason: "initial" as const } : { reason, reference: options.ref };
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
    return takeField("reschedule", field, options, problems.all, (stack, [id = ""], plan, found) => {
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

/** Everything that somebody has seen who leaves, or who may see less from now on. */
export function offboard(holder: string, options: ReasonOptions): Promise<ExitCode> {
    const { reason, problems } = reasonOption(options.reason ?? "offboarding", [
        "offboarding",
        "permission change",
    ]);
    return takeGroup(
        "offboard",
        options,
        [...problems, ...missingReference(options)],
        reason,
        (stack, place) => fieldsHeldBy(holder, stack, catalogue, place),
    );
}

/** A group of fields by its name. */
export function rotateMode(mode: Mode, options: WriteOptions): Promise<ExitCode> {
    return takeGroup(mode, options, missingReference(options), "request", (stack) => ({
        fields: fieldsOfMode(mode, stack, catalogue),
        problems: [],
    }));
}

type FieldPlan = (
    stack: RotatingStack,
    fields: readonly string[],
    options: PlanOptions,
    problems: Problems,
) => Plan;

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

function takeGroup(
    command: string,
    options: WriteOptions,
    problems: readonly Problem[],
    reason: Reason,
    select: (stack: RotatingStack, place: string) => Selection,
): Promise<ExitCode> {
    const taking: Taking = {
        command,
        single: false,
        problems,
        plan: ({ chosen }, planOptions, found) =>
            chosen.map((stack) => {
                const { fields, problems: wrong } = select(stack, `rotate ${command}`);
                found.addAll(wrong);
                return planRotation(stack, fields, { reason, reference: options.ref }, planOptions);
            }),
    };
    return take(taking, options);
}

const emptyPlan = (stack: RotatingStack): Plan => ({ stack, steps: [], held: [], asks: [] });

function missingReference({ ref }: WriteOptions): readonly Problem[] {
    if (ref !== undefined && ref.trim() !== "") return [];
    return [
        {
            place: "--ref",
            message: "the step carries no reference",
            fix: "Name the ticket or the incident: --ref INC-7",
        },
    ];
}

function reasonOption(
    text: string | undefined,
    allowed: readonly Reason[],
): { readonly reason: Reason; readonly problems: readonly Problem[] } {
    const [first = "request"] = allowed;
    const reason = allowed.find((each) => each === (text ?? first));
    if (reason !== undefined) return { reason, problems: [] };
    const message = `'${text ?? ""}' is not a reason of this command`;
    return { reason: first, problems: [{ place: "--reason", message, fix: suggest(text ?? "", allowed) }] };
}

function readEvidence(file: string, problems: Problems): Evidence | undefined {
    let text: string;
    try {
        text = readFileSync(file, "utf8");
    } catch {
        problems.add(
            `--verified ${file}`,
            "the file can't be read",
            "Write it: npm run rotate -- verify --json",
        );
        return undefined;
    }
    const evidence = parseEvidence(text);
    if (evidence === undefined)
        problems.add(
            `--verified ${file}`,
            "it is not what 'rotate verify --json' prints",
            "Write it anew: npm run --silent rotate -- verify --json",
        );
    return evidence;
}
