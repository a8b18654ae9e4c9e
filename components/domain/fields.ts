import type {
    ComposedField,
    ExternalField,
    GeneratedField,
    GeneratedForm,
    LiteralField,
    Requirement,
    Rotation,
    Trigger,
} from "./catalogue";

interface FieldOptions {
    /** @default true */
    readonly required?: Requirement;
    readonly variable?: string;
}

const common = (description: string, rotation: Rotation, { required = true, variable }: FieldOptions) => ({
    description,
    required,
    rotation,
    ...(variable === undefined ? {} : { variable }),
});

/** Several services sign and verify with it. */
export const overlap = (every: string, ...on: Trigger[]): Rotation => ({ strategy: "overlap", every, on });
/** One value is valid at a time. */
export const swap = (every: string, ...on: Trigger[]): Rotation => ({ strategy: "swap", every, on });
/** Somebody else issues it; the period is a reminder. */
export const reissue = (every: string, ...on: Trigger[]): Rotation => ({ strategy: "external", every, on });
/** Only an event makes its issuer give out another. */
export const reissueOn = (...on: Trigger[]): Rotation => ({ strategy: "external", on });
export const never: Rotation = { strategy: "none" };

/** A value that is no secret but belongs with ones, such as a user name. */
export function literal(description: string, value: string, options: FieldOptions = {}): LiteralField {
    return { kind: "literal", value, ...common(description, never, options) };
}

/** A value that the stack draws and keeps. */
export function generated(
    description: string,
    form: GeneratedForm,
    rotation: Rotation,
    options: FieldOptions = {},
): GeneratedField {
    return { kind: "generated", generated: form, ...common(description, rotation, options) };
}

/** A value that somebody else issues; it is set in the stack's configuration, encrypted, or out of band. */
export function external(
    description: string,
    issuer: string,
    rotation: Rotation,
    options: FieldOptions = {},
): ExternalField {
    return { kind: "external", issuer, ...common(description, rotation, options) };
}

/** Text over other fields; rotates whenever one of them does. */
export function composed(description: string, template: string, options: FieldOptions = {}): ComposedField {
    return { kind: "composed", template, ...common(description, never, options) };
}

export const password = (lengthChars: number): GeneratedForm => ({ form: "password", lengthChars });
export const hex = (bytes: number): GeneratedForm => ({ form: "hex", bytes });
export const base64 = (bytes: number): GeneratedForm => ({ form: "base64", bytes });
export const base64url = (bytes: number): GeneratedForm => ({ form: "base64url", bytes });
export const fernet: GeneratedForm = { form: "fernet" };
export const uuid: GeneratedForm = { form: "uuid" };
