import { createRequire } from "node:module";
import type * as yaml from "yaml";
import type { Checked } from "../rule";
import type { Property } from "./property";
import { secretValues } from "./secret-values";
import { VALUE_PROPERTIES } from "./types";

export const ETCD_ENCRYPTION = "strongroom:encryption:EtcdEncryption";

/** Where an EncryptionConfiguration may stand: our component, and whatever keeps it for the control plane. */
export const ENCRYPTION_TYPES: ReadonlySet<string> = new Set([ETCD_ENCRYPTION, ...VALUE_PROPERTIES.keys()]);

/**
 * The API server's encryption configurations that a resource holds: the component's as declared, and those found in
 * the values of a store or of a Kubernetes Secret, as YAML or JSON.
 */
export function encryptionConfigurations(resource: Checked): Property[] {
    if (resource.type === ETCD_ENCRYPTION) return [resource.props.at("configuration")];
    const parts = secretValues(resource).flatMap(({ at, text }) => {
        if (!text.includes("EncryptionConfiguration")) return [];
        const document = at.holding(text).parsed(parseYaml);
        return document !== undefined && isConfiguration(document) ? [document] : [];
    });
    return [...wholeValues(resource), ...parts];
}

/** A value that is such a document in JSON, of which the fields are no values of their own. */
function wholeValues({ type, props }: Checked): Property[] {
    return (VALUE_PROPERTIES.get(type) ?? []).flatMap((name) => {
        const value = props.at(name);
        const document = value.isUnknown ? undefined : value.parsed();
        return document?.isObject === true && isConfiguration(document) ? [document] : [];
    });
}

function isConfiguration(document: Property): boolean {
    const kind = document.at("kind");
    return !kind.isUnknown && kind.text() === "EncryptionConfiguration";
}

/** One provider of the list that decides about Secrets. */
export interface Provider {
    readonly at: Property;
    /** `secretbox`, `aescbc`, `aesgcm`, `kms`, `identity`; undefined when it is not exactly one. */
    readonly kind: string | undefined;
}

/**
 * The providers that Secrets get: the API server takes the first entry that covers them, by name or by wildcard. The
 * first provider writes, the others only read.
 *
 * @returns undefined when no entry covers Secrets, which then stay in plain text.
 */
export function providersOfSecrets(configuration: Property): Provider[] | undefined {
    const covering = configuration
        .at("resources")
        .items()
        .find((entry) => entry.at("resources").texts().some(coversSecrets));
    return covering && providersOf(covering);
}

/** Of all entries, those about other resources too. */
export function allProviders(configuration: Property): Provider[] {
    return configuration.at("resources").items().flatMap(providersOf);
}

function providersOf(entry: Property): Provider[] {
    return entry
        .at("providers")
        .items()
        .map((at) => {
            const kinds = at.entries().map(({ key }) => key);
            return { at, kind: kinds.length === 1 ? kinds[0] : undefined };
        });
}

/** @see Kubernetes docs, "Encrypting Confidential Data at Rest": `*.` is the core group, `*.*` everything. */
function coversSecrets(resource: string): boolean {
    return ["secrets", "secrets.", "*.", "*.*"].includes(resource);
}

/** JSON is YAML. The parser is loaded at its first use, which most stacks don't have: it costs a tenth of the start. */
function parseYaml(text: string): unknown {
    const { parse } = createRequire(__filename)("yaml") as typeof yaml;
    return parse(text) as unknown;
}
