import type { JsonObject } from "../marks";
import { aws } from "./aws";
import { gcp } from "./gcp";
import { kubernetes } from "./kubernetes";
import { random } from "./random";
import type { Replacement } from "./replacement";
import { vault } from "./vault";

/** By type; Kubernetes' without their version, as `kubernetes:core:Secret`. */
export const REPLACEMENTS: Readonly<Record<string, Replacement>> = {
    ...aws,
    ...gcp,
    ...kubernetes,
    ...random,
    ...vault,
};

/**
 * Paths of properties that an engine can't change in place.
 *
 * @param inputs as they were: what is immutable stays so until it is replaced.
 * @param provider the settings of its provider.
 */
export function replacementOf(type: string, inputs: JsonObject, provider: JsonObject): readonly string[] {
    const known = REPLACEMENTS[withoutVersion(type)];
    if (known === undefined) return type.startsWith("kubernetes:") ? IDENTITY : [];
    return [...known.properties, ...(known.unless?.(inputs, provider) ?? [])];
}

/** `kubernetes:core:Secret` of `kubernetes:core/v1:Secret`. */
export const withoutVersion = (type: string): string =>
    type.startsWith("kubernetes:") ? type.replace(/\/[^:]*/, "") : type;

/** An object of Kubernetes is another one under another name, whatever its kind. */
const IDENTITY = ["metadata.name", "metadata.namespace"];
