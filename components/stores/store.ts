import type * as pulumi from "@pulumi/pulumi";
import type { Duration } from "../domain/duration";
import type { Names } from "../domain/names";
import { tagsOf } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";
import type { Stamp } from "../domain/rotation/stamp";
import type { StoreRotation } from "../domain/rotation/store-rotation";

/** What the tags, labels or metadata of a document tell of it, by key. */
export function entryTags(entry: StoreEntry): Record<string, string> {
    return { ...tagsOf(entry.ownership), ...entry.rotationTags, ...entry.stamp };
}

/** A document as a store takes it. */
export interface StoreEntry {
    /** `devplatform/db`: names the resources. */
    readonly id: string;
    readonly names: Names;
    /** The document's name in the store: `db`, or `db-r2` after it was deleted and created again. */
    readonly storedName: string;
    readonly description: string;
    readonly ownership: Ownership;
    /** Absent when no field is drawn. */
    readonly stamp: Stamp | undefined;
    /** How it rotates: see `rotationTags`. */
    readonly rotationTags: Readonly<Record<string, string>>;
    /** The shortest time after which one of its fields rotates; absent when age rotates none. */
    readonly period?: Duration | undefined;
    /** How the store rotates it by itself; of all stores, Secrets Manager alone does. */
    readonly rotation?: StoreRotation | undefined;
    readonly format: "json" | "text";
    /**
     * The values by stored field; all secret. Undefined while a required value is missing: the container and the
     * grants are declared then, and the value is set out of band or later.
     */
    readonly content: Readonly<Record<string, pulumi.Output<string>>> | undefined;
}

/** What one document of a store is called by those that read it. */
export type EntryName = Pick<StoreEntry, "names" | "storedName" | "format">;

/** Where External Secrets Operator finds one field. */
export interface RemoteRef {
    readonly key: string;
    readonly property?: string;
}

/** One contract for all stores: moving a document is another word in the configuration. */
export interface SecretStore {
    readonly kind:
        "aws-secrets-manager" | "aws-parameter-store" | "gcp-secret-manager" | "vault" | "kubernetes";
    /** The name of the document as the store's own API takes it. */
    path(entry: EntryName): string;
    /** What applications write in their own configuration to mean one field; undefined when none can read it. */
    reference(entry: EntryName, storedField: string): string | undefined;
    /** Declares the container of the document, and its values as one version. */
    write(entry: StoreEntry, opts: pulumi.ComponentResourceOptions): void;
}

/** A store that External Secrets Operator reads; the others put Secrets into the cluster themselves. */
export interface SyncedStore extends SecretStore {
    /** Whether the operator reads by a token that it makes of the service account, or by its own identity first. */
    readonly readsAs: "service account" | "operator";
    remoteRef(entry: EntryName, storedField: string): RemoteRef;
    /** The `provider` block of a SecretStore that reads as the given service account. */
    providerBlock(serviceAccount: string, role: string): Record<string, unknown>;
}

export function isSynced(store: SecretStore): store is SyncedStore {
    return "remoteRef" in store;
}

/** The whole document as one text: JSON with sorted keys, or the value of its only field. */
export function contentText(format: "json" | "text", content: Readonly<Record<string, string>>): string {
    if (format === "text") return Object.values(content)[0] ?? "";
    return JSON.stringify(content, Object.keys(content).sort());
}

/** ESO takes a field out of a JSON document by `property`; a text document is the value. */
export function fieldRef(key: string, format: "json" | "text", storedField: string): RemoteRef {
    return format === "text" ? { key } : { key, property: storedField };
}
/**
 * Where a SecretStore on AWS is, and as whom the operator reads: by a token of the reader's service account, or by the
 * operator's own role, which assumes the reader's and says for which namespace and store it does so.
 *
 * @see External Secrets Operator, "AWS Access": STS session tags
 */
export function awsLogin(
    {
        accountId,
        region,
        readByOperator,
    }: {
        readonly accountId: string;
        readonly region: string;
        readonly readByOperator?: boolean;
    },
    serviceAccount: string,
    role: string,
): Record<string, unknown> {
    if (readByOperator === true) {
        return { region, role: `arn:aws:iam::${accountId}:role/${role}`, sessionTagsPolicy: "Simple" };
    }
    return { region, auth: { jwt: { serviceAccountRef: { name: serviceAccount } } } };
}
