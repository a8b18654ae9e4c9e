import { filled, padded, widthOf, wordsOf } from "../../preview/report/layout";
import { styleOf } from "../../preview/report/style";
import type { Style } from "../../preview/report/style";
import type { Review } from "../review";
import { headline } from "./headline";
import type { FormOptions } from "./options";
import { sectionsOf } from "./sections";
import type { Item, Section } from "./sections";
import { and, plain } from "./text";
import type { Text } from "./text";

/** Items of a list that are shown unless all are asked for; of a section that is folded. */
const SHOWN = 12;
const SHOWN_FOLDED = 5;
/** Lines below an item. */
const SHOWN_BELOW = 3;

/** For a terminal: no line is wider than it, but for commands, which are there to be copied. */
export function terminal(
    review: Review,
    { columns, color = false, verbose = false }: FormOptions = {},
): string {
    const style = styleOf({
        ...(columns === undefined ? {} : { columns }),
        color,
        tree: verbose ? "full" : "folded",
    });
    const first = wordsOf(headline(review)).map(style.bold);
    const several = review.stacks.length > 1;
    const lines = [
        ...filled("", "", first, style.columns),
        ...sectionsOf(review).flatMap((section) => ["", ...sectionLines(section, several, style)]),
    ];
    return `${lines.join("\n")}\n`;
}

function sectionLines(section: Section, several: boolean, style: Style): readonly string[] {
    const { title, tone, items, isFolded = false, table, commands = [], remark } = section;
    const paint = { bad: style.bad, warn: style.warn, plain: (text: string) => text }[tone];
    const most = style.full ? Infinity : isFolded ? SHOWN_FOLDED : SHOWN;
    return [
        ...filled(
            "",
            "  ",
            wordsOf(title).map((word) => style.bold(paint(word))),
            style.columns,
        ),
        ...items.slice(0, most).flatMap((item) => itemLines(item, several, style)),
        ...more(items.length - most, "  ", style),
        ...(table === undefined ? [] : tableLines(table)),
        ...(remark === undefined ? [] : filled("  ", "  ", words(remark).map(style.faint), style.columns)),
        ...commands.slice(0, most).map((command) => `    ${plain(command)}`),
        ...more(commands.length - most, "    ", style),
    ];
}

function itemLines({ stacks, text, below }: Item, several: boolean, style: Style): readonly string[] {
    const where = several && stacks.length > 0 ? wordsOf(`${plain(and(stacks))}:`).map(style.bold) : [];
    const most = style.full ? Infinity : SHOWN_BELOW;
    return [
        ...filled("  ", "      ", [...where, ...words(text)], style.columns),
        ...below
            .slice(0, most)
            .flatMap((each) => filled("      ", "        ", words(each).map(style.faint), style.columns)),
        ...more(below.length - most, "      ", style),
    ];
}

const more = (count: number, indent: string, style: Style): readonly string[] =>
    count > 0 ? [style.faint(`${indent}and ${String(count)} more: --verbose`)] : [];

function tableLines({ head, rows }: NonNullable<Section["table"]>): readonly string[] {
    const cells = [head, ...rows.map((row) => row.map((cell) => words(cell).join(" ")))];
    const widths = head.map((_, at) => Math.max(...cells.map((row) => widthOf(row[at] ?? ""))));
    return cells.map((row) =>
        `  ${row.map((cell, at) => padded(cell, widths[at] ?? 0)).join("  ")}`.trimEnd(),
    );
}

const words = (text: Text): readonly string[] =>
    wordsOf(text.map((span) => (typeof span === "string" ? span : span.code)).join(""));
