import type { Scalar } from "yaml";

/** A plain (unquoted) scalar of this shape is read as something else than its text by one YAML reader or another. */
const LOSSY: readonly (readonly [RegExp, string])[] = [
    [/^(?:y|n|yes|no|on|off)$/i, "is a boolean to some readers of YAML, and text to others"],
    [/^[-+]?0\d+$/, "is a number that loses its leading zero, or is read as octal"],
    [/^[-+]?(?:0x[\da-f]+|0o[0-7]+|0b[01]+)$/i, "is a number in another base"],
    [/^[-+]?\d[\d_]*_[\d_]*$/, "is a number with underscores to some readers of YAML"],
    [/^[-+]?\d+(?::[0-5]?\d)+$/, "is a number to base 60 to some readers of YAML"],
    [/^\d{4}-\d\d?-\d\d?(?:[Tt ].*)?$/, "is a date to some readers of YAML"],
    [/^[-+]?(?:\.inf|\.nan|\d[\d.]*e[-+]?\d+)$/i, "is a number that does not keep its text"],
];

/** How a scalar's text may be lost, as the end of a sentence, or undefined. Text in quotes is kept as it is. */
export function lossyText(node: Scalar): string | undefined {
    if (node.type !== "PLAIN" || node.source === undefined) return undefined;
    const text = node.source;
    if (typeof node.value === "number" && Number.isInteger(node.value) && !Number.isSafeInteger(node.value)) {
        return "is a number with more digits than a number keeps";
    }
    return LOSSY.find(([shape]) => shape.test(text))?.[1];
}
