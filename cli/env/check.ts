import path from "node:path";

import { check } from "../../local/check";
import { checkJson, checkText } from "../../local/check/report";
import type { Subject } from "../../local/check/subject";
import { readEnvText } from "../../local/dotenv";
import type { EnvFile } from "../../local/dotenv";
import { environmentOf } from "../../local/environments";
import { readText, secretFiles, UNREADABLE } from "../../local/files";
import { likeliestPlatform } from "../../local/likeliest-platform";
import { variablesOf } from "../../local/variables";
import { catalogue } from "../../stacks/catalogue";
import { ExitCode } from "../exit-code";
import { loadPlatform, refused } from "./load";

export interface CheckOptions {
    readonly platform?: string;
    readonly environment?: string;
    readonly processEnv?: boolean;
    readonly json?: boolean;
}

interface Source extends EnvFile {
    readonly place: string;
    readonly directory: string;
    readonly isOpen: boolean;
}

/**
 * Runs `env check`: what is wrong with the values that somebody has set. Warnings alone fail nothing, but are fewer in an
 * environment that is protected: most of them are errors there.
 *
 * @throws {UserError} for a file that can't be read and for a platform or an environment that there is not.
 */
export async function checkEnv(file: string | undefined, options: CheckOptions): Promise<ExitCode> {
    const isProcess = options.processEnv === true;
    if (isProcess && file !== undefined)
        throw refused([
            { place: file, message: "a file and --process-env are two sources", fix: "Name one" },
        ]);
    const source = isProcess ? processSource() : fileSource(file ?? ".env");
    const { platform, own, stacks } = await loadPlatform(
        options.platform ?? platformOf(source),
        options.environment,
    );
    const environment = environmentOf(stacks, own, platform);
    const subject: Subject = {
        platform,
        environment,
        variables: variablesOf(platform),
        assignments: source.assignments,
        lineFaults: source.faults,
        isProcess,
        isOpen: source.isOpen,
        fileOf: secretFiles(source.directory, isProcess),
    };
    const checked = check(subject);
    const head = { place: source.place, platform: platform.name, environment };
    process.stdout.write(
        options.json === true
            ? `${JSON.stringify(checkJson(head, checked), null, 2)}\n`
            : checkText(head, checked),
    );
    return checked.faults.some(({ level }) => level === "error") ? ExitCode.violated : ExitCode.clean;
}

function fileSource(place: string): Source {
    const read = readText(place);
    if ("is" in read) {
        const fix =
            read.is === "missing"
                ? "Copy an example of local/examples, or name another file"
                : "Name another file";
        throw refused([{ place, message: UNREADABLE[read.is], fix }]);
    }
    return {
        place,
        directory: path.dirname(path.resolve(place)),
        isOpen: read.isOpen,
        ...readEnvText(read.text),
    };
}

function processSource(): Source {
    const assignments = Object.entries(process.env).map(([name, value = ""]) => ({
        name,
        value,
        line: undefined,
    }));
    return { place: "environment", directory: process.cwd(), isOpen: false, assignments, faults: [] };
}

function platformOf({ assignments, place }: Source): string {
    const found = likeliestPlatform(
        catalogue,
        assignments.map(({ name }) => name),
    );
    if (found !== undefined) return found;
    const names = catalogue.map(({ name }) => `'${name}'`).join(", ");
    const message = "its variables do not tell which platform they are for";
    throw refused([{ place, message, fix: `Add --platform with one of ${names}` }]);
}
