import path from "node:path";

import { Problems, type Problem } from "../../components/domain/problems";
import type { Day } from "../../components/domain/rotation/day";
import { freeTextFault } from "../../components/domain/rotation/free-text";
import { UserError } from "../../preview/errors";
import { fieldFacts } from "../../rotation/describe";
import { ChangedMeanwhile, type FileChange } from "../../rotation/files";
import type { Plan, PlanOptions } from "../../rotation/plan";
import { pullRequestText, pullRequestTitle } from "../../rotation/pull-request";
import { fileChanges, record } from "../../rotation/record";
import type { Evidence } from "../../rotation/verify/evidence";
import { catalogue } from "../../stacks/catalogue";
import { ExitCode } from "../exit-code";
import { loadRotation, type RotationProject } from "./load";
import { dayOption, oneStackProblem, recorderOf, type WriteOptions } from "./options";

/** A command as its own part of the work: which steps it wants, given the project. */
export interface Taking {
    /** `request`, as the command line has it. */
    readonly command: string;
    /** It is about one field of one stack, and what holds that back refuses the command. */
    readonly single: boolean;
    /** Mistakes in its own arguments, which need no project to be seen. */
    readonly problems: readonly Problem[];
    readonly evidence?: Evidence | undefined;
    /** @returns a plan for each stack; what is wrong goes to `problems`. */
    readonly plan: (project: RotationProject, options: PlanOptions, problems: Problems) => readonly Plan[];
}

/**
 * Takes steps: writes the ledgers and their logs, whole or not at all, and prints the text of the pull request.
 *
 * @throws {UserError} naming every mistake; nothing is written then.
 */
export async function take(taking: Taking, options: WriteOptions): Promise<ExitCode> {
    const problems = new Problems();
    problems.addAll(taking.problems);
    if (taking.single) problems.addAll(oneStackProblem(taking.command, options.stack));
    for (const [option, text] of [
        ["--ref", options.ref],
        ["--by", options.by],
    ] as const) {
        // No reference is told where one is needed.
        const fault = text === undefined || text.trim() === "" ? undefined : freeTextFault(text);
        if (fault !== undefined) problems.add(option, fault, "Name the ticket, or who takes the step");
    }
    const today: Day = dayOption("--today", options.today, problems);
    const project = await loadRotation(options.stack);
    const isSound = problems.empty;
    const planning = { stacks: project.stacks, today, evidence: taking.evidence };
    const plans = taking.plan(project, planning, problems);
    if (isSound && taking.single) problems.addAll(plans.flatMap(heldProblems));
    if (!problems.empty) throw new UserError(`The command 'rotate ${taking.command}'`, unique(problems.all));
    const recorder = recorderOf(options.by);
    const keepBackup = options.keepBackup === true;
    const changes = written(() =>
        options.dryRun === true
            ? fileChanges(plans, recorder, keepBackup)
            : record(plans, recorder, keepBackup),
    );
    const held = plans.some((plan) => plan.held.length > 0);
    const asks = taking.single && plans.some((plan) => plan.asks.length > 0);
    // What is due and held back comes due again tomorrow; what somebody asked for is remembered by nobody else.
    const isOpen = taking.command !== "due" && (held || asks);
    if (options.quiet === true && !isOpen) return ExitCode.clean;
    process.stdout.write(`# ${pullRequestTitle(plans)}\n\n${pullRequestText(plans, fieldFacts(catalogue))}`);
    process.stderr.write(summary(changes, project.directory, options.dryRun === true));
    if (isOpen && held)
        process.stdout.write(
            "\n**Run this again** once what holds them back is over: nothing else remembers what was asked for.\n",
        );
    return isOpen ? ExitCode.violated : ExitCode.clean;
}

/** What a person can mend, of the ways in which a file is not written. */
const UNWRITABLE: readonly string[] = ["EACCES", "EPERM", "EROFS", "EISDIR", "ENOSPC", "ENOTDIR", "EDQUOT"];

function written(writing: () => readonly FileChange[]): readonly FileChange[] {
    try {
        return writing();
    } catch (error) {
        const { code, path: place } = error as NodeJS.ErrnoException;
        if (place !== undefined && UNWRITABLE.includes(code ?? ""))
            throw new UserError("The command", [
                {
                    place: path.relative(process.cwd(), place).replace(/\.\d+\.tmp$/, ""),
                    message: "it can't be written, so nothing was",
                    fix: "Look at the rights of the file and its folder, and at the room on the disk",
                },
            ]);
        if (!(error instanceof ChangedMeanwhile)) throw error;
        throw new UserError("The ledger", [
            {
                place: error.file,
                message: "somebody else changed it meanwhile",
                fix: "Run the command again",
            },
        ]);
    }
}

/** What is wrong with a name is wrong in every stack, and told once. */
function unique(problems: readonly Problem[]): readonly Problem[] {
    return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function heldProblems({ stack, held }: Plan): Problem[] {
    return held.flatMap(({ field, faults }) =>
        faults.map(({ message, fix }) => ({ place: `${stack.place}: ${field}`, message, fix })),
    );
}

function summary(changes: readonly FileChange[], directory: string, isDry: boolean): string {
    if (changes.length === 0) return "No ledger changes.\n";
    const lines = changes.map(
        ({ file }) => `${isDry ? "would write" : "written"}  ${path.relative(directory, file)}`,
    );
    const next = "next     npm run golden, and a pull request with the text above";
    return `${[...lines, ...(isDry ? [] : [next])].join("\n")}\n`;
}
