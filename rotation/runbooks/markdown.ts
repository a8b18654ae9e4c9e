/** The parts of a page; as prettier leaves them, as all Markdown that is generated. */

/** One step of a procedure: what to do, and the commands for it. */
export interface Step {
    readonly text: string;
    readonly lines?: readonly string[] | undefined;
}

export const block = (lines: readonly string[]): string => ["```sh", ...lines, "```"].join("\n");

/** A numbered list; commands stand below their step. */
export function steps(all: readonly Step[]): string {
    const items = all.map(({ text, lines }, at) => {
        const marker = `${String(at + 1)}. `;
        const body = lines === undefined ? text : `${text}\n\n${block(lines)}`;
        const indented = body
            .split("\n")
            .map((line) => (line === "" ? line : " ".repeat(marker.length) + line))
            .join("\n");
        return marker + indented.trimStart();
    });
    // Prettier sets a blank line between all items, or between none.
    return items.join(all.some(({ lines }) => lines !== undefined) ? "\n\n" : "\n");
}

/** Parts of a page with a blank line between them; empty ones are left out. */
export const page = (...parts: readonly (string | undefined)[]): string =>
    `${parts.filter((part) => part !== undefined && part !== "").join("\n\n")}\n`;

/** `a, b and c` */
export function listed(items: readonly string[], word = "and"): string {
    const [last, ...before] = [...items].reverse();
    if (last === undefined) return "nobody";
    return before.length === 0 ? last : `${before.reverse().join(", ")} ${word} ${last}`;
}
