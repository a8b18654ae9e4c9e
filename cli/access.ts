import { renderStacks, UserError } from "../preview";
import { ask } from "../preview/access/query";
import { assess } from "../preview/report";
import { accessAnswersJson, accessAnswersText } from "../preview/report/access-answers";
import { ExitCode } from "./exit-code";
import { withProgress } from "./progress";
import { projectDirectory } from "./project-directory";

export interface AccessCommand {
    readonly stack: readonly string[];
    readonly identity?: string;
    readonly document?: string;
    readonly verb?: string;
    readonly json?: boolean;
}

/**
 * Runs `access`: who may do what, by evaluating the grants of all stacks together. A stack that is named limits whose
 * entries are told, not whose identities are asked.
 *
 * @throws {UserError} for a stack, an identity, a document or a verb that there is not.
 */
export async function access(command: AccessCommand): Promise<ExitCode> {
    const directory = projectDirectory();
    const renderings = await withProgress((onProgress) =>
        renderStacks({ directory, stacks: [], policyPacks: [], onProgress }),
    );
    const assessed = assess(renderings);
    const missing = command.stack.filter((stack) => !renderings.some((each) => each.stack === stack));
    if (missing.length > 0) {
        const fix = `There are ${renderings.map(({ stack }) => stack).join(", ")}`;
        throw new UserError(
            "The command",
            missing.map((stack) => ({ place: `--stack ${stack}`, message: "there is no such stack", fix })),
        );
    }
    const chosen = assessed.filter(
        ({ access: { stack } }) => command.stack.length === 0 || command.stack.includes(stack),
    );
    const failed = assessed.filter(({ verdict }) => verdict === "failed");
    for (const { rendering } of failed) {
        const errors = rendering.diagnostics.filter(({ severity }) => severity === "error");
        const said = errors.map(({ message }) => message).join("\n");
        process.stderr.write(`${rendering.stack}: the program failed, so nothing can be said.\n${said}\n`);
    }
    if (failed.length > 0) return ExitCode.wrong;
    const answered = ask(
        chosen.map((each) => each.access),
        command,
    );
    if ("problems" in answered) throw new UserError("The command", answered.problems);
    const { answers } = answered;
    process.stdout.write(
        command.json === true
            ? `${JSON.stringify(accessAnswersJson(answers), null, 2)}\n`
            : accessAnswersText(answers),
    );
    const findings = answers.flatMap(({ matrix }) => matrix.findings);
    return findings.length > 0 ? ExitCode.violated : ExitCode.clean;
}
