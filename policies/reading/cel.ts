/** `assertion.repository == 'acme/strongroom'`, or one of a list. */
export interface Comparison {
    readonly attribute: string;
    readonly values: readonly string[];
}

const TEXT = /(?:'[^'\\]*'|"[^"\\]*")/.source;
const ATTRIBUTE = /[a-z]+(?:\.\w+)+/.source;
const EQUAL = new RegExp(`^(${ATTRIBUTE})\\s*==\\s*(${TEXT})$|^(${TEXT})\\s*==\\s*(${ATTRIBUTE})$`);
const AMONG = new RegExp(`^(${ATTRIBUTE})\\s+in\\s+\\[\\s*(${TEXT}(?:\\s*,\\s*${TEXT})*)\\s*\\]$`);

/**
 * Reads a condition in the Common Expression Language, of which it knows comparisons for equality, all of which must
 * hold. Whatever else a condition has may let everybody in.
 *
 * @returns undefined when the condition is not wholly understood.
 */
export function parseConditions(expression: string): Comparison[] | undefined {
    const found: Comparison[] = [];
    for (const part of conjuncts(expression)) {
        const [, attribute, value, first, second] = EQUAL.exec(part) ?? [];
        const [, listed, list] = AMONG.exec(part) ?? [];
        const name = attribute ?? second ?? listed;
        const texts = (value ?? first ?? list ?? "").match(new RegExp(TEXT, "g"));
        if (name === undefined || texts === null) return undefined;
        found.push({ attribute: name, values: texts.map((text) => text.slice(1, -1)) });
    }
    return found;
}

/** Split at `&&`, but not inside a text. */
function conjuncts(expression: string): string[] {
    const parts = [""];
    for (const token of expression.match(new RegExp(`${TEXT}|&&|[^]`, "g")) ?? []) {
        if (token === "&&") parts.push("");
        else parts.push((parts.pop() ?? "") + token);
    }
    return parts.map((part) => part.trim());
}
