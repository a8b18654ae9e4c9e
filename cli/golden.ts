import path from "node:path";

import { renderStacks } from "../preview";
import type { Rendering } from "../preview";
import { goldenFiles } from "../preview/golden";
import { readIfThere, replaceFiles } from "../rotation/files";
import { ExitCode } from "./exit-code";
import type { WritingCommand } from "./options";
import { withProgress } from "./progress";

/** Where the committed renderings are. */
export const GOLDEN_DIRECTORY = path.join(__dirname, "../test/golden");

/**
 * Runs `golden`: writes the committed rendering of every stack anew. A stack whose program fails changes nothing, of
 * any stack.
 */
export async function golden(
    { quiet = false }: WritingCommand = {},
    directory = GOLDEN_DIRECTORY,
): Promise<ExitCode> {
    const renderings = await withProgress(renderForGolden);
    const failed = renderings.filter(({ complete }) => !complete);
    for (const { stack, diagnostics } of failed) {
        const errors = diagnostics
            .filter(({ severity }) => severity === "error")
            .map(({ message }) => message);
        process.stderr.write(`${stack}: the program failed, so nothing was written.\n${errors.join("\n")}\n`);
    }
    if (failed.length > 0) return ExitCode.wrong;
    const changes = goldenFiles(renderings).map(([name, after]) => {
        const file = path.join(directory, name);
        return { name, file, before: readIfThere(file), after };
    });
    replaceFiles(changes.filter(({ before, after }) => before !== after));
    if (quiet) return ExitCode.clean;
    for (const { name, before, after } of changes)
        process.stdout.write(`${before === after ? "unchanged" : "written  "} test/golden/${name}\n`);
    return ExitCode.clean;
}

/** Every stack, without policies and without a passphrase: the same on every machine. */
export function renderForGolden(
    onProgress?: (stack: string, resources: number) => void,
): Promise<readonly Rendering[]> {
    const directory = path.join(__dirname, "..");
    return renderStacks({ directory, stacks: [], policyPacks: [], ...(onProgress && { onProgress }) });
}
