import * as pulumi from "@pulumi/pulumi";
import { documentId, fieldId, isIssued, isRequired, isMade, rotationText } from "../domain/catalogue";
import type { Document as DocumentSpec, Field } from "../domain/catalogue";
import type { Names } from "../domain/names";
import type { Ownership } from "../domain/ownership";
import { longestAges } from "../domain/rotation/ages";
import { shortestPeriod } from "../domain/rotation/due";
import { deliversAllGenerations } from "../domain/rotation/rotation-class";
import { rotationsOf, rotationTags } from "../domain/rotation/rotation-tags";
import { stampOf } from "../domain/rotation/stamp";
import type { Stamp } from "../domain/rotation/stamp";
import { liveStages, stagedField } from "../domain/rotation/stages";
import type { Generations, Ledger } from "../domain/rotation/stages";
import { fillTemplate, parseTemplate } from "../domain/template";
import type { SecretStore } from "../stores/store";
import { drawValue } from "./drawn-value";
import type { NativeDocument } from "./native";

/** Creates the live generations of an access key, and gives the halves of the current one. */
export type CreateAccessKey = (
    key: {
        readonly field: string;
        readonly document: string;
        readonly generations: Generations;
        readonly rotationClass: string;
        readonly ownership: Ownership;
    },
    opts: pulumi.ComponentResourceOptions,
) => { readonly id: pulumi.Output<string>; readonly secret: pulumi.Output<string> };

export interface DocumentArgs {
    readonly names: Names;
    readonly document: string;
    readonly spec: DocumentSpec;
    readonly owner: string;
    readonly store: SecretStore;
    /** @default the document's name; another one after it was deleted while the old name is still blocked */
    readonly storedName?: string;
    readonly ledger: Ledger;
    /** Values that others issued, by field id; secret. */
    readonly values: Readonly<Record<string, pulumi.Output<string>>>;
    /** Ids of external fields that somebody sets in the store itself, so that they never enter the state. */
    readonly outOfBand: ReadonlySet<string>;
    /** Absent for what rotates by the ledger. */
    readonly native?: NativeDocument | undefined;
    /** Creates the access key of a document; absent where somebody else issues it. */
    readonly createAccessKey?: CreateAccessKey | undefined;
    /** The platform's configuration in this environment, by name. */
    readonly settings: Readonly<Record<string, string>>;
    /** The documents that composed fields use, by name. */
    readonly siblings: Readonly<Record<string, Document>>;
    readonly random: pulumi.ProviderResource;
    /** What drawn values wait for. */
    readonly stateMark: pulumi.Resource;
}

/**
 * One document: the values of its fields, drawn, set, written down or composed, and its entry in a store. While a
 * required value is missing, the entry is declared without values and the field says `needsValue`.
 */
export class Document extends pulumi.ComponentResource {
    readonly id: string;
    readonly storedName: string;
    readonly spec: DocumentSpec;
    readonly store: SecretStore;
    readonly ownership: Ownership;
    readonly stamp: Stamp | undefined;
    /** Vault makes an account for each lease: the store has no entry. */
    readonly isLeased: boolean;
    /** Secret values by stored field: `secret_key`, `secret_key_previous`. Fields without a value are absent. */
    readonly values: Readonly<Record<string, pulumi.Output<string>>>;
    /** Fields that are required in this environment and have no value yet. */
    readonly missing: readonly string[];
    /** Optional fields without a value: nothing of them is delivered, since a sync fails whole on one missing key. */
    readonly absent: ReadonlySet<string>;

