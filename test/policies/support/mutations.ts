import { withChanges, type Mutation, type Rendered } from "../../../policies/testing";

/** The same text in the other of our two environments. */
export function elsewhere(text: string): string {
    return text.replaceAll(/(?<![A-Za-z0-9])(?:dev|prod)(?![A-Za-z0-9])/g, (word) =>
        word === "dev" ? "prod" : "dev",
    );
}

/** Moves the text at a path to the other environment. */
export function movedAt(path: string): NonNullable<Mutation["mutate"]> {
    return (resource) => changed(resource, path, (text) => elsewhere(text));
}

/** Moves every text below a path to the other environment. */
export function movedBelow(path: string): NonNullable<Mutation["mutate"]> {
    return (resource) => {
        const moved = JSON.parse(elsewhere(JSON.stringify(valueAt(resource, path)))) as unknown;
        return { ...resource, props: withChanges(resource.props, { [path]: moved }) };
    };
}

/** A text at a path, edited; what is not a text there, in a rendering where it is not known, stays as it is. */
export function changed(resource: Rendered, path: string, edit: (text: string) => unknown): Rendered {
    const before = valueAt(resource, path);
    if (typeof before !== "string") return resource;
    return { ...resource, props: withChanges(resource.props, { [path]: edit(before) }) };
}

/** The value at a path of names and places in lists, without quotes. */
export function valueAt({ props }: Rendered, path: string): unknown {
    return path
        .split(".")
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], props);
}

/** True where there is something at the path. */
export const has =
    (path: string): NonNullable<Mutation["where"]> =>
    (resource) =>
        valueAt(resource, path) !== undefined;

/** True where a text at the path matches. */
export const says =
    (path: string, text: RegExp): NonNullable<Mutation["where"]> =>
    (resource) => {
        const value = valueAt(resource, path);
        return typeof value === "string" && text.test(value);
    };
