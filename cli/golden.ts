import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

import { renderStacks } from "../preview";
import type { Rendering } from "../preview";
import { GOLDEN_FILES } from "../preview/golden";
import { ExitCode } from "./exit-code";

/** Where the committed renderings are. */
export const GOLDEN_DIRECTORY = path.join(__dirname, "../test/golden");

/**
 * Runs `golden`: writes the committed rendering of every stack anew. A stack whose program fails changes nothing, of
 * any stack.
 */
export async function golden(directory = GOLDEN_DIRECTORY): Promise<ExitCode> {
    const renderings = await renderForGolden();
    const failed = renderings.filter(({ complete }) => !complete);
    for (const { stack, diagnostics } of failed) {
        const errors = diagnostics
            .filter(({ severity }) => severity === "error")
            .map(({ message }) => message);
        process.stderr.write(`${stack}: the program failed, so nothing was written.\n${errors.join("\n")}\n`);
    }
    if (failed.length > 0) return ExitCode.wrong;
    mkdirSync(directory, { recursive: true });
    for (const rendering of renderings) {
        for (const [name, text] of goldenFiles(rendering)) {
            const file = path.join(directory, name);
            process.stdout.write(
                `${replaceFile(file, text) ? "written  " : "unchanged"} test/golden/${name}\n`,
            );
        }
    }
    return ExitCode.clean;
}

/** Every stack, without policies and without a passphrase: the same on every machine. */
export function renderForGolden(): Promise<readonly Rendering[]> {
    const directory = path.join(__dirname, "..");
    return renderStacks({ directory, stacks: [], policyPacks: [] });
}

/** Name and content of each file of a stack. */
export function goldenFiles(rendering: Rendering): readonly (readonly [name: string, text: string])[] {
    return Object.entries(GOLDEN_FILES).map(([ending, text]) => [
        `${rendering.stack}${ending}`,
        text(rendering),
    ]);
}

/** Whole or not at all: a reader never sees half a file. */
function replaceFile(file: string, text: string): boolean {
    if (currentText(file) === text) return false;
    const temporary = `${file}.${process.pid}.tmp`;
    writeFileSync(temporary, text);
    renameSync(temporary, file);
    return true;
}

function currentText(file: string): string | undefined {
    try {
        return readFileSync(file, "utf8");
    } catch {
        return undefined;
    }
}
