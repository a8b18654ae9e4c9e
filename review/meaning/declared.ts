import type { Json } from "../../preview/report/redact";
import { isList, isObject } from "../compare/marks";
import type { JsonObject } from "../compare/marks";
import type { StackSnapshot } from "../snapshot";

/** What the components of a stack say of themselves, beyond what a summary keeps. */
export interface Declared {
    /** By `<platform>/<document>.<field>`: what the document says of the field. */
    readonly fields: ReadonlyMap<string, JsonObject>;
    /** By URN: what a component was given. */
    readonly inputs: ReadonlyMap<string, JsonObject>;
}

const DOCUMENT = "strongroom:secrets:Document";

export function declaredBy(stack: StackSnapshot | undefined): Declared {
    const fields = new Map<string, JsonObject>();
    const inputs = new Map<string, JsonObject>();
    for (const resource of stack?.resources ?? []) {
        if (resource.custom) continue;
        inputs.set(resource.urn, resource.inputs);
        if (resource.type !== DOCUMENT) continue;
        for (const [name, field] of Object.entries(objectOf(resource.inputs["fields"])))
            fields.set(`${resource.name}.${name}`, objectOf(field));
    }
    return { fields, inputs };
}

export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
export const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
export const textOf = (value: Json | undefined): string | undefined =>
    typeof value === "string" ? value : undefined;
