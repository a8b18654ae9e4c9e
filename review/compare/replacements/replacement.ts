import type { JsonObject } from "../marks";

/** What a provider can't change of a resource of one type. */
export interface Replacement {
    /** Paths as options write them; `*` is any step. */
    readonly properties: readonly string[];
    /** Further ones that depend on what the object was, or on a setting of the provider. */
    readonly unless?: (before: JsonObject, provider: JsonObject) => readonly string[];
    /** Where that is said. */
    readonly source: string;
}

/** A schema of Terraform's that a provider of Pulumi wraps: what is `ForceNew` there is replaced. */
export const schema = (source: string, ...properties: readonly string[]): Replacement => ({
    properties,
    source,
});
