import type { JsonObject } from "../marks";
import type { Replacement } from "./replacement";

/** Kubernetes documentation, "Object Names and IDs": an object is its kind, namespace and name. */
const IDENTITY = ["metadata.name", "metadata.namespace"];
const IDENTITY_SOURCE = 'Kubernetes documentation, "Object Names and IDs"';

const named: Replacement = { properties: IDENTITY, source: IDENTITY_SOURCE };

/**
 * The content of a Secret or ConfigMap: replaced unless the provider is told that it may change, and then still where
 * the object itself says `immutable`.
 */
const content =
    (setting: string, ...properties: readonly string[]) =>
    (before: JsonObject, provider: JsonObject): readonly string[] => {
        const mayChange = provider[setting] === true || provider[setting] === "true";
        if (before["immutable"] === true) return [...properties, "immutable"];
        return mayChange ? [] : properties;
    };

export const kubernetes: Readonly<Record<string, Replacement>> = {
    "kubernetes:core:Namespace": named,
    "kubernetes:core:ServiceAccount": named,
    "kubernetes:core:ConfigMap": {
        properties: IDENTITY,
        unless: content("enableConfigMapMutable", "data", "binaryData"),
        source: 'Pulumi registry, kubernetes.Provider, "enableConfigMapMutable"; Kubernetes documentation, "Immutable ConfigMaps"',
    },
    "kubernetes:core:Secret": {
        properties: [...IDENTITY, "type"],
        unless: content("enableSecretMutable", "data", "stringData"),
        source: 'Pulumi registry, kubernetes.Provider, "enableSecretMutable"; Kubernetes documentation, "Immutable Secrets"',
    },
    "kubernetes:rbac.authorization.k8s.io:Role": named,
    "kubernetes:rbac.authorization.k8s.io:RoleBinding": {
        properties: [...IDENTITY, "roleRef"],
        source: "Kubernetes documentation, \"Using RBAC Authorization\": a binding's roleRef can't be changed",
    },
    "kubernetes:external-secrets.io:ExternalSecret": named,
    "kubernetes:external-secrets.io:SecretStore": named,
    "kubernetes:generators.external-secrets.io:VaultDynamicSecret": named,
    "kubernetes:storagemigration.k8s.io:StorageVersionMigration": {
        properties: [...IDENTITY, "spec.resource"],
        source: "Kubernetes API reference, StorageVersionMigrationSpec: the resource is immutable",
    },
};
