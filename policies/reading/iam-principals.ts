import type { Property } from "./property";

/** Whom a statement of a resource policy or of a trust policy is about. */
export interface Principal {
    /** `AWS`, `Service`, `Federated`, `CanonicalUser`; `*` stands for `Principal: "*"`. */
    readonly kind: string;
    readonly at: Property;
}

/** @see The IAM user guide, "AWS JSON policy elements: Principal" */
export function principalsOf(statement: Property): Principal[] {
    const principal = statement.at("Principal");
    if (!principal.isObject) return principal.items().map((at) => ({ kind: "*", at }));
    return principal
        .entries()
        .flatMap(({ key, property }) => property.items().map((at) => ({ kind: key, at })));
}

/** `*`, and what AWS takes for the same: `{ "AWS": "*" }`. A wildcard in an ARN stands for nothing, and is no name. */
export function isAnybody({ kind, at }: Principal): boolean {
    return kind === "*" || /[*?]/.test(at.text() ?? "*");
}

/**
 * The values one of which a key of the request must have. Operators that let a request through that has no such key
 * (`…IfExists`, `ForAllValues:…`), and negated ones, require nothing.
 */
export function requiredValues(condition: Property, key: string): Property[] {
    return condition
        .entries()
        .filter(({ key: operator }) => /^(?:String|Arn)(?:Equals|Like)$/.test(operator))
        .flatMap(({ property: keys }) => keys.entries())
        .filter(({ key: name }) => name.toLowerCase() === key.toLowerCase())
        .flatMap(({ property }) => property.items());
}

/** Whether the values leave no choice: there are some, and none has a wildcard. */
export function areExact(values: readonly Property[]): boolean {
    return values.length > 0 && values.every((value) => /^[^*?]+$/.test(value.text() ?? ""));
}
