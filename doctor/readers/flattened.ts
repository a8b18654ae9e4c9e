import { Secret } from "../../preview/engine/values";

/** The texts in a value by their path, `aws.region`; what is no text, number or switch is left out. */
export function flattened(value: unknown, path = ""): Readonly<Record<string, string>> {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
        return { [path]: String(value) };
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(
        Object.entries(value).flatMap(([key, each]) =>
            Object.entries(flattened(each, path === "" ? key : `${path}.${key}`)),
        ),
    );
}

/** `devplatform/prod/db#url`: a remote reference of an ExternalSecret as people write it. */
export const referenceText = (key: string, property: string | undefined): string =>
    property === undefined || property === "" ? key : `${key}#${property}`;

/** The keys of a map, secret or not; undefined where a part of it is not known before a deployment. */
export function keysOf(value: unknown): readonly string[] | undefined {
    const open = value instanceof Secret ? value.reveal() : value;
    if (typeof open !== "object" || open === null || Object.getPrototypeOf(open) !== Object.prototype)
        return undefined;
    return Object.keys(open);
}
