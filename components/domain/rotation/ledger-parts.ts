import { fieldId } from "../catalogue";
import type { CatalogueField, Platform } from "../catalogue";
import { parseTemplate } from "../template";

/** A field where it stands in its platform. */
export type PlacedField = Pick<CatalogueField, "documentName" | "fieldName" | "field">;

/** A field that has, or may have, an entry in the ledger, and makes the value of another one or its own. */
export interface LedgerPart extends PlacedField {
    readonly id: string;
    /** Used in a composed field, which is made of the current generation and never of another. */
    readonly isPart: boolean;
}

/**
 * The fields whose generations decide a field's value: the field itself, those that a composed one is made of at any
 * depth, or the half of an access key that stands for both in the ledger.
 */
export function ledgerParts(platform: Platform, placed: PlacedField, isPart = false): LedgerPart[] {
    const { documentName, fieldName, field } = placed;
    if (field.kind === "composed") {
        return parseTemplate(field.template, documentName).flatMap((part) => {
            if (!("field" in part)) return [];
            const used = platform.documents[part.document]?.fields[part.field];
            if (used === undefined) return [];
            return ledgerParts(
                platform,
                { documentName: part.document, fieldName: part.field, field: used },
                true,
            );
        });
    }
    const fields = platform.documents[documentName]?.fields ?? {};
    const standing =
        field.kind === "access-key" && field.part === "secret"
            ? Object.entries(fields).filter(([, each]) => each.kind === "access-key" && each.part === "id")
            : [[fieldName, field] as const];
    return standing.map(([name, each]) => ({
        id: fieldId(platform.name, documentName, name),
        documentName,
        fieldName: name,
        field: each,
        isPart,
    }));
}
