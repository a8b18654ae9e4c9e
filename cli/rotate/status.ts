import { markdownTable } from "../../components/domain/markdown";
import { Problems } from "../../components/domain/problems";
import { UserError } from "../../preview/errors";
import { fieldStatuses, type FieldStatus } from "../../rotation/status";
import { ExitCode } from "../exit-code";
import { loadRotation } from "./load";
import { dayOption, type CommonOptions } from "./options";

export interface StatusOptions extends CommonOptions {
    readonly json?: boolean;
    readonly overdue?: boolean;
}

/** Prints age, due day and next step of every field; the exit code says whether one is overdue. */
export async function status(options: StatusOptions): Promise<ExitCode> {
    const problems = new Problems();
    const today = dayOption("--today", options.today, problems);
    if (!problems.empty) throw new UserError("The command 'rotate status'", problems.all);
    const { chosen } = await loadRotation(options.stack);
    const all = chosen.flatMap((stack) => fieldStatuses(stack, today));
    const overdue = all.filter((each) => each.overdue);
    const shown = options.overdue === true ? overdue : all;
    process.stdout.write(
        options.json === true ? `${JSON.stringify({ today, fields: shown }, null, 2)}\n` : table(shown),
    );
    if (options.json !== true) {
        const unset = all.filter(({ generation }) => generation === null).length;
        process.stdout.write(
            `\n${today}: ${String(all.length)} fields, ${String(overdue.length)} overdue, ` +
                `${String(unset)} that nobody recorded yet\n`,
        );
    }
    return overdue.length > 0 ? ExitCode.violated : ExitCode.clean;
}

function table(rows: readonly FieldStatus[]): string {
    const head = ["stack", "field", "class", "generations", "since", "age", "due", "next step"];
    return `${markdownTable(
        head,
        rows.map((row) => [
            row.stack,
            row.field,
            row.class,
            row.generations ?? "not recorded",
            row.since ?? "",
            row.ageDays === null ? "" : `${String(row.ageDays)} d`,
            row.due === null ? "" : row.overdue ? `${row.due} OVERDUE` : row.due,
            row.next === null ? "" : `${row.next.step} from ${row.next.earliest}`,
        ]),
    )}\n`;
}
