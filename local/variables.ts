import { isRequired } from "../components/domain/catalogue";
import type { ConfigValue, Field, Platform, Requirement } from "../components/domain/catalogue";
import { deliversAllGenerations } from "../components/domain/rotation/rotation-class";
import { STAGES, stagedField } from "../components/domain/rotation/stages";
import type { Stage } from "../components/domain/rotation/stages";

/** A field of the catalogue that applications read by a variable. */
export interface SecretVariable {
    readonly kind: "secret";
    /** `JWT_SECRET_KEY`, or `JWT_SECRET_KEY_PREVIOUS` while two generations are accepted. */
    readonly name: string;
    /** `jwt.secret_key` */
    readonly path: string;
    readonly documentName: string;
    readonly fieldName: string;
    readonly field: Field;
    readonly stage: Stage;
    readonly required: Requirement;
}

/** A configuration value that applications read by a variable. */
export interface ConfigVariable {
    readonly kind: "config";
    readonly name: string;
    /** `config.s3_region` */
    readonly path: string;
    readonly configName: string;
    readonly value: ConfigValue;
    readonly required: Requirement;
}

/** What another system keeps, and hands to applications by a variable. */
export interface ManagedVariable {
    readonly kind: "managed";
    readonly name: string;
    readonly path: string;
    readonly required: false;
}

export type Variable = SecretVariable | ConfigVariable | ManagedVariable;

/** Every variable of a platform by its name, in the order of the catalogue: secrets, then configuration. */
export function variablesOf(platform: Platform): ReadonlyMap<string, Variable> {
    const found: Variable[] = [];
    for (const [documentName, document] of Object.entries(platform.documents))
        for (const [fieldName, field] of Object.entries(document.fields))
            found.push(...secretVariables(documentName, fieldName, field));
    for (const [configName, value] of Object.entries(platform.config)) {
        const { variable: name, required } = value;
        if (name === undefined) continue;
        found.push({ kind: "config", name, path: `config.${configName}`, configName, value, required });
    }
    for (const [name, { variable }] of Object.entries(platform.managed ?? {}))
        if (variable !== undefined)
            found.push({ kind: "managed", name: variable, path: name, required: false });
    return new Map(found.map((variable) => [variable.name, variable]));
}

/** The variable of a field, and those of its other generations where consumers are given all that live. */
function secretVariables(documentName: string, fieldName: string, field: Field): SecretVariable[] {
    const { variable, rotation } = field;
    if (variable === undefined) return [];
    const stages = deliversAllGenerations(rotation.rotationClass) ? STAGES : (["current"] as const);
    return stages.map((stage) => ({
        kind: "secret",
        name: stagedVariable(variable, stage),
        path: `${documentName}.${stagedField(fieldName, stage)}`,
        documentName,
        fieldName,
        field,
        stage,
        required: stage === "current" && field.required,
    }));
}

/** `JWT_SECRET_KEY`, `JWT_SECRET_KEY_PREVIOUS`: how consumers are given the generations of one field. */
export const stagedVariable = (variable: string, stage: Stage): string =>
    stage === "current" ? variable : `${variable}_${stage.toUpperCase()}`;

/** Whether applications need the variable where the configuration has these values. */
export const isNeeded = (variable: Variable, settings: Readonly<Record<string, string>>): boolean =>
    isRequired(variable.required, settings);

/** `always`, `no`, or the condition with the variable that it is about. */
export function requirementText(required: Requirement, platform: Platform): string {
    if (typeof required === "boolean") return required ? "required" : "optional";
    const name = platform.config[required.config]?.variable ?? required.config;
    return `required where ${name} is ${required.is}`;
}
