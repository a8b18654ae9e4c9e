import { formatProblems, type Problem } from "../../components/domain/problems";
import { readRotatingStack } from "../../rotation/stack";
import type { RotatingStack } from "../../rotation/stack";
import { catalogue } from "../../stacks/catalogue";
import { UserError } from "../errors";
import { loadProject, placedProblems } from "../project";

export interface RotationProject {
    /** The folder of Pulumi.yaml. */
    readonly directory: string;
    /** All stacks of the project, since one waits for another. */
    readonly stacks: readonly RotatingStack[];
    /** Those that the command is about. */
    readonly chosen: readonly RotatingStack[];
}

/**
 * Reads the configuration and the ledgers of all stacks; decrypts nothing.
 *
 * @param names the stacks to rotate in; all, when empty.
 * @throws {UserError} naming every mistake in any of them.
 */
export async function loadRotation(directory: string, names: readonly string[]): Promise<RotationProject> {
    const { project, configurations } = await loadProject(directory, [], undefined, undefined, names);
    const problems: Problem[] = [];
    const stacks: RotatingStack[] = [];
    for (const configuration of configurations) {
        const read = readRotatingStack(directory, configuration, catalogue);
        if (read.stack !== undefined) stacks.push(read.stack);
        if (read.problems.length === 0) continue;
        const told = formatProblems("The stack", read.problems);
        problems.push(...(placedProblems(told, project, configuration)?.problems ?? read.problems));
    }
    if (problems.length > 0) throw new UserError("The project", problems);
    const isChosen = ({ stack }: RotatingStack): boolean => names.length === 0 || names.includes(stack);
    return { directory, stacks, chosen: stacks.filter(isChosen) };
}
