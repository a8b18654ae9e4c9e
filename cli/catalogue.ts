import { catalogue } from "../stacks/catalogue";
import { catalogueRows, catalogueTable } from "../stacks/catalogue-table";
import { ExitCode } from "./exit-code";

/** Prints the catalogue as a Markdown table, or as a JSON list of its rows. */
export function printCatalogue({ json = false }: { readonly json?: boolean }): ExitCode {
    const rows = catalogueRows(catalogue);
    process.stdout.write(json ? `${JSON.stringify(rows, null, 2)}\n` : `${catalogueTable(rows)}\n`);
    return ExitCode.clean;
}
