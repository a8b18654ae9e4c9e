import { suggest, type Problem } from "../../components/domain/problems";
import { isMap, type PropertyMap, type PropertyValue } from "./values";

/** The words of JSON Schema that are understood; a policy whose settings use another one is itself at fault. */
const WORDS = [
    ...["type", "description", "default", "enum", "items", "minItems", "maxItems"],
    ...["minimum", "maximum", "minLength", "maxLength", "pattern"],
];

/**
 * What is wrong with the settings that a file gives a policy, by the policy's schema: an unknown one would be ignored,
 * and the policy would run otherwise than its reader thinks.
 *
 * @param place of the policy in the file.
 */
export function settingProblems(
    place: string,
    settings: Readonly<Record<string, PropertyValue>>,
    schema: PropertyMap,
): readonly Problem[] {
    return Object.entries(settings).flatMap(([name, value]): Problem[] => {
        const of = Object.hasOwn(schema, name) ? schema[name] : undefined;
        const at = `${place}.${name}`;
        if (of === undefined || !isMap(of)) {
            const fix = suggest(name, Object.keys(schema));
            return [{ place: at, message: "the policy has no such setting", fix }];
        }
        const message = fault(value, of);
        if (message === undefined) return [];
        const about = of["description"];
        const problem = { place: at, message };
        return [typeof about === "string" ? { ...problem, fix: about.replace(/\.$/, "") } : problem];
    });
}

/** @returns what a value must be, where it is not. */
function fault(value: PropertyValue, schema: PropertyMap): string | undefined {
    const strange = Object.keys(schema).find((word) => !WORDS.includes(word));
    if (strange !== undefined)
        return `can't be checked: its schema says '${strange}', which is not understood`;
    const types = listOf(schema["type"]).map(String);
    if (types.length > 0 && !types.some((type) => isOfType(value, type)))
        return `must be ${typesText(types)}`;
    const choices = listOf(schema["enum"]);
    if (choices.length > 0 && !choices.some((choice) => choice === value))
        return `must be one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`;
    if (typeof value === "number") return outside(value, schema["minimum"], schema["maximum"], "");
    if (typeof value === "string") {
        const { pattern } = schema;
        if (typeof pattern === "string" && !new RegExp(pattern, "u").test(value))
            return `must match ${pattern}`;
        return outside(value.length, schema["minLength"], schema["maxLength"], " characters long");
    }
    if (!Array.isArray(value)) return undefined;
    const items = schema["items"];
    const wrong = value.map((item: PropertyValue) =>
        items === undefined || !isMap(items) ? undefined : fault(item, items),
    );
    const at = wrong.findIndex((each) => each !== undefined);
    if (at >= 0) return `each item ${wrong[at] ?? ""}, which number ${String(at + 1)} is not`;
    return outside(value.length, schema["minItems"], schema["maxItems"], " items long");
}

function outside(
    size: number,
    minimum: PropertyValue | undefined,
    maximum: PropertyValue | undefined,
    unit: string,
): string | undefined {
    if (typeof minimum === "number" && size < minimum) return `must be at least ${String(minimum)}${unit}`;
    if (typeof maximum === "number" && size > maximum) return `must be at most ${String(maximum)}${unit}`;
    return undefined;
}

function isOfType(value: PropertyValue, type: string): boolean {
    if (type === "integer") return Number.isInteger(value);
    if (type === "array") return Array.isArray(value);
    if (type === "null") return value === null;
    if (type === "object") return isMap(value);
    return typeof value === type;
}

const TYPES: Readonly<Record<string, string>> = {
    string: "a text",
    integer: "a whole number",
    number: "a number",
    boolean: "true or false",
    array: "a list",
    object: "an object",
    null: "null",
};
const typesText = (types: readonly string[]): string => types.map((type) => TYPES[type] ?? type).join(" or ");

function listOf(value: PropertyValue | undefined): readonly PropertyValue[] {
    if (value === undefined) return [];
    return Array.isArray(value) ? (value as readonly PropertyValue[]) : [value];
}
