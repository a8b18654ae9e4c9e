import { documentId, fieldId } from "../catalogue";
import type { CatalogueField, Consumer, Platform, Rotation } from "../catalogue";
import { parseTemplate } from "../template";
import { stampOf } from "./stamp";
import type { DocumentStamp } from "./stamp";
import type { Ledger } from "./stages";

/** A field that may have an entry in the ledger, as a consumer reads it. */
export interface ReadField {
    readonly documentName: string;
    readonly fieldName: string;
    readonly rotation: Rotation;
    /** Read as a part of composed fields alone, which are made of the current generation and never of another. */
    readonly isPart: boolean;
}

type Found = Pick<CatalogueField, "documentName" | "fieldName" | "field">;

/**
 * The fields behind the variables that a consumer reads: the field itself, the parts of a composed one, and the half
 * of an access key that stands for both in the ledger. A rotation of any other field leaves the consumer alone.
 */
export function readFields(platform: Platform, { reads }: Consumer): ReadField[] {
    const variables = new Set(reads);
    const found = new Map<string, ReadField>();
    const add = ({ documentName, fieldName, field }: Found, isPart: boolean): void => {
        if (field.kind === "composed") {
            for (const part of parseTemplate(field.template, documentName)) {
                const used = "field" in part ? fieldAt(platform, part.document, part.field) : undefined;
                if (used !== undefined) add(used, true);
            }
            return;
        }
        for (const each of standingFor(platform, { documentName, fieldName, field })) {
            const id = fieldId(platform.name, documentName, each.fieldName);
            const { rotation } = each.field;
            const onlyPart = isPart && (found.get(id)?.isPart ?? true);
            found.set(id, { documentName, fieldName: each.fieldName, rotation, isPart: onlyPart });
        }
    };
    for (const [documentName, { fields }] of Object.entries(platform.documents)) {
        for (const [fieldName, field] of Object.entries(fields)) {
            if (field.variable !== undefined && variables.has(field.variable))
                add({ documentName, fieldName, field }, false);
        }
    }
    return [...found.values()];
}

function fieldAt(platform: Platform, documentName: string, fieldName: string): Found | undefined {
    const field = platform.documents[documentName]?.fields[fieldName];
    return field === undefined ? undefined : { documentName, fieldName, field };
}

function standingFor(platform: Platform, found: Found): Found[] {
    const { documentName, field } = found;
    if (field.kind !== "access-key" || field.part === "id") return [found];
    return Object.entries(platform.documents[documentName]?.fields ?? {}).flatMap(([fieldName, each]) =>
        each.kind === "access-key" && each.part === "id" ? [{ documentName, fieldName, field: each }] : [],
    );
}

/** What is live of the fields that a consumer reads, by document; documents without an entry are left out. */
export function consumerStamps(platform: Platform, consumer: Consumer, ledger: Ledger): DocumentStamp[] {
    const fields = readFields(platform, consumer);
    return [...new Set(fields.map(({ documentName }) => documentName))].flatMap((documentName) => {
        const stamped = fields.flatMap((each) => {
            const generations = ledger[fieldId(platform.name, documentName, each.fieldName)];
            if (each.documentName !== documentName || generations === undefined) return [];
            return [{ ...each.rotation, field: each.fieldName, generations, isPart: each.isPart }];
        });
        const stamp = stampOf(stamped);
        return stamp === undefined ? [] : [{ id: documentId(platform.name, documentName), stamp }];
    });
}