    constructor(name: string, args: DocumentArgs, opts: pulumi.ComponentResourceOptions) {
        const { names, document, spec, store, storedName = document } = args;
        const missing = missingFields(args);
        const described = Object.entries(spec.fields).map(([field, fieldSpec]) => [
            field,
            describeField(args, field, fieldSpec, missing.includes(field)),
        ]);
        const fields = Object.fromEntries(described) as Record<string, unknown>;
        super(
            "strongroom:secrets:Document",
            name,
            {
                platform: names.platform,
                document,
                environment: names.environment,
                owner: args.owner,
                store: store.kind,
                path: store.path({ names, storedName, format: spec.format ?? "json" }),
                description: spec.description,
                fields,
            },
            opts,
        );
        this.id = documentId(names.platform, document);
        this.storedName = storedName;
        this.spec = spec;
        this.store = store;
        this.missing = missing;
        this.isLeased = args.native?.by === "vault-database";
        const stamped = stampedFields(args);
        this.stamp = stampOf(stamped);
        this.ownership = {
            environment: names.environment,
            platform: names.platform,
            owner: args.owner,
            class: spec.category,
        };
        this.values = args.native === undefined ? this.declareValues(args) : {};
        const unset = Object.keys(spec.fields).filter((field) => this.values[field] === undefined);
        this.absent = new Set(unset.filter((field) => !missing.includes(field) && !isOutOfBand(args, field)));
        const isOurs = missing.length === 0 && !unset.some((field) => isOutOfBand(args, field));
        if (!this.isLeased) {
            store.write(
                {
                    id: this.id,
                    names,
                    storedName,
                    description: spec.description,
                    ownership: this.ownership,
                    stamp: this.stamp,
                    rotationTags: rotationTags(rotationsOf(document, specsOf(args))),
                    period: shortestPeriod(stamped),
                    rotation: args.native?.by === "aws-secrets-manager" ? args.native.rotation : undefined,
                    format: spec.format ?? "json",
                    content: isOurs && Object.keys(this.values).length > 0 ? this.values : undefined,
                },
                { parent: this },
            );
        }
        // Policies on the whole stack see what a component puts out, not what it was given.
        const ages = { store: store.kind, longestAges: longestAges(stamped) };
        this.registerOutputs({ platform: names.platform, document, fields, ...ages });
    }

    private declareValues(args: DocumentArgs): Record<string, pulumi.Output<string>> {
        const { names, document, spec, ledger, values } = args;
        const found: Record<string, pulumi.Output<string>> = {};
        const accessKey = this.createAccessKey(args);
        for (const [field, fieldSpec] of Object.entries(spec.fields)) {
            const id = fieldId(names.platform, document, field);
            if (fieldSpec.kind === "literal") {
                found[field] = pulumi.secret(fieldSpec.value);
            } else if (fieldSpec.kind === "access-key" && accessKey !== undefined) {
                found[field] = accessKey[fieldSpec.part];
            } else if (isIssued(fieldSpec, createsKeys(args))) {
                const value = values[id];
                if (value !== undefined) found[field] = pulumi.secret(value);
            } else if (fieldSpec.kind === "generated") {
                const generations = ledger[id];
                if (generations === undefined) continue;
                for (const { stage, generation } of liveStages(generations)) {
                    const opts = {
                        parent: this,
                        provider: args.random,
                        dependsOn: args.stateMark,
                    };
                    const value = drawValue(id, generation, fieldSpec.generated, opts);
                    // What is only kept for the way back stays in the state, where nobody reads it.
                    if (stage === "current" || deliversAllGenerations(fieldSpec.rotation.rotationClass))
                        found[stagedField(field, stage)] = value;
                }
            }
        }
        for (const [field, fieldSpec] of Object.entries(spec.fields)) {
            if (fieldSpec.kind !== "composed") continue;
            const value = compose(args, fieldSpec.template, found);
            if (value !== undefined) found[field] = value;
        }
        return found;
    }

    /** Both halves of the document's access key come from one resource: the ledger has it under its id. */
    private createAccessKey({ names, document, spec, ledger, stateMark, createAccessKey }: DocumentArgs) {
        const half = Object.entries(spec.fields).find(
            ([, field]) => field.kind === "access-key" && field.part === "id",
        );
        if (half === undefined || createAccessKey === undefined) return undefined;
        const [part, { rotation }] = half;
        const field = fieldId(names.platform, document, part);
        const generations = ledger[field];
        if (generations === undefined) return undefined;
        const opts = { parent: this, dependsOn: [stateMark] };
        const rotationClass = rotation.rotationClass.name;
        return createAccessKey(
            { field, document, generations, rotationClass, ownership: this.ownership },
            opts,
        );
    }
}

