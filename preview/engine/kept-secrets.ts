import { isMap, Secret, type PropertyMap, type PropertyValue } from "./values";

/**
 * What a policy made of inputs, with each value secret that was secret before: a policy sees secrets in clear, and what
 * it hands back comes without the mark. A list with a secret in it is hidden whole, since its elements may have moved.
 */
export function keepSecrets(before: PropertyMap, after: PropertyMap): PropertyMap {
    const kept: Record<string, PropertyValue> = {};
    for (const [property, value] of Object.entries(after)) kept[property] = keep(before[property], value);
    return kept;
}

function keep(before: PropertyValue | undefined, after: PropertyValue): PropertyValue {
    if (before === undefined || after instanceof Secret) return after;
    if (isMap(before) && isMap(after)) return keepSecrets(before, after);
    return holdsSecret(before) ? new Secret(after) : after;
}

function holdsSecret(value: PropertyValue): boolean {
    if (value instanceof Secret) return true;
    if (Array.isArray(value)) return (value as readonly PropertyValue[]).some(holdsSecret);
    return isMap(value) && Object.values(value).some(holdsSecret);
}
