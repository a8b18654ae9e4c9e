import type { AccessMatrix, Cell, Entry, Identity } from "../access";
import { counted, filled, listed, wordsOf } from "./layout";
import type { Style } from "./style";

/** Who may read what, an identity a paragraph; then what needs a second look. */
export function accessSection(matrix: AccessMatrix, style: Style): readonly string[] {
    const { cells, entries, identities, findings, gaps } = matrix;
    if (entries.length === 0 && identities.length === 0) return [];
    const allowed = grouped(cells.filter(({ decision }) => decision === "allowed"));
    const doubtful = cells.filter(({ decision }) => decision === "undecided");
    const refused = cells.filter(({ decision }) => decision === "denied");
    const title = `Who may read (${counted(allowed.size, "identity", "identities")}, ${counted(entries.length, "entry", "entries")})`;
    return [
        style.bold(title),
        ...[...allowed].flatMap(([identity, entriesRead]) => identityLines(identity, entriesRead, style)),
        ...unreadLine(matrix, style),
        ...(style.full ? idleLine(matrix, allowed, style) : []),
        ...notes("Granted, but denied", refused.map(cellText), style.warn, style),
        ...notes("Undecided", doubtful.map(cellText), style.warn, style),
        ...notes(
            "Declared and granted differ",
            findings.map(({ message }) => message),
            style.bad,
            style,
        ),
        ...notes("Not evaluated", gaps, style.warn, style),
        "",
    ];
}

/** Lines of one kind of note that a folded report shows; the rest is counted. */
const FOLDED_NOTES = 10;

function notes(
    title: string,
    texts: readonly string[],
    paint: (text: string) => string,
    style: Style,
): readonly string[] {
    if (texts.length === 0) return [];
    const shown = style.full ? texts : texts.slice(0, FOLDED_NOTES);
    const hidden = texts.length - shown.length;
    return [
        `  ${paint(`${title} (${texts.length})`)}`,
        ...shown.flatMap((text) => filled("    ", "      ", wordsOf(text), style.columns)),
        ...(hidden === 0 ? [] : [style.faint(`    ${hidden} more: --verbose lists them`)]),
    ];
}

function grouped(cells: readonly Cell[]): ReadonlyMap<Identity, readonly Entry[]> {
    const groups = new Map<Identity, Entry[]>();
    for (const { identity, entry } of cells) {
        const group = groups.get(identity);
        if (group === undefined) groups.set(identity, [entry]);
        else group.push(entry);
    }
    return new Map([...groups].sort(([a], [b]) => (sortKey(a) < sortKey(b) ? -1 : 1)));
}

/** Next to one another: the identities that one service account has on several systems. */
const sortKey = ({ serviceAccounts, system, name }: Identity): string =>
    [serviceAccounts[0] ?? "~", system, name].join(" ");

/** Entries of one identity that a folded report shows. */
const FOLDED_ENTRIES = 25;

function identityLines(identity: Identity, entries: readonly Entry[], style: Style): readonly string[] {
    const { system, kind, name, serviceAccounts } = identity;
    const others = serviceAccounts.filter((account) => account !== name);
    const who = others.length === 0 ? name : `${others.join(", ")} as ${name}`;
    const shown = style.full ? entries : entries.slice(0, FOLDED_ENTRIES);
    const more = entries.length - shown.length;
    const what = [...shown.map(entryText), ...(more === 0 ? [] : [`${more} more`])];
    const how = style.faint(`(${system} ${kind})`);
    return [
        ...filled("  ", "    ", [who, how], style.columns),
        ...filled("      ", "      ", listed(what), style.columns),
    ];
}

/** The document where one stands behind the entry, which people know better than its path. */
const entryText = ({ documents, path, system }: Entry): string =>
    documents.length === 0 || system === "kubernetes" ? path : documents.join("+");

function unreadLine({ cells, entries }: AccessMatrix, style: Style): readonly string[] {
    const read = new Set(cells.filter(({ decision }) => decision !== "denied").map(({ entry }) => entry));
    const unread = entries.filter((entry) => !read.has(entry));
    if (unread.length === 0) return [];
    const shown = style.full ? unread : unread.slice(0, FOLDED_ENTRIES);
    const more = unread.length - shown.length;
    const texts = [...shown.map(entryText), ...(more === 0 ? [] : [`${more} more`])];
    return filled(
        `  ${style.faint(`nobody reads (${unread.length})`)}  `,
        "      ",
        listed(texts),
        style.columns,
    );
}

function idleLine(
    { identities }: AccessMatrix,
    allowed: ReadonlyMap<Identity, unknown>,
    style: Style,
): readonly string[] {
    const idle = identities.filter((identity) => !allowed.has(identity)).map(({ name }) => name);
    return idle.length === 0
        ? []
        : filled(`  ${style.faint("reads nothing")}  `, "      ", listed(idle), style.columns);
}

function cellText({ identity, entry, by, reason }: Cell): string {
    return `${identity.name} on ${entry.path}${by.length === 0 ? "" : ` by ${by.join(" + ")}`}: ${reason ?? "no reason"}`;
}
