import type { Checked } from "../rule";
import type { Property } from "./property";
import { VALUE_PROPERTIES } from "./types";

/** One value in a store, with the name of its field. Never printed: a rule tells its place and its fault. */
export interface SecretValue {
    readonly at: Property;
    /** `db_password`; of a value that is no JSON object the name of the property, or of the parameter. */
    readonly field: string;
    readonly text: string;
}

/**
 * The values that a resource puts into a store, field by field. Values that are not known before the deployment are
 * left out, as drawn ones always are in a preview: the update asks again, before the store is written.
 */
export function secretValues({ type, props }: Checked): SecretValue[] {
    return (VALUE_PROPERTIES.get(type) ?? []).flatMap((name) => {
        const property = props.at(name);
        if (property.isUnknown || property.isAbsent) return [];
        if (type === "kubernetes:core:Secret") return kubernetesValues(property, name === "data");
        const encoded = name === "secretBinary" || isBase64(props, name);
        const document = property.parsed((text) => JSON.parse(encoded ? decoded(text) : text) as unknown);
        if (document?.isObject === true) return leaves(document, name);
        const text = property.text();
        if (text === undefined) return [];
        return [
            { at: property, field: fieldOfPlainValue(type, props), text: encoded ? decoded(text) : text },
        ];
    });
}

function kubernetesValues(property: Property, encoded: boolean): SecretValue[] {
    return property.entries().flatMap(({ key, property: at }) => {
        if (at.isUnknown) return [];
        const text = at.text();
        return text === undefined ? [] : [{ at, field: key, text: encoded ? decoded(text) : text }];
    });
}

function leaves(document: Property, field: string): SecretValue[] {
    if (document.isUnknown) return [];
    const text = document.text();
    if (text !== undefined) return [{ at: document, field, text }];
    if (document.isObject) return document.entries().flatMap(({ key, property }) => leaves(property, key));
    const items = document.items();
    return items[0] === document ? [] : items.flatMap((item) => leaves(item, field));
}

function isBase64(props: Property, name: string): boolean {
    if (!name.startsWith("secretData")) return false;
    const flag = props.at("isSecretDataBase64");
    return !flag.isUnknown && flag.isTrue;
}

function decoded(text: string): string {
    return Buffer.from(text, "base64").toString("utf8");
}

/** A parameter is named by its path; other stores keep a lone value as the secret itself. */
function fieldOfPlainValue(type: string, props: Property): string {
    if (type !== "aws:ssm/parameter:Parameter") return "secret";
    const name = props.at("name");
    return (name.isUnknown ? undefined : name.text()?.split("/").at(-1)) ?? "secret";
}
