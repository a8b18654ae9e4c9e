import { existsSync } from "node:fs";
import path from "node:path";

import { suggest, type Problem } from "../../components/domain/problems";
import { wallProblems } from "../../stacks/config/wall";
import { UserError } from "../errors";
import { readProject } from "./project-file";
import { readStackConfiguration } from "./stack-file";
import type { Project, StackConfiguration } from "./types";

export { locate } from "./locate";
export { placedMessage, placedProblems } from "./places";
export type { Project, StackConfiguration } from "./types";
export type { Place } from "./yaml-file";

export interface LoadedProject {
    readonly project: Project;
    readonly configurations: readonly StackConfiguration[];
}

/** Further mistakes of a project whose files can be read, but are not right. */
export type FurtherProblems = (loaded: LoadedProject) => Promise<readonly Problem[]>;

/**
 * Reads a project and the configuration of its stacks.
 *
 * @param stacks those to read; all that have a file, when empty
 * @param passphrase for values under `secure:`; without it they become opaque secrets
 * @param further asked for what else is wrong when something is, so that a person corrects all of it at once
 * @param named those that a command names, which must be there, and which it may be about without the others being left
 * out
 * @throws {UserError} naming every mistake of all files at once, and what environments share that a wall should divide.
 */
export async function loadProject(
    directory: string,
    stacks: readonly string[],
    passphrase: string | undefined,
    further: FurtherProblems = () => Promise.resolve([]),
    named: readonly string[] = stacks,
): Promise<LoadedProject> {
    const root = path.resolve(directory);
    if (!existsSync(path.join(root, "Pulumi.yaml"))) {
        const fix = "Run this in the project's directory";
        throw new UserError("The project", [{ place: root, message: "there is no Pulumi.yaml", fix }]);
    }
    const { project, file, declared } = readProject(root);
    const wanted = stacks.length === 0 ? project.stacks : [...new Set(stacks)];
    const problems: Problem[] = [...new Set([...wanted, ...named])]
        .filter((stack) => !project.stacks.includes(stack))
        .map((stack) => ({
            place: `--stack ${stack}`,
            message: `there is no Pulumi.${stack}.yaml; the stacks are ${listed(project.stacks)}`,
            fix: suggest(stack, project.stacks),
        }));
    if (wanted.length === 0) {
        problems.push({
            place: "Pulumi.yaml",
            message: "no stack has a file",
            fix: "Write one: Pulumi.<stack>.yaml",
        });
    }
    let readable = file.problems.empty && problems.length === 0;
    const configurations: StackConfiguration[] = [];
    const others: StackConfiguration[] = [];
    for (const stack of project.stacks) {
        const isWanted = wanted.includes(stack);
        const read = await readStackConfiguration(
            project,
            file,
            declared,
            stack,
            isWanted ? passphrase : undefined,
        );
        (isWanted ? configurations : others).push(read.configuration);
        if (!isWanted) continue;
        problems.push(...read.file.problems.all);
        readable &&= read.file.contents !== null;
    }
    problems.push(...wallProblems([...others, ...configurations]));
    const all = unique([...file.problems.all, ...problems]);
    if (all.length === 0) return { project, configurations };
    const more = readable ? await further({ project, configurations }) : [];
    throw new UserError("The project", [...all, ...more.filter((problem) => !isTold(problem, all))]);
}

function listed(stacks: readonly string[]): string {
    return stacks.length === 0 ? "none" : stacks.map((stack) => `'${stack}'`).join(", ");
}

/** A plain secret is seen in the file and by the program: it is told once. */
function isTold({ place, message }: Problem, before: readonly Problem[]): boolean {
    const [line = ""] = place.split(" ");
    const [file] = line.split(":");
    return before.some(
        (each) =>
            (each.place === line && LOOKS_SECRET.test(each.message) && LOOKS_SECRET.test(message)) ||
            (each.place.split(":")[0] === file &&
                each.message.startsWith("a value is not encrypted") &&
                message.endsWith("are not encrypted")),
    );
}

const LOOKS_SECRET = /looks like a secret(?:$|,)/;

/** Pulumi.yaml is looked at once for each stack; its mistakes are told once. */
function unique(problems: readonly Problem[]): readonly Problem[] {
    return [
        ...new Map(problems.map((problem) => [`${problem.place}\n${problem.message}`, problem])).values(),
    ];
}
