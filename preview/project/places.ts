import { existsSync } from "node:fs";
import path from "node:path";

import { formatProblems, type Problem } from "../../components/domain/problems";
import { locate, locateField } from "./locate";
import type { Project, StackConfiguration } from "./types";
import type { Place } from "./yaml-file";

/** A list of mistakes as a program tells it, read back. */
export interface ToldProblems {
    readonly subject: string;
    readonly problems: readonly Problem[];
}

const HEADING = /^(.+) has (?:a mistake|\d+ mistakes):$/;
const PROBLEM = /^ {2}(\S.*)$/;
const FIX = /^ {6}(\S.*)$/;

/**
 * Reads the list of mistakes that a program failed with, and gives each that names a configuration key, or a path in
 * the ledger, the line where that stands: a program is handed values, and can't tell where they were written.
 *
 * @returns undefined for a message that is no such list.
 */
export function placedProblems(
    message: string,
    project: Pick<Project, "directory" | "name">,
    { stack, values }: Pick<StackConfiguration, "stack" | "values">,
): ToldProblems | undefined {
    const [heading = "", ...lines] = message.trimEnd().split("\n");
    const subject = HEADING.exec(heading)?.[1];
    if (subject === undefined) return undefined;
    const ledger = values[`${project.name}:ledger`];
    const problems: Problem[] = [];
    for (const line of lines) {
        const told = PROBLEM.exec(line)?.[1];
        const fix = FIX.exec(line)?.[1];
        const last = problems.at(-1);
        if (told !== undefined) {
            const at =
                ledger !== undefined && told.startsWith(`${ledger}: `)
                    ? inLedger(told.slice(ledger.length + 2), ledger, project.directory)
                    : inConfiguration(told, project, stack);
            problems.push({ ...at, message: withoutPeriod(at.message) });
        } else if (fix !== undefined && last !== undefined && last.fix === undefined) {
            problems[problems.length - 1] = { ...last, fix: withoutPeriod(fix) };
        } else return undefined;
    }
    return { subject, problems };
}

/** The message with the lines of what it complains of; as it was, when it is no list of mistakes. */
export function placedMessage(
    message: string,
    project: Pick<Project, "directory" | "name">,
    configuration: Pick<StackConfiguration, "stack" | "values">,
): string {
    const told = placedProblems(message, project, configuration);
    return told === undefined ? message : formatProblems(told.subject, told.problems);
}

/** `strongroom:aws.region: must be …`; a key that is in neither file is missing from the stack's. */
function inConfiguration(
    told: string,
    { directory, name }: Pick<Project, "directory" | "name">,
    stack: string,
): Problem {
    const [place, message] = halves(told);
    if (!place.startsWith(`${name}:`)) return { place, message };
    const own = `Pulumi.${stack}.yaml`;
    const declared = "Pulumi.yaml";
    const found =
        placeIn(directory, own, (file) => locate(file, place)) ??
        placeIn(
            directory,
            declared,
            (file) => locate(file, place) ?? locate(file, place.slice(name.length + 1)),
        );
    return { place: `${found ?? own} ${place}`, message };
}

/** What follows the ledger's name: a path in it and a message, or a message alone. */
function inLedger(told: string, ledger: string, directory: string): Problem {
    const [at, message] = halves(told);
    const found = placeIn(directory, ledger, (file) => locateField(file, at));
    return found === undefined ? { place: ledger, message: told } : { place: `${found} ${at}`, message };
}

function placeIn(
    directory: string,
    name: string,
    find: (file: string) => Place | undefined,
): string | undefined {
    const file = path.join(directory, name);
    const place = existsSync(file) ? find(file) : undefined;
    return place === undefined ? undefined : `${name}:${place.line}`;
}

function halves(told: string): readonly [before: string, after: string] {
    const at = told.indexOf(": ");
    return at < 0 ? [told, ""] : [told.slice(0, at), told.slice(at + 2)];
}

const withoutPeriod = (text: string): string => (text.endsWith(".") ? text.slice(0, -1) : text);
