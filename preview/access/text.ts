import { addTo } from "../../components/domain/grouped";
import { counted } from "../../components/domain/counted";
import type { AccessMatrix, Cell, Edge, Entry, Identity, Questions } from "./types";
import type { Verb } from "./verbs";

/**
 * The matrix as text that diffs well: a paragraph an entry, a line for each identity that a statement lets do a verb,
 * below it a line for each that may by becoming it, and no column whose width depends on another line.
 */
export function accessText(matrix: AccessMatrix): string {
    const { entries, cells, identities, edges, findings } = matrix;
    const byEntry = new Map<Entry, Cell[]>();
    for (const cell of cells) addTo(byEntry, cell.entry, cell);
    const able = new Set(
        cells.filter(({ decision }) => decision !== "denied").map(({ identity }) => identity),
    );
    const idle = identities.filter((each) => each.stack === matrix.stack && !able.has(each));
    const denied = cells.filter(({ decision }) => decision === "denied");
    return [
        heading(matrix),
        section("Who may become whom", trustLines(edges)),
        ...stores(entries).map(([title, some]) =>
            [title, ...some.map((entry) => paragraph(entry, byEntry.get(entry) ?? []))].join("\n\n"),
        ),
        section(
            "Granted, but denied",
            denied.map(
                ({ identity, entry, verb, by, reason = "" }) =>
                    `${verb} ${titleOf(entry)}: ${nameOf(identity)} by ${by.join(" + ")}: ${reason}`,
            ),
        ),
        section("Identities that may do nothing here", idle.map(nameOf)),
        section(
            "Findings",
            findings.map(({ kind, message, place, fix }) => `${kind}: ${place}: ${message}. ${fix}.`),
        ),
    ]
        .filter((part) => part !== "")
        .join("\n\n")
        .concat("\n");
}

function heading({
    stack,
    environment,
    identities,
    entries,
    questions,
    foreign,
    askedStacks,
}: AccessMatrix): string {
    const own = identities.filter((each) => each.stack === stack).length;
    const strangers = identities.filter((each) => each.stack === undefined).length;
    const others = identities.length - own - strangers;
    const kinds = [`${own} of it`, `${others} of other stacks`, `${strangers} that only a grant names`];
    const elsewhere = askedStacks.filter((each) => each !== stack);
    return [
        `Who may do what with the entries of ${stack}: who is not listed may not.`,
        `${counted(identities.length, "identity", "identities")} (${kinds.join(", ")}), ${counted(entries.length, "entry", "entries")}, ${sum(questions)}.`,
        `${questions.evaluated} evaluated statement by statement; the others are about entries that no statement for the identity reaches, or a store where it is nobody.`,
        elsewhere.length === 0
            ? "No other stack was asked."
            : foreign.allowed + foreign.undecided === 0
              ? `No identity of another environment than ${environment} may do anything: ${sum(foreign)}.`
              : `Identities of another environment than ${environment}: ${sum(foreign)}.`,
    ].join("\n");
}

const sum = ({ asked, allowed, denied, undecided }: Questions): string =>
    `${counted(asked, "question")}: ${allowed} allowed, ${denied} denied, ${undecided} undecided`;

/** Entries by store and realm, under a title of their own. */
function stores(entries: readonly Entry[]): readonly (readonly [title: string, entries: readonly Entry[]])[] {
    const groups = new Map<string, Entry[]>();
    for (const entry of entries)
        addTo(groups, `== ${entry.store}${entry.realm === undefined ? "" : `, ${entry.realm}`}`, entry);
    return [...groups];
}

function paragraph(entry: Entry, cells: readonly Cell[]): string {
    const nobody = entry.verbs.filter((verb) => openTo(cells, verb).length === 0);
    const lines = entry.verbs.flatMap((verb) => {
        const open = openTo(cells, verb);
        return open.length === 0 ? [] : [`    ${verb}`, ...grouped(open)];
    });
    const rest = nobody.length === 0 ? [] : [`    nobody: ${nobody.join(", ")}`];
    return [titleOf(entry), ...lines, ...rest].join("\n");
}

const openTo = (cells: readonly Cell[], verb: Verb): readonly Cell[] =>
    cells.filter((cell) => cell.verb === verb && cell.decision !== "denied");

function titleOf({ path, documents }: Entry): string {
    return `${path}${documents.length === 0 ? "" : ` = ${documents.join(", ")}`}`;
}

/** Whom the statements allow, each followed by those who may by becoming them. */
function grouped(cells: readonly Cell[]): readonly string[] {
    const holders = new Map<Identity, Cell[]>();
    for (const cell of cells) addTo(holders, cell.via.at(-1) ?? cell.identity, cell);
    return [...holders].flatMap(([holder, some]) => {
        const [first] = some.filter(({ via }) => via.length === 0).concat(some);
        const { by = [], reason } = first ?? {};
        const because = `${nameOf(holder)} by ${by.join(" + ")}${reason === undefined ? "" : ` (${reason})`}`;
        const others = some
            .filter(({ via }) => via.length > 0)
            .map(({ identity, via, decision }) => {
                const between = via.slice(0, -1).map((each) => ` via ${nameOf(each)}`);
                return `            <- ${decision === "undecided" ? "undecided " : ""}${nameOf(identity)}${between.join("")}`;
            });
        const doubt = first?.decision === "undecided" ? "undecided " : "";
        return [`        ${doubt}${because}`, ...others];
    });
}

/** `role api`, with the realm where names alone don't tell. */
export const nameOf = ({ system, kind, name, realm }: Identity): string =>
    system === "kubernetes" && realm !== undefined ? `${kind} ${name} on ${realm}` : `${kind} ${name}`;

function trustLines(edges: readonly Edge[]): readonly string[] {
    const byTarget = new Map<Identity, Edge[]>();
    for (const edge of edges) addTo(byTarget, edge.to, edge);
    return [...byTarget].flatMap(([to, some]) => {
        const from = some.map(
            (each) =>
                `    <- ${each.decision === "undecided" ? "undecided " : ""}${nameOf(each.from)} by ${each.by.join(" + ")}`,
        );
        return [nameOf(to), ...new Set(from)];
    });
}

function section(title: string, lines: readonly string[]): string {
    return lines.length === 0 ? "" : [`${title}:`, ...lines.map((each) => `    ${each}`)].join("\n");
}
