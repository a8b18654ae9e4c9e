import { documentId, fieldId, fieldsOf } from "../catalogue";
import type { Consumer, Platform, Rotation } from "../catalogue";
import { Duration } from "../duration";
import { ledgerParts } from "./ledger-parts";
import { timingOf } from "./rotation-class";
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

/**
 * The fields behind the variables that a consumer reads, as the ledger knows them. A rotation of any other field leaves
 * the consumer alone.
 */
export function readFields(platform: Platform, { reads }: Consumer): ReadField[] {
    const variables = new Set(reads);
    const found = new Map<string, ReadField>();
    for (const { documentName, fieldName, field } of fieldsOf([platform])) {
        if (field.variable === undefined || !variables.has(field.variable)) continue;
        for (const part of ledgerParts(platform, { documentName, fieldName, field })) {
            const isPart = part.isPart && (found.get(part.id)?.isPart ?? true);
            const { rotation } = part.field;
            found.set(part.id, {
                documentName: part.documentName,
                fieldName: part.fieldName,
                rotation,
                isPart,
            });
        }
    }
    return [...found.values()];
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

/** The shortest time within which a consumer has to see a change of what it reads; undefined where nothing asks for it. */
export function shortestConsumerLag(platform: Platform, consumer: Consumer): Duration | undefined {
    const lags = readFields(platform, consumer)
        .map(({ rotation }) => timingOf(rotation.rotationClass).consumerLag)
        .filter((lag) => Duration.zero.isShorterThan(lag));
    return lags.reduce<Duration | undefined>(
        (shortest, lag) => (shortest === undefined || lag.isShorterThan(shortest) ? lag : shortest),
        undefined,
    );
}
