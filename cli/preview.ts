import { existsSync } from "node:fs";
import path from "node:path";

import picocolors from "picocolors";

import { renderStacks, type Rendering } from "../preview";
import { printReport, toJson, verdict } from "../preview/report";
import { ExitCode } from "./exit-code";
import { Progress } from "./progress";

export interface PreviewCommand {
    readonly stack: readonly string[];
    readonly policyPack: readonly string[];
    readonly policies: boolean;
    readonly json?: boolean;
    /** Every resource, identity and command instead of counts. */
    readonly verbose?: boolean;
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
    const text =
        command.json === true
            ? `${JSON.stringify(toJson(renderings), null, 2)}\n`
            : report(command, renderings);
    process.stdout.write(text);
    return exitCode(renderings);
}

function packs(given: readonly string[], directory: string): readonly string[] {
    if (given.length > 0) return given;
    const own = path.join(directory, "policies");
    return existsSync(path.join(own, "PulumiPolicy.yaml")) ? [own] : [];
}

export function exitCode(renderings: readonly Rendering[]): ExitCode {
    const codes = { clean: ExitCode.clean, failed: ExitCode.wrong, violated: ExitCode.violated } as const;
    return codes[verdict(renderings)];
}

function report({ verbose }: PreviewCommand, renderings: readonly Rendering[]): string {
    const { isTTY, columns } = process.stdout;
    return printReport(renderings, {
        // A pipe has no width.
        ...(isTTY ? { columns } : {}),
        color: isTTY && picocolors.isColorSupported,
        tree: verbose === true ? "full" : "folded",
    });
}
