/** Parts of `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`. */

const STACK_TYPE = "pulumi:pulumi:Stack";

/** The URN of a resource, which its parent's types are part of, the stack's own type aside. */
export function urnOf(stack: string, project: string, parent: string, type: string, name: string): string {
    const parentTypes = parent === "" ? "" : qualifiedTypeOf(parent);
    const prefix = parentTypes === "" || parentTypes === STACK_TYPE ? "" : `${parentTypes}$`;
    return `urn:pulumi:${stack}::${project}::${prefix}${type}::${name}`;
}

/** Types from the outermost parent to the resource itself, joined by `$`. */
export function qualifiedTypeOf(urn: string): string {
    return urn.split("::", 3)[2] ?? "";
}

export function typeOf(urn: string): string {
    const types = qualifiedTypeOf(urn);
    return types.slice(types.lastIndexOf("$") + 1);
}

/** The name may itself hold `::`. */
export function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** The package of a type token: `aws` of `aws:iam/role:Role`, and of a provider, `pulumi:providers:aws`, too. */
export function packageOf(type: string): string {
    return providerPackageOf(type) ?? type.split(":", 1)[0] ?? "";
}

/** The package that a provider resource is for; undefined for other types. */
export function providerPackageOf(type: string): string | undefined {
    return type.startsWith("pulumi:providers:") ? type.slice("pulumi:providers:".length) : undefined;
}

/** A reference to a provider is its URN, `::` and its id. */
export function urnOfReference(reference: string): string {
    return reference.slice(0, reference.lastIndexOf("::"));
}
