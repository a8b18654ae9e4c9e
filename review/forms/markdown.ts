import { markdownTable } from "../../components/domain/markdown";
import type { Review } from "../review";
import { headline } from "./headline";
import { escaped, markdownText } from "./markdown-text";
import type { FormOptions } from "./options";
import { sectionsOf } from "./sections";
import type { Item, Section } from "./sections";
import { and, plain } from "./text";

/** By its first line a comment is found again, so that the next review takes its place. */
export const STICKY_MARKER = "<!-- strongroom-review -->";

const DEFAULT_LIMIT_CHARS = 65_000;
const DEFAULT_WHOLE = "the review in the terminal, as JSON or as a page";
/** Items that are in sight; the others open on a click. */
const IN_SIGHT = 12;

/** How much is told: items of a list, and characters of a part of a sentence. The first that fits is taken. */
const MEASURES = [
    { items: Infinity, below: Infinity, clipChars: 2_000 },
    { items: 200, below: 10, clipChars: 500 },
    { items: 50, below: 5, clipChars: 300 },
    { items: 20, below: 3, clipChars: 200 },
    { items: 8, below: 1, clipChars: 160 },
    { items: 3, below: 0, clipChars: 100 },
    { items: 1, below: 0, clipChars: 60 },
] as const;
interface Measure {
    readonly items: number;
    readonly below: number;
    readonly clipChars: number;
}

/**
 * For the comment on a pull request. Never longer than asked for: lists are cut before sections are, and what stands
 * against a merge goes last; what was cut is said.
 */
export function markdown(review: Review, options: FormOptions = {}): string {
    const { limitChars = DEFAULT_LIMIT_CHARS, whole = DEFAULT_WHOLE } = options;
    const sections = sectionsOf(review);
    const first = `**${escaped(headline(review))}.**`;
    const several = review.stacks.length > 1;
    const cut = `_Cut to fit: ${escaped(plain(whole))} has all of it._`;
    const page = (parts: readonly string[]): string =>
        `${[`${STICKY_MARKER}\n${first}`, ...parts].join("\n\n")}\n`;
    let parts: readonly string[] = [];
    for (const [at, measure] of MEASURES.entries()) {
        parts = sections.map((section) => sectionText(section, measure, several));
        const isCut = at > 0 && sections.some((section) => isLonger(section, measure));
        const text = page(isCut ? [...parts, cut] : parts);
        if (text.length <= limitChars) return text;
    }
    while (parts.length > 0) {
        const left = sections.slice(parts.length).map(({ title }) => title.split(":")[0] ?? title);
        const missing = left.length === 0 ? [] : [`Left out: ${escaped(left.join(", "))}.`];
        const text = page([...parts, ...missing, cut]);
        if (text.length <= limitChars) return text;
        parts = parts.slice(0, -1);
    }
    return `${STICKY_MARKER}\n${cut}\n`.slice(0, limitChars);
}

/** True where the measure leaves something out. */
const isLonger = ({ items, commands = [] }: Section, measure: Measure): boolean =>
    Math.max(items.length, commands.length) > measure.items ||
    items.some(
        ({ text, below }) =>
            below.length > measure.below ||
            [text, ...below].some((each) =>
                each.some((span) => (typeof span === "string" ? span : span.code).length > measure.clipChars),
            ),
    );

function sectionText(section: Section, measure: Measure, several: boolean): string {
    const { title, tone, items, isFolded = false, table, commands = [], remark } = section;
    const lines = items.slice(0, measure.items).map((item) => itemText(item, measure, several));
    const left = items.length - lines.length;
    const rest = left > 0 ? [`- and ${String(left)} more`] : [];
    const blocks = [
        ...(isFolded ? [details(title, [...lines, ...rest])] : []),
        ...(isFolded || lines.length === 0 ? [] : [listText(lines, rest)]),
        ...(table === undefined ? [] : [tableText(table, measure)]),
        ...(remark === undefined ? [] : [markdownText(remark, measure.clipChars)]),
        ...(commands.length === 0 ? [] : [fenced(commands.slice(0, measure.items))]),
    ];
    const mark = { bad: "⛔ ", warn: "⚠️ ", plain: "" }[tone];
    const heading = isFolded ? [] : [`**${mark}${escaped(plain(title))}**`];
    return [...heading, ...blocks].join("\n\n");
}

/** A long list shows its beginning. */
function listText(lines: readonly string[], rest: readonly string[]): string {
    if (lines.length <= IN_SIGHT + 1) return [...lines, ...rest].join("\n");
    const hidden = lines.slice(IN_SIGHT);
    return [
        lines.slice(0, IN_SIGHT).join("\n"),
        details(`${String(hidden.length)} more`, [...hidden, ...rest]),
    ].join("\n\n");
}

/** The empty lines make Markdown of what is in the element. */
const details = (summary: string, lines: readonly string[]): string =>
    [`<details><summary>${escaped(plain(summary))}</summary>`, lines.join("\n"), "</details>"].join("\n\n");

function itemText(
    { stacks, text, below }: Item,
    { below: most, clipChars }: Measure,
    several: boolean,
): string {
    const where = several && stacks.length > 0 ? `**${escaped(plain(and(stacks)))}**: ` : "";
    const shown = below.slice(0, most).map((each) => `  - ${markdownText(each, clipChars)}`);
    const left = below.length - shown.length;
    const rest = left > 0 && most > 0 ? [`  - and ${String(left)} more`] : [];
    return [`- ${where}${markdownText(text, clipChars)}`, ...shown, ...rest].join("\n");
}

const tableText = ({ head, rows }: NonNullable<Section["table"]>, { clipChars, items }: Measure): string =>
    markdownTable(
        head,
        rows.slice(0, items).map((row) => row.map((cell) => markdownText(cell, clipChars))),
    );

/** Commands as they are copied: the fence is longer than any run of backticks in them. */
function fenced(commands: readonly string[]): string {
    const text = commands.map(plain).join("\n");
    const longest = Math.max(2, ...Array.from(text.matchAll(/`+/gu), ([run]) => run.length));
    const fence = "`".repeat(longest + 1);
    return `${fence}sh\n${text}\n${fence}`;
}
