import { existsSync } from "node:fs";
import path from "node:path";

import { renderStacks, type Rendering } from "../preview";
import { ExitCode } from "./exit-code";
import { Progress } from "./progress";

export interface PreviewCommand {
    readonly stack: readonly string[];
    readonly policyPack: readonly string[];
    readonly policies: boolean;
    readonly json?: boolean;
}

/** Runs `preview` for the project around this file, and prints what it shows. */
export async function preview(command: PreviewCommand): Promise<ExitCode> {
    const directory = path.resolve(__dirname, "..");
    const progress = new Progress(process.stderr);
    const renderings = await renderStacks({
        directory: existsSync("Pulumi.yaml") ? process.cwd() : directory,
        stacks: command.stack,
        policyPacks: command.policies ? packs(command.policyPack, directory) : [],
        passphrase: process.env["PULUMI_CONFIG_PASSPHRASE"],
        onProgress: (stack, resources) => {
            progress.show(stack, resources);
        },
    }).finally(() => {
        progress.end();
    });
    if (command.json === true) process.stdout.write(`${JSON.stringify(renderings, null, 2)}\n`);
    else for (const rendering of renderings) print(rendering);
    return exitCode(renderings);
}

function packs(given: readonly string[], directory: string): readonly string[] {
    if (given.length > 0) return given;
    const own = path.join(directory, "policies");
    return existsSync(path.join(own, "PulumiPolicy.yaml")) ? [own] : [];
}

export function exitCode(renderings: readonly Rendering[]): ExitCode {
    if (renderings.some(({ complete }) => !complete)) return ExitCode.wrong;
    const mandatory = renderings.some(({ violations }) => violations.some(({ level }) => level === "mandatory"));
    return mandatory ? ExitCode.violated : ExitCode.clean;
}

function print(rendering: Rendering): void {
    const lines = [`${rendering.stack}: ${rendering.resources.length} resources`];
    for (const { severity, message } of rendering.diagnostics) lines.push(`  ${severity}: ${message}`);
    for (const { policy, level, message } of rendering.violations) lines.push(`  ${level} ${policy}: ${message}`);
    process.stdout.write(`${lines.join("\n")}\n`);
}
