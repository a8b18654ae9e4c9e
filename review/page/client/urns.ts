const ROOT = "pulumi:pulumi:Stack";

/**
 * As the engine makes it: the types of all that a resource stands in, and its own, but never the stack's. The root
 * itself is called by its type alone.
 *
 * @param types from the outermost to the resource's own
 */
export function urnOf({
    stack,
    project,
    types,
    name,
}: {
    readonly stack: string;
    readonly project: string;
    readonly types: readonly string[];
    readonly name: string;
}): string {
    const inner = types.length > 1 && types[0] === ROOT ? types.slice(1) : types;
    return `urn:pulumi:${stack}::${project}::${inner.join("$")}::${name}`;
}
