import type { AccessMatrix, Cell, Entry, Identity } from "./types";

/**
 * The matrix as text that diffs well: one paragraph an entry, one line an identity, no column whose width depends on
 * another line.
 */
export function accessText(matrix: AccessMatrix): string {
    const byEntry = new Map<Entry, Cell[]>(matrix.entries.map((entry) => [entry, []]));
    for (const cell of matrix.cells) byEntry.get(cell.entry)?.push(cell);
    const paragraphs = [...byEntry].map(([entry, cells]) => [heading(entry), ...cells.map(line)].join("\n"));
    const readers = new Set(
        matrix.cells.filter(({ decision }) => decision !== "denied").map((cell) => cell.identity),
    );
    const idle = matrix.identities.filter((identity) => !readers.has(identity));
    return [
        `Who may read what in ${matrix.stack}: who is not listed under an entry may not read it.`,
        ...paragraphs,
        section(
            "Identities that read nothing",
            idle.map((identity) => `${identity.system} ${nameWith(identity)}`),
        ),
        section(
            "Findings",
            matrix.findings.map(({ kind, message }) => `${kind}: ${message}`),
        ),
        section("Not evaluated", matrix.gaps),
    ]
        .filter((part) => part !== "")
        .join("\n\n")
        .concat("\n");
}

function heading({ store, path, documents }: Entry): string {
    return `${store} ${path}${documents.length === 0 ? "" : ` = ${documents.join(", ")}`}`;
}

/** One line for one identity, with all that decided: a changed grant changes this line and no other. */
function line({ identity, decision, by, reason }: Cell): string {
    const because = [
        by.length === 0 ? "" : ` by ${by.join(" + ")}`,
        reason === undefined ? "" : `: ${reason}`,
    ];
    return `    ${decision} ${nameWith(identity)}${because.join("")}`;
}

function nameWith({ name, kind, serviceAccounts }: Identity): string {
    const others = serviceAccounts.filter((account) => account !== name);
    return `${kind} ${name}${others.length === 0 ? "" : ` (${others.join(", ")})`}`;
}

function section(title: string, lines: readonly string[]): string {
    return lines.length === 0 ? "" : [`${title}:`, ...lines.map((each) => `    ${each}`)].join("\n");
}
