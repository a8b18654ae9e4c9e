import type { PropertyMap } from "../engine/values";
import { isMap, strings } from "./estate";
import { iamPattern } from "./wildcards";

/** `maybe` says why: a key that differs by request, an operator that is not evaluated. */
export type Truth = "yes" | "no" | { readonly maybe: string };

/** What is known of a request's key: its value, that it isn't there, or (undefined) nothing. */
export type ContextValue = string | { readonly absent: true } | undefined;
export type Context = (key: string) => ContextValue;

export const ABSENT: ContextValue = { absent: true };

/**
 * Whether a statement's Condition holds: all operators, all keys, any of the values listed. A key that is missing
 * makes a positive operator false and a negated one true, as IAM does.
 *
 * @see AWS, "IAM JSON policy elements: Condition operators"
 */
export function conditionHolds(condition: PropertyMap, context: Context): Truth {
    let doubt: Truth = "yes";
    for (const [operator, block] of Object.entries(condition)) {
        if (!isMap(block)) return { maybe: `condition operator '${operator}' has no keys` };
        for (const [key, value] of Object.entries(block)) {
            const expected = strings(typeof value === "boolean" ? String(value) : value);
            const held = expected === undefined ? unclear(key) : keyHolds(operator, key, expected, context);
            if (held === "no") return "no";
            if (held !== "yes") doubt = held;
        }
    }
    return doubt;
}

/** A key that the caller chooses or the network decides. */
const unclear = (key: string): Truth => ({ maybe: `condition key '${key}' is not known before a request` });

type Comparison = (actual: string, expected: string) => boolean;

/** For ARNs `ArnEquals` takes wildcards as `ArnLike` does. */
const alike: Comparison = (actual, expected) => iamPattern(expected).matches(actual);
/** Operators that are evaluated, without `IfExists` and `Not`; any other leaves a doubt. */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
    StringEquals: (actual, expected) => actual === expected,
    StringEqualsIgnoreCase: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
    StringLike: alike,
    ArnEquals: alike,
    ArnLike: alike,
    Bool: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
};

function keyHolds(operator: string, key: string, expected: readonly string[], context: Context): Truth {
    const ifExists = operator.endsWith("IfExists");
    const bare = ifExists ? operator.slice(0, -"IfExists".length) : operator;
    const negated = /^(?:String|Arn)Not/u.test(bare);
    const compare = COMPARISONS[negated ? bare.replace("Not", "") : bare];
    const actual = context(key);
    if (actual === undefined || expected.some((value) => value.includes("${"))) return unclear(key);
    if (bare === "Null") return truth(expected.includes(String(typeof actual !== "string")));
    if (compare === undefined) return { maybe: `condition operator '${operator}' is not evaluated here` };
    if (typeof actual !== "string") return truth(negated || ifExists);
    return truth(expected.some((value) => compare(actual, value)) !== negated);
}

const truth = (held: boolean): Truth => (held ? "yes" : "no");
