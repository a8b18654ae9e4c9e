import type { PropertyMap } from "../engine/values";
import { isMap, strings } from "./estate";
import { iamPattern } from "./wildcards";

/** `maybe` says why: a key that differs by request, an operator that is not evaluated. */
export type Truth = "yes" | "no" | { readonly maybe: string };

/**
 * What is known of a request's key: its value, that it isn't there, that whoever asks puts what they like into it, or
 * (undefined) nothing.
 */
export type ContextValue = string | { readonly absent: true } | { readonly chosen: true } | undefined;
export type Context = (key: string) => ContextValue;

export const ABSENT: ContextValue = { absent: true };
/** Whoever asks can choose it, so that a condition on it holds nobody back and forbids nobody. */
export const CHOSEN: ContextValue = { chosen: true };

/**
 * Whether a statement's Condition holds: all operators, all keys, any of the values listed. A key that is missing
 * makes a positive operator false and a negated one true, as IAM does.
 *
 * @see AWS, "IAM JSON policy elements: Condition operators"
 */
export function conditionHolds(condition: PropertyMap, context: Context, effect: "Allow" | "Deny"): Truth {
    let doubt: Truth = "yes";
    for (const [operator, block] of Object.entries(condition)) {
        if (!isMap(block)) return { maybe: `condition operator '${operator}' has no keys` };
        for (const [key, value] of Object.entries(block)) {
            const expected = strings(typeof value === "boolean" ? String(value) : value);
            const held = expected === undefined ? unclear(key) : keyHolds(operator, key, expected, context);
            // Who chooses meets what allows, and avoids what denies.
            const truth = held === "chosen" ? (effect === "Allow" ? "yes" : "no") : held;
            if (truth === "no") return "no";
            if (truth !== "yes") doubt = truth;
        }
    }
    return doubt;
}

/** A key that the caller chooses or the network decides. */
const unclear = (key: string): Truth => ({ maybe: `condition key '${key}' is not known before a request` });

type Comparison = (actual: string, expected: string) => boolean;

/** For ARNs `ArnEquals` takes wildcards as `ArnLike` does. */
const alike: Comparison = (actual, expected) => iamPattern(expected).matches(actual);
/** Operators that are evaluated, without `IfExists`, `Not` and `For…Values:`; any other leaves a doubt. */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
    StringEquals: (actual, expected) => actual === expected,
    StringEqualsIgnoreCase: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
    StringLike: alike,
    ArnEquals: alike,
    ArnLike: alike,
    Bool: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
};

function keyHolds(
    operator: string,
    key: string,
    expected: readonly string[],
    context: Context,
): Truth | "chosen" {
    const ifExists = operator.endsWith("IfExists");
    const [, quantifier, bare = ""] =
        /^(?:(ForAllValues|ForAnyValue):)?(.*?)(?:IfExists)?$/u.exec(operator) ?? [];
    const negated = /^(?:String|Arn)Not/u.test(bare);
    const compare = COMPARISONS[negated ? bare.replace("Not", "") : bare];
    const actual = context(key);
    if (actual === undefined || expected.some((value) => value.includes("${"))) return unclear(key);
    if (typeof actual === "object" && "chosen" in actual)
        return bare === "Null" || compare !== undefined ? "chosen" : unevaluated(operator);
    if (bare === "Null") return truth(expected.includes(String(typeof actual !== "string")));
    if (compare === undefined) return unevaluated(operator);
    // Over no value at all, "each of them" is true and "one of them" is not, negated or not.
    if (typeof actual !== "string")
        return truth(quantifier === undefined ? negated || ifExists : quantifier === "ForAllValues");
    return truth(expected.some((value) => compare(actual, value)) !== negated);
}

const unevaluated = (operator: string): Truth => ({
    maybe: `condition operator '${operator}' is not evaluated here`,
});

const truth = (held: boolean): Truth => (held ? "yes" : "no");
