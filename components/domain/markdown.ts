/** A Markdown table with even columns: reads well in a terminal and in a pull request. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const escaped = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
    const widths = head.map((cell, at) =>
        escaped.reduce((width, row) => Math.max(width, row[at]?.length ?? 0), cell.length),
    );
    const line = (cells: readonly string[]): string =>
        `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
    return [line(head), line(widths.map((width) => "-".repeat(width))), ...escaped.map(line)].join("\n");
}

/** A Markdown list of one level. */
export const markdownList = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join("\n");

/** A piece of code in a line of Markdown. */
export const code = (text: string): string => `\`${text}\``;

/** `1 step`, `2 steps`. */
export function counted(count: number, word: string): string {
    return `${String(count)} ${word}${count === 1 ? "" : "s"}`;
}
