import { createRequire } from "node:module";

import { PreviewFault } from "../errors";
import type { Project, StackConfiguration } from "../project/types";
import { Child } from "./children";
import type { StackIdentity, StackState } from "./stack-state";

/** The SDK's exit code for "I have told the user what is wrong". */
const TOLD = 32;

/** Starts the program of a stack as Pulumi's language host for Node.js does. */
export function startProgram(
    project: Project,
    identity: StackIdentity,
    address: string,
    parallel: number,
): Child {
    const run = resolveFrom(project.programDirectory, "@pulumi/pulumi/cmd/run");
    return new Child({
        arguments: [
            ...project.nodeArguments,
            run,
            ...["--monitor", address, "--engine", address],
            ...["--organization", identity.organization, "--project", identity.project],
            ...["--root-directory", project.directory, "--stack", identity.stack],
            ...["--pwd", project.programDirectory, "--dry-run", "--parallel", String(parallel)],
            project.entryPoint,
        ],
        directory: project.programDirectory,
        environment: {
            PULUMI_CONFIG: JSON.stringify(withConfigInKeys(identity.config)),
            PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(identity.secretConfigKeys.map(withConfigInKey)),
            ...(project.typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
            ...(project.tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: project.tsconfig }),
        },
    });
}

/** Waits for the program's end and tells, as diagnostics, what it printed and why it failed. */
export async function programEnd(child: Child, state: StackState): Promise<void> {
    const { code, signal } = await child.exit;
    for (const line of lines(child.stdout)) state.tell("info", line);
    const stderr = lines(child.stderr).join("\n");
    if (code === 0) {
        if (stderr !== "") state.tell("warning", stderr);
    } else if (code !== TOLD || !state.failed) {
        const how = signal === null ? `ended with exit code ${String(code)}` : `was ended by ${signal}`;
        state.error(stderr === "" ? `The program ${how}` : `The program ${how}:\n${stderr}`);
    } else if (stderr !== "") state.error(stderr);
}

export function identityOf(
    project: Project,
    configuration: StackConfiguration,
    organization: string,
): StackIdentity {
    return {
        organization,
        project: project.name,
        stack: configuration.stack,
        config: configuration.values,
        secretConfigKeys: configuration.secretKeys,
    };
}

/** @throws {PreviewFault} when the SDK is not installed where the program would look for it. */
export function resolveFrom(directory: string, module: string): string {
    try {
        return createRequire(`${directory}/package.json`).resolve(module);
    } catch {
        throw new PreviewFault(`'${module}' is not installed for ${directory}: run 'npm ci'`);
    }
}

/** Programs get `namespace:config:name`, an older form of the key. */
function withConfigInKeys(config: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(Object.entries(config).map(([key, value]) => [withConfigInKey(key), value]));
}

function withConfigInKey(key: string): string {
    return key.replace(":", ":config:");
}

function lines(text: string): string[] {
    return text
        .split("\n")
        .map((line) => line.trimEnd())
        .filter((line) => line !== "");
}
