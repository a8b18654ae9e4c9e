/** What the catalogue of a platform is made of. Shared by all environments; an environment's configuration chooses stores. */

import type { RotationClass } from "./rotation/rotation-class";
import type { ValueShape } from "./value-shape";

/** What a document is about; becomes the `class` tag of what holds it. */
export const CATEGORIES = [
    "database",
    "security",
    "api-key",
    "storage",
    "monitoring",
    "encryption",
    "config",
] as const;
export type Category = (typeof CATEGORIES)[number];

/** What makes a field rotate before its period is over. */
export type Trigger = "compromise" | "revocation" | "offboarding" | "permission change";

export interface Rotation {
    /** How it rotates, and how long each part of that takes. */
    readonly rotationClass: RotationClass;
    /** The longest age of a value, e.g. `90 days`; absent when only a trigger rotates it. */
    readonly every?: string;
    readonly on?: readonly Trigger[];
}

/** The written form of a drawn value. Each has at least 128 bits. */
export type GeneratedForm =
    /** Letters and digits, `lengthChars` of them: needs no escaping in a URL or a shell. */
    | { readonly form: "password"; readonly lengthChars: number }
    /** `bytes` random bytes in hex, base64 or URL-safe base64. */
    | { readonly form: "hex" | "base64" | "base64url"; readonly bytes: number }
    /** A key of the Fernet specification: 32 bytes in URL-safe base64 with padding. */
    | { readonly form: "fernet" }
    /** A UUID of version 4 (RFC 9562). */
    | { readonly form: "uuid" };

/** Whether applications need it: always, never, or when a value of the platform's configuration says so. */
export type Requirement = boolean | { readonly config: string; readonly is: string };

/**
 * Where a drawn value has to be set besides its store, which tells only those who read it. Runbooks have the commands:
 * a person runs them after the deployment, before the readers restart. What is not named here is asked of that person.
 */
export type AlsoSet =
    /**
     * The password of a role. `host` is a value of the platform's configuration; `server` the consumer that is the
     * database itself, which reads the password only when it is set up and is not restarted for it.
     */
    | {
          readonly in: "postgresql";
          readonly role?: string;
          readonly host?: string;
          readonly server?: string;
      }
    /** The password of the default user. `host` is a value of the platform's configuration. */
    | { readonly in: "redis"; readonly host: string }
    /** A user of MinIO, whose id and secret are these two fields of the same document. */
    | { readonly in: "minio"; readonly id: string; readonly secret: string }
    /** What no command of ours reaches, e.g. `the callback settings of a shop`: follows "put it into". */
    | { readonly in: "place"; readonly where: string };

/** Whether applications need the field or value in an environment with these settings. */
export function isRequired(required: Requirement, settings: Readonly<Record<string, string>>): boolean {
    return typeof required === "boolean" ? required : settings[required.config] === required.is;
}

interface FieldBase {
    readonly description: string;
    /** What people notice when the value in use goes at once, as a sentence: `Users sign in again.` */
    readonly breaks?: string;
    readonly required: Requirement;
    /** The environment variable that applications read it by; absent for what none reads. */
    readonly variable?: string;
    readonly rotation: Rotation;
}

export interface LiteralField extends FieldBase {
    readonly kind: "literal";
    /** Not a secret: a user name, an algorithm. */
    readonly value: string;
}

export interface GeneratedField extends FieldBase {
    readonly kind: "generated";
    readonly generated: GeneratedForm;
    readonly alsoSet?: AlsoSet;
}

/** How to get another value from its issuer, for whoever has to at night. Sentences. */
export interface IssuerHints {
    /** The page where it is issued and revoked. */
    readonly issuerUrl?: string;
    /** How to get a new one there. */
    readonly renew?: string;
    /** How to end the old one there. */
    readonly revoke?: string;
    /** What its values look like; absent where the issuer does not say. */
    readonly shape?: ValueShape;
}

export interface ExternalField extends FieldBase, IssuerHints {
    readonly kind: "external";
    /** Who issues the value, e.g. `Anthropic console`. */
    readonly issuer: string;
}

export interface ComposedField extends FieldBase {
    readonly kind: "composed";
    /**
     * Text with `{field}`, `{document.field}` of the same platform, and `{config.name}` in braces; always made of the
     * current generations.
     */
    readonly template: string;
}

/**
 * One half of an access key of an IAM user; the other half is another field of the same document. Where an environment
 * has no AWS, whoever keeps the storage issues it.
 */
export interface AccessKeyField extends FieldBase {
    readonly kind: "access-key";
    /** Who issues it in an environment without AWS. */
    readonly issuer: string;
    /** `id` has the entry in the ledger. */
    readonly part: "id" | "secret";
}

export type Field = LiteralField | GeneratedField | ExternalField | ComposedField | AccessKeyField;

