/** The places of all texts in properties, into documents that are JSON texts themselves. */
export interface Leaf {
    readonly path: readonly (string | number)[];
    /** A copy of the properties with the text there replaced. */
    readonly replaced: (value: unknown) => unknown;
}

export function leavesOf(value: unknown, path: readonly (string | number)[] = []): Leaf[] {
    if (typeof value === "string") {
        const document = parsed(value);
        if (document === undefined) return [{ path, replaced: (other) => other }];
        return leavesOf(document, path).map((leaf) => ({
            path: leaf.path,
            replaced: (other) => JSON.stringify(leaf.replaced(other)),
        }));
    }
    if (Array.isArray(value)) {
        return (value as unknown[]).flatMap((item, i) =>
            leavesOf(item, [...path, i]).map((leaf) => ({
                path: leaf.path,
                replaced: (other) =>
                    (value as unknown[]).map((old, j) => (i === j ? leaf.replaced(other) : old)),
            })),
        );
    }
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, item]) =>
        leavesOf(item, [...path, key]).map((leaf) => ({
            path: leaf.path,
            replaced: (other) => ({ ...value, [key]: leaf.replaced(other) }),
        })),
    );
}

/** As `leavesOf`, but a document in a text is one leaf: the engine knows such a text as a whole or not at all. */
export function wholeLeavesOf(value: unknown, path: readonly (string | number)[] = []): Leaf[] {
    if (typeof value === "string") return [{ path, replaced: (other) => other }];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, item]) =>
        wholeLeavesOf(item, [...path, key]).map((leaf) => ({
            path: leaf.path,
            replaced: (other) =>
                Array.isArray(value)
                    ? (value as unknown[]).map((old, j) => (Number(key) === j ? leaf.replaced(other) : old))
                    : { ...value, [key]: leaf.replaced(other) },
        })),
    );
}

function parsed(text: string): object | undefined {
    try {
        const value: unknown = JSON.parse(text);
        return typeof value === "object" && value !== null ? value : undefined;
    } catch {
        return undefined;
    }
}
