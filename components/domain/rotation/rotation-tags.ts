import type { Document, Rotation } from "../catalogue";
import { Duration } from "../duration";
import type { RotatingField } from "./due";
import { parseTemplate } from "../template";

/**
 * How the values of a document rotate, as its tags and labels tell, so that what nobody rotates is seen without reading
 * any value. The texts are what every store takes.
 *
 * `rotation-days` is the longest age that one of them reaches; absent while there is one that age does not rotate.
 * `rotates-on` names the events that rotate one of them: `compromise_permission-change`.
 *
 * @param rotations of its fields; what never changes counts for nothing.
 */
export function rotationTags(
    rotations: readonly (RotatingField & Pick<Rotation, "on">)[],
): Record<string, string> {
    const rotating = rotations.filter(({ rotationClass }) => rotationClass.strategy !== "none");
    const periods = rotating.flatMap(({ every }) =>
        every === undefined ? [] : [Duration.parse(every).wholeDays],
    );
    const isByAge = periods.length > 0 && periods.length === rotating.length;
    const events = new Set(rotating.flatMap(({ on = [] }) => on.map((event) => event.replaceAll(" ", "-"))));
    return {
        ...(isByAge ? { "rotation-days": String(Math.max(...periods)) } : {}),
        ...(events.size === 0 ? {} : { "rotates-on": [...events].sort().join("_") }),
    };
}

/**
 * The rotations of a document's fields; a composed one rotates with its parts.
 *
 * @param documents of its platform, as far as it is composed of them, and itself.
 */
export function rotationsOf(document: string, documents: Readonly<Record<string, Document>>): Rotation[] {
    return Object.keys(documents[document]?.fields ?? {}).flatMap((field) =>
        rotationsOfField(document, field, documents),
    );
}

function rotationsOfField(
    document: string,
    name: string,
    documents: Readonly<Record<string, Document>>,
): Rotation[] {
    const field = documents[document]?.fields[name];
    if (field === undefined) return [];
    if (field.kind !== "composed") return [field.rotation];
    return parseTemplate(field.template, document).flatMap((part) =>
        "field" in part ? rotationsOfField(part.document, part.field, documents) : [],
    );
}
