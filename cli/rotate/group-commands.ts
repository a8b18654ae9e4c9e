import { readFileSync } from "node:fs";

import { Problems, type Problem } from "../../components/domain/problems";
import type { Reason } from "../../components/domain/rotation/stages";
import { planDue, planRotation } from "../../rotation/plan";
import { fieldsHeldBy, fieldsOfMode, type Mode, type Selection } from "../../rotation/selection";
import type { RotatingStack } from "../../rotation/stack";
import { readEvidence, type Evidence } from "../../rotation/verify/evidence";
import { catalogue } from "../../stacks/catalogue";
import type { ExitCode } from "../exit-code";
import { missingReference, reasonOption, type ReasonOptions } from "./arguments";
import { dayOption, type WriteOptions } from "./options";
import { take, type Taking } from "./take";

export interface DueOptions extends WriteOptions {
    readonly dueBy?: string;
    readonly verified?: string;
}

/** Every step whose time has come. */
export function due(options: DueOptions): Promise<ExitCode> {
    const problems = new Problems();
    const dueBy = options.dueBy === undefined ? undefined : dayOption("--due-by", options.dueBy, problems);
    const evidence = options.verified === undefined ? undefined : evidenceIn(options.verified, problems);
    return take(
        {
            command: "due",
            single: false,
            problems: problems.all,
            evidence,
            plan: ({ chosen }, planOptions, found) => {
                const isOfOthers =
                    evidence !== undefined && chosen.some(({ stack }) => stack !== evidence.stack);
                if (isOfOthers)
                    found.add(
                        `--verified ${options.verified ?? ""}`,
                        `it is the evidence of '${evidence.stack}', and the command is about other stacks`,
                        `Add '--stack ${evidence.stack}', and no other`,
                    );
                return chosen.map((stack) => planDue(stack, dueBy ?? planOptions.today, planOptions));
            },
        },
        options,
    );
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

function evidenceIn(file: string, problems: Problems): Evidence | undefined {
    let text: string;
    try {
        text = readFileSync(file, "utf8");
    } catch {
        const fix = "Write it: npm run --silent rotate -- verify --stack <stack> --json > <file>";
        problems.add(`--verified ${file}`, "the file can't be read", fix);
        return undefined;
    }
    const { evidence, problems: wrong } = readEvidence(text, `--verified ${file}`);
    problems.addAll(wrong);
    return evidence;
}
