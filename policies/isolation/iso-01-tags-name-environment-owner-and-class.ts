import type { Property } from "../reading/property";
import { each, violation, type Checked, type Context, type Finding, type ResourceRule } from "../rule";

/** What carries tags or labels, and where. Default tags of a provider don't count: they belong to the provider. */
const LABELS: ReadonlyMap<string, { readonly path: readonly string[]; readonly prefix: string }> = new Map([
    ["aws:secretsmanager/secret:Secret", { path: ["tags"], prefix: "" }],
    ["aws:ssm/parameter:Parameter", { path: ["tags"], prefix: "" }],
    ["aws:kms/key:Key", { path: ["tags"], prefix: "" }],
    ["aws:kms/replicaKey:ReplicaKey", { path: ["tags"], prefix: "" }],
    ["aws:kms/externalKey:ExternalKey", { path: ["tags"], prefix: "" }],
    ["aws:kms/replicaExternalKey:ReplicaExternalKey", { path: ["tags"], prefix: "" }],
    ["aws:iam/user:User", { path: ["tags"], prefix: "" }],
    ["aws:iam/role:Role", { path: ["tags"], prefix: "" }],
    ["gcp:secretmanager/secret:Secret", { path: ["labels"], prefix: "" }],
    ["gcp:secretmanager/regionalSecret:RegionalSecret", { path: ["labels"], prefix: "" }],
    ["gcp:kms/cryptoKey:CryptoKey", { path: ["labels"], prefix: "" }],
    ["vault:kv/secretV2:SecretV2", { path: ["customMetadata", "data"], prefix: "" }],
    ["kubernetes:core:Namespace", { path: ["metadata", "labels"], prefix: "strongroom.io/" }],
    [
        "kubernetes:external-secrets.io:SecretStore",
        { path: ["metadata", "labels"], prefix: "strongroom.io/" },
    ],
    [
        "kubernetes:external-secrets.io:ClusterSecretStore",
        { path: ["metadata", "labels"], prefix: "strongroom.io/" },
    ],
]);

/**
 * Who is called when a store, a key, a role or a namespace is in trouble, and which environment it is: readable
 * without reading any value. An unknown tag is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ISO-01",
    name: "iso-01-tags-name-environment-owner-and-class",
    description:
        "Stores, keys, roles and namespaces name their environment, owner and class in tags or labels.",
    severity: "medium",
    remediationSteps: "Set environment to this stack's, and name the owner and the class.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html",
    peers: [],
    types: new Set(LABELS.keys()),
    check,
};

function check({ type, props }: Checked, { facts }: Context): readonly Finding[] {
    const { path, prefix } = LABELS.get(type) ?? { path: [], prefix: "" };
    const labels = props.at(...path);
    return each(["environment", "owner", "class"], (word) => {
        const label = labels.at(prefix + word);
        if (word === "environment") return checkEnvironment(label, facts.environment);
        return (label.text() ?? "") === "" ? [violation(label, "is missing", `Name the ${word} there`)] : [];
    });
}

function checkEnvironment(label: Property, environment: string): Finding[] {
    if (label.text() === environment) return [];
    return [violation(label, "does not name this stack's environment", `Set it to '${environment}'`)];
}
