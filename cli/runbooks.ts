import path from "node:path";

import { loadRotation } from "./rotate/load";
import { runbooks } from "../rotation/runbooks";
import { writeFolder } from "../rotation/runbooks/write";
import { catalogue } from "../stacks/catalogue";
import { ExitCode } from "./exit-code";
import type { WritingCommand } from "./options";

/** Where the runbooks are, from the root of the project. */
const RUNBOOKS = "runbooks";

/** Runs `runbooks`: writes every page anew. A project with a mistake changes none. */
export async function writeRunbooks({ quiet = false }: WritingCommand = {}): Promise<ExitCode> {
    const { directory, stacks } = await loadRotation([]);
    const pages = runbooks(catalogue, stacks);
    const { written, removed, unchanged } = writeFolder(path.join(directory, RUNBOOKS), pages);
    if (quiet) return ExitCode.clean;
    for (const name of written) process.stdout.write(`written  ${RUNBOOKS}/${name}\n`);
    for (const name of removed) process.stdout.write(`removed  ${RUNBOOKS}/${name}\n`);
    process.stdout.write(`${String(unchanged)} of ${String(pages.size)} pages were as they are now\n`);
    return ExitCode.clean;
}
