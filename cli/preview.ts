import { existsSync } from "node:fs";
import path from "node:path";

import { renderStacks, type Rendering } from "../preview";
import { isolationFindings, type IsolationFinding } from "../preview/isolation";
import { printReport, toJson, verdict } from "../preview/report";
import { dayOf } from "./day";
import { ExitCode } from "./exit-code";
import { projectDirectory } from "./project-directory";
import { withProgress } from "./progress";
import type * as Since from "./rotate/since";
import { terminalOf } from "./terminal";

export interface PreviewCommand {
    readonly stack: readonly string[];
    readonly policyPack: readonly string[];
    readonly policies: boolean;
    readonly json?: boolean;
    /** A commit whose ledgers are what is deployed, such as `origin/main`. */
    readonly base?: string;
    /** The day to reckon from. */
    readonly today?: string;
    /** Every resource, identity and command instead of counts. */
    readonly verbose?: boolean;
    /** What is wrong, and the verdict. */
    readonly quiet?: boolean;
}

/** Runs `preview` for the project around this file, and prints what it shows. */
export async function preview(command: PreviewCommand): Promise<ExitCode> {
    const directory = path.resolve(__dirname, "..");
    const since = await rotationOf(command);
    const today = command.today === undefined ? undefined : dayOf(command.today);
    const rendered = await withProgress((onProgress) =>
        renderStacks({
            directory: projectDirectory(),
            stacks: command.stack,
            policyPacks: command.policies ? packs(command.policyPack, directory) : [],
            passphrase: process.env["PULUMI_CONFIG_PASSPHRASE"],
            today,
            onProgress,
        }),
    );
    const renderings = rendered.map((each) => ({ ...each, ...since(each.stack) }));
    const isolation = command.policies ? isolationFindings(renderings) : [];
    const text =
        command.json === true
            ? `${JSON.stringify(toJson(renderings, isolation), null, 2)}\n`
            : report(command, renderings, isolation);
    process.stdout.write(text);
    return exitCode(renderings, isolation);
}

/** What rotates in each stack since a commit; loaded only when one is named. */
async function rotationOf({
    base,
    stack,
    today,
}: PreviewCommand): Promise<(name: string) => Pick<Rendering, "rotation">> {
    if (base === undefined) return () => ({});
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is asked for, not before
    const { rotationSince } = require("./rotate/since") as typeof Since;
    const found = await rotationSince(base, stack, today);
    return (name) => {
        const rotation = found.get(name);
        return rotation === undefined ? {} : { rotation };
    };
}

function packs(given: readonly string[], directory: string): readonly string[] {
    if (given.length > 0) return given;
    const own = path.join(directory, "policies");
    return existsSync(path.join(own, "PulumiPolicy.yaml")) ? [own] : [];
}

export function exitCode(renderings: readonly Rendering[], isolation: readonly IsolationFinding[]): ExitCode {
    const codes = { clean: ExitCode.clean, failed: ExitCode.wrong, violated: ExitCode.violated } as const;
    return codes[verdict(renderings, isolation)];
}

function report(
    { verbose, quiet = false }: PreviewCommand,
    renderings: readonly Rendering[],
    isolation: readonly IsolationFinding[],
): string {
    const options = { ...terminalOf(), quiet, tree: verbose === true ? "full" : "folded" } as const;
    return printReport(renderings, options, isolation);
}