/** The documents that this one may be composed of, and itself. */
const specsOf = ({ document, spec, siblings }: DocumentArgs): Record<string, DocumentSpec> => ({
    ...Object.fromEntries(Object.entries(siblings).map(([name, sibling]) => [name, sibling.spec])),
    [document]: spec,
});

const createsKeys = ({ createAccessKey }: DocumentArgs): boolean => createAccessKey !== undefined;

/** Undefined while a part has no value. */
function compose(
    { document, siblings, settings }: DocumentArgs,
    template: string,
    own: Readonly<Record<string, pulumi.Output<string>>>,
): pulumi.Output<string> | undefined {
    const parts = parseTemplate(template, document);
    const used: Record<string, pulumi.Output<string>> = {};
    for (const part of parts) {
        if (!("field" in part)) continue;
        const values = part.document === document ? own : siblings[part.document]?.values;
        const value = values?.[part.field];
        if (value === undefined) return undefined;
        used[`${part.document}.${part.field}`] = value;
    }
    const text = pulumi
        .all(used)
        .apply((known) =>
            fillTemplate(parts, (part) =>
                "config" in part
                    ? (settings[part.config] ?? "")
                    : (known[`${part.document}.${part.field}`] ?? ""),
            ),
        );
    return pulumi.secret(text);
}

function isOutOfBand({ names, document, outOfBand, native }: DocumentArgs, field: string): boolean {
    return native !== undefined || outOfBand.has(fieldId(names.platform, document, field));
}

/** External fields without a value, and composed ones that such a field is a part of. */
function missingFields(args: DocumentArgs): string[] {
    const { names, document, spec, values, settings, siblings } = args;
    const required = Object.entries(spec.fields).filter(([, field]) => isRequired(field.required, settings));
    const unset = required.flatMap(([name, field]) => {
        const isSet =
            values[fieldId(names.platform, document, name)] !== undefined || isOutOfBand(args, name);
        return isIssued(field, createsKeys(args)) && !isSet ? [name] : [];
    });
    const waiting = required.flatMap(([name, field]) => {
        if (field.kind !== "composed") return [];
        const isMissing = parseTemplate(field.template, document).some(
            (part) =>
                "field" in part &&
                (part.document === document ? unset : (siblings[part.document]?.missing ?? [])).includes(
                    part.field,
                ),
        );
        return isMissing ? [name] : [];
    });
    return [...unset, ...waiting];
}

function stampedFields({ names, document, spec, ledger }: DocumentArgs) {
    return Object.entries(spec.fields).flatMap(([field, { rotation }]) => {
        const generations = ledger[fieldId(names.platform, document, field)];
        return generations === undefined ? [] : [{ ...rotation, field, generations }];
    });
}

/** What a reviewer reads about a field; holds no value. */
function describeField(
    args: DocumentArgs,
    name: string,
    field: Field,
    isMissing: boolean,
): Record<string, unknown> {
    const { names, document, spec, store, storedName = document, ledger, settings } = args;
    const generations = ledger[fieldId(names.platform, document, name)];
    const isLeased = args.native?.by === "vault-database";
    const reference = isLeased
        ? undefined
        : store.reference({ names, storedName, format: spec.format ?? "json" }, name);
    return {
        kind: field.kind,
        description: field.description,
        category: spec.category,
        required: isRequired(field.required, settings),
        rotation: field.kind === "composed" ? "with its parts" : rotationText(field.rotation),
        ...(args.native === undefined && isMade(field, createsKeys(args))
            ? { strategy: field.rotation.rotationClass.strategy }
            : {}),
        ...(isIssued(field, createsKeys(args)) ? { issuer: field.issuer } : {}),
        ...(args.native === undefined ? {} : { rotatedBy: args.native.by }),
        ...(field.variable === undefined ? {} : { variable: field.variable }),
        ...(generations !== undefined ? { generations } : {}),
        ...(isMissing && isIssued(field, createsKeys(args)) ? { needsValue: true } : {}),
        ...(isOutOfBand(args, name) ? { outOfBand: true } : {}),
        ...(reference === undefined ? {} : { reference }),
    };
}
