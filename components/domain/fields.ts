import type {
    AccessKeyField,
    AlsoSet,
    ComposedField,
    ConfigValue,
    ExternalField,
    GeneratedField,
    GeneratedForm,
    IssuerHints,
    LiteralField,
    Requirement,
    Rotation,
    Trigger,
} from "./catalogue";
import type { RotationClass } from "./rotation/rotation-class";

interface FieldOptions {
    /** @default true */
    readonly required?: Requirement;
    readonly variable?: string;
    readonly breaks?: string;
}

const common = (
    description: string,
    rotation: Rotation,
    { required = true, variable, breaks }: FieldOptions,
) => ({
    description,
    required,
    rotation,
    ...(variable === undefined ? {} : { variable }),
    ...(breaks === undefined ? {} : { breaks }),
});

/** Rotates by age, and on events. */
export const rotates = (rotationClass: RotationClass, every: string, ...on: Trigger[]): Rotation => ({
    rotationClass,
    every,
    on,
});
/** Only an event rotates it. */
export const rotatesOn = (rotationClass: RotationClass, ...on: Trigger[]): Rotation => ({
    rotationClass,
    on,
});
export const never: Rotation = { rotationClass: { name: "fixed", strategy: "none" } };

/** A value that is no secret but belongs with ones, such as a user name. */
export function literal(description: string, value: string, options: FieldOptions = {}): LiteralField {
    return { kind: "literal", value, ...common(description, never, options) };
}

/** A value that the stack draws and keeps. */
export function generated(
    description: string,
    form: GeneratedForm,
    rotation: Rotation,
    options: FieldOptions & { readonly alsoSet?: AlsoSet } = {},
): GeneratedField {
    const { alsoSet } = options;
    return {
        kind: "generated",
        generated: form,
        ...common(description, rotation, options),
        ...(alsoSet === undefined ? {} : { alsoSet }),
    };
}

/** A value that somebody else issues; it is set in the stack's configuration, encrypted, or out of band. */
export function external(
    description: string,
    issuer: string,
    rotation: Rotation,
    options: FieldOptions & IssuerHints = {},
): ExternalField {
    const { issuerUrl, renew, revoke, shape } = options;
    return {
        kind: "external",
        issuer,
        ...common(description, rotation, options),
        ...(issuerUrl === undefined ? {} : { issuerUrl }),
        ...(renew === undefined ? {} : { renew }),
        ...(revoke === undefined ? {} : { revoke }),
        ...(shape === undefined ? {} : { shape }),
    };
}

/** An access key of an IAM user, as the two fields of a document that hold its halves. */
export function accessKey(
    issuer: string,
    rotation: Rotation,
    id: FieldOptions & { readonly description: string },
    secret: FieldOptions & { readonly description: string },
): { readonly id: AccessKeyField; readonly secret: AccessKeyField } {
    return {
        id: { kind: "access-key", part: "id", issuer, ...common(id.description, rotation, id) },
        secret: {
            kind: "access-key",
            part: "secret",
            issuer,
            ...common(secret.description, rotation, secret),
        },
    };
}

/** Text over other fields; rotates whenever one of them does. */
export function composed(description: string, template: string, options: FieldOptions = {}): ComposedField {
    return { kind: "composed", template, ...common(description, never, options) };
}

/** A configuration value that applications do without. */
export const optionalValue = (
    description: string,
    variable: string,
    more: Pick<ConfigValue, "default" | "shape" | "unsafe"> = {},
): ConfigValue => ({ description, required: false, variable, ...more });

export const password = (lengthChars: number): GeneratedForm => ({ form: "password", lengthChars });
export const hex = (bytes: number): GeneratedForm => ({ form: "hex", bytes });
export const base64 = (bytes: number): GeneratedForm => ({ form: "base64", bytes });
export const base64url = (bytes: number): GeneratedForm => ({ form: "base64url", bytes });
export const fernet: GeneratedForm = { form: "fernet" };
export const uuid: GeneratedForm = { form: "uuid" };
