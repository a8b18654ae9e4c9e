import { Asset, ResourceReference, Secret, Unknown } from "../../preview/engine/values";
import type { PropertyValue } from "../../preview/engine/values";
import type { Rendering } from "../../preview";

/** An object as the API server would get it. */
export interface KubernetesObject {
    readonly apiVersion: string;
    readonly kind: string;
    readonly [property: string]: unknown;
}

/** Stands for a value that only a deployment knows: text, and sound base64. */
const STAND_IN = "c3RhbmQtaW4=";

/** The Kubernetes objects of a stack, with stand-ins for what is unknown. */
export function kubernetesObjects({
    resources,
}: Rendering): { readonly name: string; readonly object: KubernetesObject }[] {
    return resources
        .filter(({ type, custom }) => custom && type.startsWith("kubernetes:"))
        .map(({ type, name, inputs }) => ({
            name: `${type} ${name}`,
            object: withData(plain(inputs) as KubernetesObject),
        }));
}

/** The SDK hides the data of a Secret whole, keys and all, as soon as one value of it is unknown. */
function withData(object: KubernetesObject): KubernetesObject {
    return object["data"] === STAND_IN ? { ...object, data: { UNKNOWN: STAND_IN } } : object;
}

/** A property as JSON, with stand-ins for what only a deployment knows. */
export function plain(value: PropertyValue): unknown {
    if (value instanceof Secret) return plain(value.reveal());
    if (value instanceof Unknown) return STAND_IN;
    if (value instanceof Asset || value instanceof ResourceReference)
        throw new TypeError("not part of an object");
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
