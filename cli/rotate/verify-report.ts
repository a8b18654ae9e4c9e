import { counted } from "../../components/domain/counted";
import { filled, padded, widthOf, wordsOf } from "../../preview/report/layout";
import type { Style } from "../../preview/report/style";
import type { RotatingStack } from "../../rotation/stack";
import type { Verification } from "../../rotation/verify";
import type { FieldEvidence } from "../../rotation/verify/evidence";
import type { Verdict } from "../../rotation/verify/judge";

/** What verify found, as people read it: a line for each consumer and field, then what that means for old values. */
export function verifyReport(
    stacks: readonly RotatingStack[],
    found: readonly Verification[],
    style: Style,
): string {
    const sections = stacks.flatMap((stack, index) => {
        const verification = found[index];
        return verification === undefined ? [] : [section(stack, verification, style).join("\n")];
    });
    return `${sections.join("\n\n")}\n`;
}

function section(stack: RotatingStack, { verdicts, evidence, roles }: Verification, style: Style): string[] {
    const count = (status: Verdict["status"]): number =>
        verdicts.filter((each) => each.status === status).length;
    const [runs, behind, unknown] = [count("runs"), count("behind"), count("unknown")];
    const what = evidence.syncedOnly ? "synced" : "running";
    const title = [
        `${counted(runs, "field")} ${what} as the ledger says`,
        ...(behind === 0 ? [] : [`${String(behind)} behind`]),
        ...(unknown === 0 ? [] : [`${String(unknown)} unknown`]),
    ].join(", ");
    return [
        `${style.bold(stack.stack)}: ${verdicts.length === 0 ? "nobody reads a field that rotates" : title}`,
        ...table(verdicts, evidence.fields, style),
        ...(evidence.syncedOnly ? [] : previousLines(stack, evidence.fields, style)),
        ...roleLines(roles, style),
    ];
}

function table(
    verdicts: readonly Verdict[],
    fields: Readonly<Record<string, FieldEvidence>>,
    style: Style,
): string[] {
    const paint = { runs: style.good, behind: style.bad, unknown: style.warn };
    const rows = verdicts.map(({ consumer, field, status }) => [
        consumer,
        field,
        ledgerText(fields[field]?.ledger),
        paint[status](status),
    ]);
    const all = [["consumer", "field", "ledger", "verdict"], ...rows];
    const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => widthOf(row[column] ?? ""))));
    const line = (row: readonly string[]): string =>
        `  ${row.map((cell, column) => padded(cell, widths[column] ?? 0)).join("  ")}`.trimEnd();
    if (rows.length === 0) return [];
    return [
        style.faint(line(all[0] ?? [])),
        ...rows.flatMap((row, index) => [line(row), ...reason(verdicts[index], verdicts[index + 1], style)]),
    ];
}

/** Told once below the rows that it is about. */
function reason(verdict: Verdict | undefined, following: Verdict | undefined, { columns }: Style): string[] {
    const text = reasonText(verdict);
    if (text === undefined || text === reasonText(following)) return [];
    return filled("      ", "      ", wordsOf(text), columns);
}

function reasonText(verdict: Verdict | undefined): string | undefined {
    if (verdict?.finding === undefined) return undefined;
    const { object, why, since } = verdict.finding;
    return `${object}: ${why}${since === undefined ? "" : `, since ${since}`}`;
}

function ledgerText(ledger: FieldEvidence["ledger"] | undefined): string {
    if (ledger === undefined) return "";
    const { current, next, previous } = ledger;
    return [
        String(current),
        ...(next === undefined ? [] : [`next ${String(next)}`]),
        ...(previous === undefined ? [] : [`previous ${String(previous)}`]),
    ].join(", ");
}

/** Whether the generation before may go, for each field that still has one. */
function previousLines(
    { ledger, fields: known }: RotatingStack,
    fields: Readonly<Record<string, FieldEvidence>>,
    { columns, bold }: Style,
): string[] {
    const lines = Object.entries(ledger).flatMap(([id, { current, previous }]) => {
        const seen = fields[id];
        if (previous === undefined || seen === undefined) return [];
        const old = `generation ${String(previous.generation)}`;
        const waiting = [...seen.behind, ...seen.unknown];
        const isKept = known.get(id)?.rotationClass.encryptsData === true && previous.rewritten === undefined;
        const who =
            seen.runs.length === 0
                ? "no consumer reads it"
                : `every consumer runs generation ${String(current.generation)}`;
        const text =
            waiting.length > 0
                ? `${old} has to stay: ${waiting.join(", ")} ${waiting.length === 1 ? "is" : "are"} not proved to run generation ${String(current.generation)}`
                : isKept
                  ? `${who}; ${old} stays until what it encrypted is written anew: npm run rotate -- rewritten ${id}`
                  : `${who}: npm run rotate -- due retires ${old} from ${previous.until} on`;
        return filled(`  ${id}: `, "      ", wordsOf(text), columns);
    });
    return lines.length === 0 ? [] : ["", bold("Previous generations"), ...lines];
}

function roleLines(roles: readonly string[], { bold }: Style): string[] {
    if (roles.length === 0) return [];
    return [
        "",
        bold("Rights that are missing"),
        "  Bind these to whoever verifies. The right to get a Secret is one to its values too: RBAC knows no other.",
        ...roles.flatMap((role) => ["---", role.trimEnd()]),
    ];
}