/**
 * Whether somebody else issues the value and it is set here.
 *
 * @param createsAccessKeys whether the stack creates access keys; without AWS, whoever keeps the storage issues them.
 */
export function isIssued(field: Field, createsAccessKeys: boolean): field is ExternalField | AccessKeyField {
    return field.kind === "external" || (field.kind === "access-key" && !createsAccessKeys);
}

/** Whether the stack draws or creates the value, one per generation. */
export function isMade({ kind }: Field, createsAccessKeys: boolean): boolean {
    return kind === "generated" || (kind === "access-key" && createsAccessKeys);
}

export interface Document {
    readonly description: string;
    readonly category: Category;
    readonly fields: Readonly<Record<string, Field>>;
    /** Teams or people who have seen its values; when one leaves, its fields rotate. */
    readonly holders: readonly string[];
    /**
     * `text` for a document of one field that applications read as it is (no JSON around it); such a store entry can
     * hold one generation only.
     *
     * @default json
     */
    readonly format?: "json" | "text";
}

/** A value that is no secret: Parameter Store or a ConfigMap holds it. */
export interface ConfigValue {
    readonly description: string;
    readonly required: Requirement;
    /** Absent for what only composed fields use. */
    readonly variable?: string;
    /** The value unless the environment's configuration sets another; a required one without it must be set there. */
    readonly default?: string;
    /** What its values look like; any text without it. */
    readonly shape?: ValueShape;
    /** Words, in any case, that its value has nowhere real values are at stake: `debug` as a log level. */
    readonly unsafe?: readonly string[];
}

/** A workload that reads fields and configuration. */
export interface Consumer {
    /** `Deployment/backend`: what restarts when a value changes. */
    readonly workload: `${"Deployment" | "StatefulSet" | "CronJob"}/${string}`;
    /** The Kubernetes Secret that holds the variables it reads. */
    readonly secretName: string;
    /** Variables in its environment, or files under `/run/secrets` (which also change in a running pod). */
    readonly takes: "env" | "files";
    /** Variables, of documents and of configuration. */
    readonly reads: readonly string[];
}

/** What another system keeps and rotates. */
export interface Managed {
    readonly description: string;
    readonly manager: string;
    /** The environment variable that applications read it by, where they do. */
    readonly variable?: string;
}

export interface Platform {
    readonly name: string;
    readonly title: string;
    /** The team that answers for it. */
    readonly owner: string;
    /** Teams that hear of a leak beside the owner, the holders and those who keep the stores. */
    readonly tell?: readonly string[];
    readonly documents: Readonly<Record<string, Document>>;
    readonly config: Readonly<Record<string, ConfigValue>>;
    readonly consumers: Readonly<Record<string, Consumer>>;
    /** What other systems keep and rotate for the platform: named here, stored nowhere by us. */
    readonly managed?: Readonly<Record<string, Managed>>;
}

export type Catalogue = readonly Platform[];

/** `devplatform/jwt` */
export const documentId = (platform: string, document: string): string => `${platform}/${document}`;
/** `devplatform/jwt.secret_key`: how the ledger and the configuration name a field. */
export const fieldId = (platform: string, document: string, field: string): string =>
    `${documentId(platform, document)}.${field}`;

/** A field with the names around it. */
export interface CatalogueField {
    readonly id: string;
    readonly platform: Platform;
    readonly documentName: string;
    readonly document: Document;
    readonly fieldName: string;
    readonly field: Field;
}

/** Every field of the catalogue, in its order. */
export function* fieldsOf(catalogue: Catalogue): Generator<CatalogueField> {
    for (const platform of catalogue) {
        for (const [documentName, document] of Object.entries(platform.documents)) {
            for (const [fieldName, field] of Object.entries(document.fields)) {
                const id = fieldId(platform.name, documentName, fieldName);
                yield { id, platform, documentName, document, fieldName, field };
            }
        }
    }
}

/** The classes that the fields of a catalogue rotate by, by name; all of a name, should they differ. */
export function rotationClasses(
    catalogue: Catalogue,
): ReadonlyMap<string, readonly [RotationClass, ...RotationClass[]]> {
    const found = new Map<string, [RotationClass, ...RotationClass[]]>();
    for (const { field } of fieldsOf(catalogue)) {
        const { rotationClass } = field.rotation;
        const known = found.get(rotationClass.name);
        if (known === undefined) found.set(rotationClass.name, [rotationClass]);
        else if (!known.some((each) => isSameClass(each, rotationClass))) known.push(rotationClass);
    }
    return found;
}

const isSameClass = (one: RotationClass, other: RotationClass): boolean =>
    one === other || JSON.stringify(one) === JSON.stringify(other);

/** `90 days, on compromise`: how people read a rotation. */
export function rotationText({ every, on }: Rotation): string {
    const parts = [...(every === undefined ? [] : [every]), ...(on ?? []).map((trigger) => `on ${trigger}`)];
    return parts.length === 0 ? "never" : parts.join(", ");
}
