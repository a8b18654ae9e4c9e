import type { Facts } from "../facts";
import type { Property } from "../reading/property";
import { each, violation, type Checked, type Context, type Finding, type ResourceRule } from "../rule";

type Pin = (props: Property, facts: Facts) => readonly Finding[];

const PROVIDER = "pulumi:providers:";

/** What holds each provider to one environment; of further packages for the same clouds, the same. */
const PINS: ReadonlyMap<string, Pin> = new Map([
    ["aws", pinAws],
    ["aws-native", pinAws],
    ["gcp", pinGcp],
    ["google-native", pinGcp],
    ["kubernetes", pinKubernetes],
    ["vault", pinVault],
    ["azure", pinNowhere],
    ["azure-native", pinNowhere],
    ["azuread", pinNowhere],
]);

/** Resources that may choose a project or a namespace of Vault themselves, past their provider. */
const WITH_PROJECT = [
    "secretmanager/secret:Secret",
    "secretmanager/regionalSecret:RegionalSecret",
    "serviceaccount/account:Account",
    "kms/keyRing:KeyRing",
    "container/cluster:Cluster",
    "pubsub/topic:Topic",
].map((type) => `gcp:${type}`);
const WITH_NAMESPACE = [
    "index/mount:Mount",
    "index/policy:Policy",
    "index/authBackend:AuthBackend",
    "kv/secretV2:SecretV2",
    "kv/secret:Secret",
    "generic/secret:Secret",
    "kubernetes/authBackendRole:AuthBackendRole",
    "database/secretBackendRole:SecretBackendRole",
].map((type) => `vault:${type}`);

/**
 * Credentials that lie around must not decide where a resource goes: each provider is explicit and fenced to its
 * account, project, cluster or server, and no resource leaves that fence by a property of its own. Of a default
 * provider nobody said where it points; the engine makes one for a resource that names none.
 *
 * Not seen: where the context of a kubeconfig leads on the machine that deploys.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ISO-10",
    name: "iso-10-providers-are-pinned",
    description:
        "Providers are explicit and fenced to this environment's account, project, cluster or server.",
    severity: "critical",
    remediationSteps: "Declare a provider with what the stack's configuration names, and pass it on.",
    url: "https://www.pulumi.com/docs/iac/concepts/resources/providers/",
    peers: [],
    exemptible: false,
    types: new Set([...[...PINS.keys()].map((name) => PROVIDER + name), ...WITH_PROJECT, ...WITH_NAMESPACE]),
    check: (resource, context) =>
        resource.type.startsWith(PROVIDER)
            ? checkProvider(resource, context)
            : checkResource(resource, context),
};

function checkProvider({ type, name, props }: Checked, { facts }: Context): readonly Finding[] {
    if (isDefault(name)) return [unexplained(props)];
    return PINS.get(type.slice(PROVIDER.length))?.(props, facts) ?? [];
}

function checkResource({ type, props, provider }: Checked, { facts }: Context): readonly Finding[] {
    const by = provider !== undefined && isDefault(provider.name) ? [unexplained(props)] : [];
    if (WITH_PROJECT.includes(type)) {
        const project = facts.gcp?.project ?? "";
        return [...by, ...optional(props.at("project"), project, `project ${project}`)];
    }
    const fix = "Leave the namespace to the provider";
    return [
        ...by,
        ...each([props.at("namespace")], (namespace) =>
            namespace.isAbsent ? [] : [violation(namespace, "goes past the provider's namespace", fix)],
        ),
    ];
}

/** The engine names what it makes itself `default`, or `default_7_48_0` after the package's version. */
function isDefault(name: string): boolean {
    return name === "default" || name.startsWith("default_");
}

function unexplained(props: Property): Finding {
    const fix = "Declare a provider, pass it in the options, and set pulumi:disable-default-providers";
    return violation(props, "is made with whatever credentials lie around", fix);
}

function pinAws(props: Property, { aws }: Facts): readonly Finding[] {
    if (aws === undefined) return pinNowhere(props);
    return [
        ...each([props.at("allowedAccountIds")], (allowed) => {
            // The engine hands lists of a provider over as JSON.
            const accounts = (allowed.parsed() ?? allowed).texts();
            return accounts.length === 1 && accounts[0] === aws.accountId
                ? []
                : [unpinned(allowed, `[${aws.accountId}]`)];
        }),
        ...each([props.at("skipRequestingAccountId")], (skip) =>
            skip.isTrue || skip.text() === "true"
                ? [
                      violation(
                          skip,
                          "leaves the account unknown, so nothing holds the provider to it",
                          "Remove it",
                      ),
                  ]
                : [],
        ),
    ];
}

function pinGcp(props: Property, { gcp }: Facts): readonly Finding[] {
    if (gcp === undefined) return pinNowhere(props);
    return required(props.at("project"), gcp.project);
}

function pinKubernetes(props: Property, { clusters }: Facts): readonly Finding[] {
    const contexts = clusters.map(({ context }) => context);
    return [
        ...each([props.at("context")], (context) =>
            contexts.includes(context.text() ?? "") ? [] : [unpinned(context, contexts.join(" or "))],
        ),
        ...each([props.at("cluster")], (cluster) =>
            cluster.isAbsent ? [] : [violation(cluster, "goes past the context's own cluster", "Remove it")],
        ),
    ];
}

function pinVault(props: Property, { vault }: Facts): readonly Finding[] {
    if (vault === undefined) return pinNowhere(props);
    const { address, namespace = "" } = vault;
    return [
        ...required(props.at("address"), address),
        ...(namespace === ""
            ? optional(props.at("namespace"), "", "nothing")
            : required(props.at("namespace"), namespace)),
    ];
}

function pinNowhere(props: Property): readonly Finding[] {
    const fix = "Set it up in the stack's configuration, or take the provider away";
    return [violation(props, "is a provider of a system that this environment does not have", fix)];
}

function required(property: Property, wanted: string): readonly Finding[] {
    return each([property], () => (property.text() === wanted ? [] : [unpinned(property, wanted)]));
}

function optional(property: Property, wanted: string, words: string): readonly Finding[] {
    return each([property], () => {
        if (property.isAbsent || property.text() === wanted) return [];
        return [violation(property, "is not this environment's", `Set it to ${words}`)];
    });
}

function unpinned(property: Property, wanted: string): Finding {
    return violation(property, "does not hold the provider to this environment", `Set it to ${wanted}`);
}
