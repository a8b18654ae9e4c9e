/**
 * EventBridge's matching of an event, as far as patterns of ours need it. What is not understood never matches, so that
 * an alert with it counts as none.
 *
 * @see Amazon EventBridge User Guide, "Comparison operators for use in event patterns"
 */
export type Json = unknown;
type Fields = Readonly<Record<string, Json>>;

export function matchesEvent(pattern: Json, event: Json): boolean {
    if (!isObject(pattern)) return false;
    return Object.entries(pattern).every(([key, wanted]) => {
        if (key === "$or") return Array.isArray(wanted) && wanted.some((each) => matchesEvent(each, event));
        const value = isObject(event) && Object.hasOwn(event, key) ? event[key] : undefined;
        return Array.isArray(wanted)
            ? wanted.some((condition: Json) => matchesLeaf(condition, value))
            : matchesEvent(wanted, value);
    });
}

/** Of a list in the event one element is enough, also for what it must not be. */
function matchesLeaf(condition: Json, value: Json): boolean {
    const values: Json[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
    const [operator, operand] = operatorOf(condition);
    // An object in the event is no leaf: for EventBridge such a field is not there.
    const leaves = values.filter((each) => !isObject(each));
    if (operator === "exists") return operand === leaves.length > 0;
    return leaves.some((leaf) => isSuch(operator, operand, leaf));
}

function isSuch(operator: string, operand: Json, leaf: Json): boolean {
    switch (operator) {
        case "equals":
            return operand === leaf;
        case "anything-but":
            return isNot(operand, leaf);
        default:
            return isText(operator, operand, leaf) === true;
    }
}

function isNot(operand: Json, leaf: Json): boolean {
    if (isObject(operand)) {
        const [operator, inner] = operatorOf(operand);
        const each: Json[] = Array.isArray(inner) ? inner : [inner];
        return each.every((one) => isText(operator, one, leaf) === false);
    }
    const each: Json[] = Array.isArray(operand) ? operand : [operand];
    return each.every((one) => typeof one !== "object" && one !== leaf);
}

/** @returns undefined when the operator is not understood, which is neither a match nor its contrary. */
function isText(operator: string, operand: Json, leaf: Json): boolean | undefined {
    if (typeof operand !== "string") return undefined;
    const text = typeof leaf === "string" ? leaf : undefined;
    switch (operator) {
        case "prefix":
            return text?.startsWith(operand) ?? false;
        case "suffix":
            return text?.endsWith(operand) ?? false;
        case "equals-ignore-case":
            return text?.toLowerCase() === operand.toLowerCase();
        case "wildcard":
            return text !== undefined && wildcard(operand).test(text);
        default:
            return undefined;
    }
}

function wildcard(pattern: string): RegExp {
    const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "s");
}

/** A condition that is no object of one operator is compared as it is. */
function operatorOf(condition: Json): readonly [string, Json] {
    if (!isObject(condition)) return ["equals", condition];
    const entries = Object.entries(condition);
    return entries.length === 1 && entries[0] !== undefined ? entries[0] : ["not understood", undefined];
}

/** Texts that a pattern leaves out, wherever it says `anything-but`. */
export function excludedTexts(pattern: Json): string[] {
    if (Array.isArray(pattern)) return pattern.flatMap(excludedTexts);
    if (!isObject(pattern)) return [];
    return Object.entries(pattern).flatMap(([key, value]) =>
        key === "anything-but" ? textsOf(value) : excludedTexts(value),
    );
}

function textsOf(value: Json): string[] {
    if (typeof value === "string") return [value];
    if (Array.isArray(value)) return value.flatMap(textsOf);
    return isObject(value) ? Object.values(value).flatMap(textsOf) : [];
}

function isObject(value: Json): value is Fields {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
