import type { ConfigValue, Consumer, Document, Platform } from "../domain/catalogue";
import { fieldId } from "../domain/catalogue";
import { deliversAllGenerations } from "../domain/rotation/rotation-class";
import { liveStages, stagedField } from "../domain/rotation/stages";
import type { Ledger } from "../domain/rotation/stages";

/** A variable and the stored field it comes from. */
export interface SecretVariable {
    /** `JWT_SECRET_KEY`, `JWT_SECRET_KEY_PREVIOUS` */
    readonly variable: string;
    /** `secret_key`, `secret_key_previous` */
    readonly storedField: string;
}

/**
 * What a consumer takes from each document, by document name. A field that rotates by overlap comes with its other
 * live generations, so that a consumer can accept what they signed.
 */
export function secretVariables(
    platform: Platform,
    consumer: Consumer,
    ledger: Ledger,
): Readonly<Record<string, readonly SecretVariable[]>> {
    const reads = new Set(consumer.reads);
    const found: Record<string, SecretVariable[]> = {};
    for (const [documentName, document] of Object.entries(platform.documents)) {
        const variables = fieldVariables(platform.name, documentName, document, ledger).filter(({ base }) =>
            reads.has(base),
        );
        if (variables.length === 0) continue;
        found[documentName] = variables.map(({ variable, storedField }) => ({ variable, storedField }));
    }
    return found;
}

function fieldVariables(platform: string, documentName: string, document: Document, ledger: Ledger) {
    return Object.entries(document.fields).flatMap(([field, { variable, rotation }]) => {
        if (variable === undefined) return [];
        const generations = ledger[fieldId(platform, documentName, field)];
        if (generations === undefined || !deliversAllGenerations(rotation.rotationClass)) {
            return [{ base: variable, variable, storedField: field }];
        }
        return liveStages(generations).map(({ stage }) => ({
            base: variable,
            variable: stage === "current" ? variable : `${variable}_${stage.toUpperCase()}`,
            storedField: stagedField(field, stage),
        }));
    });
}

/** A configuration value and the variable that a consumer reads it by. */
export interface ConfigVariable {
    readonly variable: string;
    readonly name: string;
    readonly value: string;
}

/** The configuration values that a consumer reads and that have a value, by variable. */
export function configVariables(
    platform: Platform,
    consumer: Consumer,
    settings: Readonly<Record<string, string>>,
): ConfigVariable[] {
    const reads = new Set(consumer.reads);
    return Object.entries(platform.config).flatMap(([name, { variable }]: [string, ConfigValue]) => {
        const value = settings[name];
        return variable === undefined || value === undefined || !reads.has(variable)
            ? []
            : [{ variable, name, value }];
    });
}
