import path from "node:path";

import { ruleRows, ruleTable, withTable } from "../policies/table";
import { readIfThere, replaceFiles } from "../rotation/files";
import { ExitCode } from "./exit-code";

/** The page with the table, from the root of the project. */
const PAGE = "policies/README.md";

export interface PoliciesCommand {
    readonly json?: boolean;
    readonly write?: boolean;
    /** Nothing is printed of what was written. */
    readonly quiet?: boolean;
}

/** Prints the rules of the pack as a Markdown table or as JSON, or writes the table into its page. */
export function printPolicies({ json = false, write = false, quiet = false }: PoliciesCommand): ExitCode {
    const rows = ruleRows();
    const table = ruleTable(rows);
    if (write) {
        const file = path.resolve(__dirname, "..", PAGE);
        const before = readIfThere(file) ?? "";
        const after = withTable(before, table);
        if (after !== before) replaceFiles([{ file, before, after }]);
        if (!quiet) process.stdout.write(`${before === after ? "unchanged" : "written  "} ${PAGE}\n`);
        return ExitCode.clean;
    }
    process.stdout.write(json ? `${JSON.stringify(rows, null, 2)}\n` : `${table}\n`);
    return ExitCode.clean;
}
