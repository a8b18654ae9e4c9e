import { standIn } from "./outputs/context";
import { isMap, Secret, Unknown, type PropertyMap, type PropertyValue } from "./values";

const HEX = "0123456789abcdef";
/** How the provider marks a name that it made: replacing the object may then make another. */
const AUTONAMED = "pulumi.com/autonamed";

/**
 * The inputs of a Kubernetes object as its provider's check leaves them, which is what policies and the state see: with
 * a name where none is given, a Secret's texts encoded and hidden whole, and nothing empty in the metadata.
 *
 * @see pulumi-kubernetes, `Check` of the provider, and `AssignNameIfAutonamable`
 */
export function checkedObject(urn: string, name: string, inputs: PropertyMap): PropertyMap {
    const checked: Record<string, PropertyValue> = { ...inputs };
    const kind = inputs["kind"];
    const apiVersion = inputs["apiVersion"];
    // Objects of custom resource definitions are taken as they are.
    const builtIn = typeof apiVersion === "string" && /^[^.]+$|\.k8s\.io\//.test(apiVersion);
    const metadata = inputs["metadata"] ?? {};
    if (isMap(metadata)) {
        const tidy = builtIn && !holdsUnknown(inputs) ? withoutEmpty(metadata) : metadata;
        checked["metadata"] = isNamed(tidy) ? tidy : autonamed(urn, name, tidy);
    }
    if (kind === "Secret" && apiVersion === "v1") hideData(checked);
    return checked;
}

function isNamed({ name, generateName }: PropertyMap): boolean {
    return (name ?? "") !== "" || (generateName ?? "") !== "";
}

function autonamed(urn: string, name: string, metadata: PropertyMap): PropertyMap {
    const annotations = metadata["annotations"] ?? {};
    return {
        ...metadata,
        name: `${name}-${standIn(urn, 8, HEX)}`,
        annotations: isMap(annotations) ? { ...annotations, [AUTONAMED]: "true" } : annotations,
    };
}

function withoutEmpty(metadata: PropertyMap): PropertyMap {
    const filled = ([, value]: [string, PropertyValue]): boolean =>
        !isMap(value) || Object.keys(value).length > 0;
    return Object.fromEntries(Object.entries(metadata).filter(filled));
}

/** The API server encodes `stringData` into `data`; the provider does it first, where all of it is known. */
function hideData(secret: Record<string, PropertyValue>): void {
    const { data, stringData } = secret;
    const [known, texts] = [revealed(data ?? {}), revealed(stringData ?? {})];
    if (!holdsUnknown(secret) && isMap(known) && isMap(texts) && Object.keys(texts).length > 0) {
        const encoded = Object.entries(texts).map(([key, text]): [string, PropertyValue] => [
            key,
            typeof text === "string" ? Buffer.from(text).toString("base64") : text,
        ]);
        secret["data"] = new Secret({ ...known, ...Object.fromEntries(encoded) });
        delete secret["stringData"];
        return;
    }
    if (data !== undefined) secret["data"] = new Secret(known);
    if (stringData !== undefined) secret["stringData"] = new Secret(texts);
}

function holdsUnknown(value: PropertyValue): boolean {
    if (value instanceof Unknown) return true;
    if (value instanceof Secret) return holdsUnknown(value.reveal());
    if (Array.isArray(value)) return (value as readonly PropertyValue[]).some(holdsUnknown);
    return isMap(value) && Object.values(value).some(holdsUnknown);
}

/** Without the secrets within: what is hidden whole hides them too. */
function revealed(value: PropertyValue): PropertyValue {
    if (value instanceof Secret) return revealed(value.reveal());
    if (Array.isArray(value)) return (value as readonly PropertyValue[]).map(revealed);
    if (!isMap(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revealed(inner)]));
}
