import type { AccessMatrix, Cell, Entry, Identity } from "../access";
import { order } from "../access/estate";
import { counted } from "../../components/domain/counted";
import { filled, listed, padded, wordsOf } from "./layout";
import type { Style } from "./style";

/** Who may read what, an identity a paragraph; then what needs a second look. */
export function accessSection(matrix: AccessMatrix, style: Style): readonly string[] {
    const { entries, findings } = matrix;
    const identities = matrix.identities.filter(({ stack }) => stack === undefined || stack === matrix.stack);
    if (entries.length === 0 && identities.length === 0 && findings.length === 0) return [];
    const cells = matrix.cells.filter(({ verb }) => verb === "read");
    const allowed = grouped(cells.filter(({ decision, via }) => decision === "allowed" && via.length === 0));
    const refused = matrix.cells.filter(({ decision }) => decision === "denied");
    const readers = new Set(
        cells.flatMap(({ decision, identity }) => (decision === "allowed" ? [identity] : [])),
    );
    const documents = entries.filter(({ kind, isReplica }) => kind === "document" && isReplica !== true);
    const title = `Who may read (${counted(readers.size, "identity", "identities")}, ${counted(documents.length, "entry", "entries")})`;
    return [
        style.bold(title),
        ...[...allowed].flatMap(([actor, reads]) => actorLines(actor, reads, style)),
        ...unreadLine(cells, documents, style),
        ...(style.full ? idleLine(identities, readers, style) : []),
        ...questionLine(matrix, style),
        ...notes("Granted, but denied", refused.map(cellText), style.warn, style),
        ...notes(
            "Declared and granted differ",
            findings.map(({ place, message, fix }) => `${place}: ${message}. ${fix}.`),
            style.bad,
            style,
        ),
        "",
    ];
}

/** What was asked beyond reading, and of whom: the tables in `test/golden` have each answer. */
function questionLine({ questions, foreign, askedStacks }: AccessMatrix, style: Style): readonly string[] {
    const { asked, allowed, undecided } = questions;
    const open = undecided === 0 ? "" : `, ${undecided} undecided`;
    const others =
        askedStacks.length === 1
            ? "no other stack was asked"
            : `${foreign.allowed + foreign.undecided} of ${foreign.asked} for another environment`;
    const text = `of ${asked} questions, who may do what, ${allowed} are allowed${open}; ${others}`;
    return filled("  ", "      ", wordsOf(style.faint(text)), style.columns);
}

/** Lines of one kind of note that a folded report shows; the rest is counted. */
const FOLDED_NOTES = 10;

/** A list that is worth a look: never folded to nothing, so that a problem can't hide behind a count of zero. */
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

/** What each identity reads, by who acts as it: the service account where it is one alone, else the identity. */
function grouped(cells: readonly Cell[]): ReadonlyMap<string, ReadonlyMap<Identity, readonly Entry[]>> {
    const groups = new Map<string, Map<Identity, Entry[]>>();
    for (const { identity, entry } of cells) {
        const actor = actorOf(identity);
        const group = groups.get(actor) ?? new Map<Identity, Entry[]>();
        groups.set(actor, group);
        const entries = group.get(identity);
        if (entries === undefined) group.set(identity, [entry]);
        else entries.push(entry);
    }
    return new Map([...groups].sort(([a], [b]) => order(a, b)));
}

/** A service account is what people know; the roles that it assumes are named beside it. */
function actorOf({ serviceAccounts, kind, name }: Identity): string {
    const [only, ...others] = serviceAccounts;
    return only !== undefined && others.length === 0 ? only : `${kind} ${name}`;
}

/** Entries of one identity that a folded report shows. */
const FOLDED_ENTRIES = 25;

/** One actor, a line a system: on AWS as its role, on the cluster as itself. */
function actorLines(
    actor: string,
    reads: ReadonlyMap<Identity, readonly Entry[]>,
    style: Style,
): readonly string[] {
    return [
        `  ${actor}`,
        ...[...reads].flatMap(([identity, entries]) => {
            const { system, name, kind, serviceAccounts } = identity;
            const others = serviceAccounts.filter((account) => account !== name && account !== actor);
            const as = name === actor || actor === `${kind} ${name}` ? [] : [`as ${name}`];
            const of = others.length === 0 ? [] : [`of ${others.join(", ")}`];
            const who = [...as, ...of].map((text) => style.faint(`${text}:`));
            return filled(
                `      ${padded(system, 10)}  `,
                " ".repeat(10),
                [...who, ...entryWords(entries, style)],
                style.columns,
            );
        }),
    ];
}

/** Secrets by name; configuration counted, since nobody reviews who reads a region's name. */
function entryWords(entries: readonly Entry[], style: Style): readonly string[] {
    const named = style.full ? entries : entries.filter(({ isSecret }) => isSecret);
    const shown = style.full ? named : named.slice(0, FOLDED_ENTRIES);
    const more = named.length - shown.length;
    const config = entries.length - named.length;
    return listed([
        ...shown.map(entryText),
        ...(more === 0 ? [] : [`${more} more`]),
        ...(config === 0 ? [] : [counted(config, "configuration value")]),
    ]);
}

/** The document where one stands behind the entry, which people know better than its path. */
const entryText = ({ documents, path, system }: Entry): string =>
    documents.length === 0 || system === "kubernetes" ? path : documents.join("+");

/** Entries that no identity reads: often right (set by hand, kept for the store), sometimes a forgotten grant. */
function unreadLine(cells: readonly Cell[], entries: readonly Entry[], style: Style): readonly string[] {
    const read = new Set(cells.filter(({ decision }) => decision !== "denied").map(({ entry }) => entry));
    const unread = entries.filter((entry) => !read.has(entry));
    if (unread.length === 0) return [];
    const title = style.faint(`nobody reads (${unread.length})`);
    return filled(`  ${title}  `, "      ", entryWords(unread, style), style.columns);
}

function idleLine(
    identities: readonly Identity[],
    readers: ReadonlySet<Identity>,
    style: Style,
): readonly string[] {
    const idle = identities.filter((identity) => !readers.has(identity)).map(({ name }) => name);
    return idle.length === 0
        ? []
        : filled(`  ${style.faint("reads nothing")}  `, "      ", listed(idle), style.columns);
}

function cellText({ identity, entry, verb, by, reason }: Cell): string {
    return `${identity.name}, ${verb} on ${entry.path}${by.length === 0 ? "" : ` by ${by.join(" + ")}`}: ${reason ?? "no reason"}`;
}
