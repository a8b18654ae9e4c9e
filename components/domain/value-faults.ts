/** Texts that stand for a value that somebody still has to put in. */
const PLACEHOLDERS =
    /^(?:change-?_?me.*|replace-?_?me.*|x{3,}|example.*|todo.*|tbd|your[-_ ].*|.*-here|<.*>|\$\{.*\}|password\d*|secret|123456.*|s\.x+)$/i;

/**
 * What is wrong with a value that somebody set, as the end of a sentence ("its value …"), or undefined. Never quotes
 * the value.
 */
export function valueFault(value: string): string | undefined {
    if (value === "") return "is empty";
    if (value !== value.trim()) return "begins or ends with a space or a line break";
    if (/^(["']).*\1$/s.test(value)) return "is in quotes, which would become a part of it";
    if (PLACEHOLDERS.test(value)) return "is a placeholder";
    if (/^(.)\1+$/s.test(value)) return "is one character repeated";
    return undefined;
}
