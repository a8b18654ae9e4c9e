import type { Property } from "./property";

const KUBERNETES = /^kubernetes:([^:/]+)\/[^:]+:(\w+?)(List|Patch)?$/;

/**
 * `kubernetes:external-secrets.io:ExternalSecret` for that kind in every version, for its patch and its list: a rule
 * about a kind must not be escaped by another version or another way of writing it. Other tokens stay as they are.
 */
export function canonicalType(type: string): string {
    if (!type.startsWith("kubernetes:")) return type;
    const match = KUBERNETES.exec(type);
    return match === null ? type : `kubernetes:${match[1] ?? ""}:${match[2] ?? ""}`;
}

/** The objects that a resource declares: itself, or the items of a Kubernetes list; an unknown list is one unknown. */
export function objectsOf(type: string, props: Property): Property[] {
    return type.startsWith("kubernetes:") && type.endsWith("List")
        ? props.at("items").itemsOrUnknown()
        : [props];
}

export const ROLES = [
    "kubernetes:rbac.authorization.k8s.io:Role",
    "kubernetes:rbac.authorization.k8s.io:ClusterRole",
] as const;

/** Every resource that puts statements of an identity-based policy into IAM. */
export const IAM_POLICIES = [
    "aws:iam/policy:Policy",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
    "aws:iam/role:Role",
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
] as const;

/** Resources that hold values of secrets, with the properties that hold them. */
export const VALUE_PROPERTIES: ReadonlyMap<string, readonly string[]> = new Map([
    ["aws:secretsmanager/secretVersion:SecretVersion", ["secretString", "secretStringWo", "secretBinary"]],
    ["aws:ssm/parameter:Parameter", ["value", "valueWo", "insecureValue"]],
    ["gcp:secretmanager/secretVersion:SecretVersion", ["secretData", "secretDataWo"]],
    ["gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion", ["secretData", "secretDataWo"]],
    ["vault:kv/secretV2:SecretV2", ["dataJson", "dataJsonWo"]],
    ["vault:kv/secret:Secret", ["dataJson"]],
    ["vault:generic/secret:Secret", ["dataJson"]],
    ["kubernetes:core:Secret", ["stringData", "data"]],
]);
