import {
    allProviders,
    ENCRYPTION_TYPES,
    encryptionConfigurations,
    ETCD_ENCRYPTION,
    type Provider,
} from "../reading/etcd";
import type { Property } from "../reading/property";
import { NOT_APPLICABLE, each, violation, type Finding, type ResourceRule } from "../rule";

/** Base64 of exactly 32 bytes: 43 characters and one sign of padding. */
const THIRTY_TWO_BYTES = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Stricter than the API server, which takes duplicate names and a colon in them: the name stands before the cipher
 * text, closed by a colon, and says which key to read it with.
 *
 * A key that is not known yet, as a drawn one never is in a preview, is not reported: the update asks again.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ENC-03",
    name: "enc-03-etcd-keys-are-sound",
    description: "Keys for etcd are 32 bytes, with unique names that hold no colon.",
    severity: "high",
    remediationSteps: "Give each key a name of its own, such as g1 and g2, and 32 random bytes in base64.",
    url: "https://kubernetes.io/docs/reference/config-api/apiserver-config.v1/",
    peers: [],
    types: ENCRYPTION_TYPES,
    check: (resource) => {
        const configurations = encryptionConfigurations(resource);
        if (configurations.length === 0) return NOT_APPLICABLE;
        // The component declares the shape; its keys are in the document that it writes to a store.
        const checkKey = resource.type === ETCD_ENCRYPTION ? checkDeclaredKey : checkSecret;
        return each(configurations, (configuration) =>
            each(allProviders(configuration), (provider) => checkProvider(provider, checkKey)),
        );
    },
};

function checkProvider({ at, kind }: Provider, checkKey: typeof checkSecret): Finding[] {
    if (kind === undefined || kind === "identity") return [];
    if (kind === "kms") return checkName(at.at("kms", "name"), []);
    const keys = at.at(kind, "keys");
    const items = keys.items();
    if (items.length === 0) return [violation(keys, "is empty", "Name at least one key")];
    const seen: string[] = [];
    return each(items, (key) => {
        const findings = checkName(key.at("name"), seen);
        seen.push(key.at("name").text() ?? "");
        return [...findings, ...checkKey(key.at("secret"))];
    });
}

function checkName(name: Property, seen: readonly string[]): Finding[] {
    const text = name.text() ?? "";
    const fix = "Name it after its generation, as g2";
    if (text === "") return [violation(name, "is missing", fix)];
    if (text.includes(":"))
        return [violation(name, "holds a colon, which ends the name before cipher texts", fix)];
    return seen.includes(text) ? [violation(name, "is the name of an earlier key", fix)] : [];
}

function checkDeclaredKey(secret: Property): Finding[] {
    return secret.isUnknown || secret.isAbsent ? [] : checkSecret(secret);
}

function checkSecret(secret: Property): Finding[] {
    if (secret.isUnknown || THIRTY_TWO_BYTES.test(secret.text() ?? "")) return [];
    return [violation(secret, "is not the base64 of 32 bytes", "Draw 32 random bytes")];
}
