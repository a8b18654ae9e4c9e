import { ENCRYPTION_TYPES, encryptionConfigurations, providersOfSecrets } from "../reading/etcd";
import type { Property } from "../reading/property";
import { NOT_APPLICABLE, each, violation, type Finding, type ResourceRule } from "../rule";

const API_VERSION = "apiserver.config.k8s.io/v1";

/**
 * The API server writes with the first provider of the first entry that covers Secrets. `identity` there means plain
 * text in etcd, and the server takes it without a word. The keys' values may stay unknown: nothing here reads them.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ENC-01",
    name: "enc-01-etcd-encrypts-secrets",
    description: "An EncryptionConfiguration covers Secrets, and its first provider encrypts.",
    severity: "critical",
    remediationSteps:
        "List 'secrets' with an encrypting provider first, and 'identity' last while migrating.",
    url: "https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/",
    exemptible: false,
    peers: [],
    types: ENCRYPTION_TYPES,
    check: (resource) => {
        const configurations = encryptionConfigurations(resource);
        return configurations.length === 0 ? NOT_APPLICABLE : each(configurations, checkConfiguration);
    },
};

function checkConfiguration(configuration: Property): Finding[] {
    const findings: Finding[] = [];
    for (const [key, wanted] of [
        ["apiVersion", API_VERSION],
        ["kind", "EncryptionConfiguration"],
    ] as const) {
        const property = configuration.at(key);
        if (property.text() !== wanted) {
            findings.push(violation(property, "is not what the API server reads", `Set it to '${wanted}'`));
        }
    }
    const providers = providersOfSecrets(configuration);
    if (providers === undefined) {
        const fix = "Add an entry for 'secrets' with an encrypting provider";
        return [...findings, violation(configuration.at("resources"), "does not cover Secrets", fix)];
    }
    return [...findings, ...checkProviders(providers, configuration)];
}

function checkProviders(
    providers: NonNullable<ReturnType<typeof providersOfSecrets>>,
    configuration: Property,
): Finding[] {
    const first = providers[0];
    if (first === undefined) {
        const fix = "Name an encrypting provider";
        return [violation(configuration.at("resources"), "covers Secrets without a provider", fix)];
    }
    const unclear = providers
        .filter(({ kind }) => kind === undefined)
        .map(({ at }) => violation(at, "is not exactly one provider", "Write each provider as its own item"));
    if (first.kind !== "identity") return unclear;
    const fix = "Put an encrypting provider first, and 'identity' last or nowhere";
    return [...unclear, violation(first.at, "is 'identity' first, which writes Secrets in plain text", fix)];
}
