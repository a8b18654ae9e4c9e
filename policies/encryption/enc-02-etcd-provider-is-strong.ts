import {
    allProviders,
    ENCRYPTION_TYPES,
    encryptionConfigurations,
    providersOfSecrets,
    type Provider,
} from "../reading/etcd";
import { NOT_APPLICABLE, each, violation, type Finding, type ResourceRule } from "../rule";

const FIX =
    "Put secretbox or a KMS v2 provider first; the old one may follow it until all Secrets are rewritten";

/** Of the first provider, which writes; why is the column of the provider table in the Kubernetes docs. */
const WEAK: ReadonlyMap<string, string> = new Map([
    ["aescbc", "is aescbc, which is weak: CBC without authentication is open to padding-oracle attacks"],
    ["aesgcm", "is aesgcm, whose key must be changed every 200,000 writes by automation of your own"],
]);

/**
 * Advisory, since a cluster without KMS may have a reason for aescbc. A weak provider behind the first one reads what
 * it once wrote, and is there while a migration lasts. Keys' values may stay unknown.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ENC-02",
    name: "enc-02-etcd-provider-is-strong",
    description: "Secrets are written to etcd by KMS v2 or secretbox.",
    severity: "medium",
    level: "advisory",
    remediationSteps:
        "Add secretbox or KMS v2 as first provider, rewrite all Secrets, then drop the old provider.",
    url: "https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/",
    peers: [],
    types: ENCRYPTION_TYPES,
    check: (resource) => {
        const configurations = encryptionConfigurations(resource);
        if (configurations.length === 0) return NOT_APPLICABLE;
        return each(configurations, (configuration) => [
            ...each(providersOfSecrets(configuration)?.slice(0, 1) ?? [], checkWriter),
            ...each(allProviders(configuration), checkKmsVersion),
        ]);
    },
};

function checkWriter({ at, kind = "" }: Provider): Finding[] {
    const weakness = WEAK.get(kind);
    return weakness === undefined ? [] : [violation(at, weakness, FIX)];
}

/** Version 1 is what a configuration without `apiVersion` means; the API server turns it off since 1.29. */
function checkKmsVersion({ at, kind }: Provider): Finding[] {
    const version = at.at("kms", "apiVersion");
    if (kind !== "kms" || version.text() === "v2") return [];
    return [violation(version, "is KMS v1, which new API servers refuse", "Set it to 'v2'")];
}
