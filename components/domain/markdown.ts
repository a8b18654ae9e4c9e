/** Markdown as prettier leaves it, so that what is generated and what is formatted are the same text. */

/** A table with even columns: reads well in a terminal and in a pull request. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
    const length = (cell = ""): number => Array.from(cell).length;
    const widths = head.map((_, at) => cells.reduce((width, row) => Math.max(width, length(row[at])), 3));
    const line = (row: readonly string[]): string =>
        `| ${widths.map((width, at) => (row[at] ?? "") + " ".repeat(width - length(row[at]))).join(" | ")} |`;
    const [first = [], ...others] = cells;
    return [line(first), line(widths.map((width) => "-".repeat(width))), ...others.map(line)].join("\n");
}

/** A list of one level. */
export const markdownList = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join("\n");

/** A piece of code in a line. */
export const code = (text: string): string => `\`${text}\``;
