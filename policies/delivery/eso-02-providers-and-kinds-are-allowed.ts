import {
    CLUSTER_EXTERNAL_SECRET,
    externalSecretSpec,
    EXTERNAL_SECRET,
    GENERATOR_KINDS,
    GENERATORS,
    PUSH_SECRETS,
    SECRET_STORES,
} from "../reading/external-secrets";
import {
    each,
    listSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
    type Settings,
} from "../rule";

const CLUSTER_GENERATOR = `${GENERATORS}ClusterGenerator`;
const STORES: ReadonlySet<string> = new Set(SECRET_STORES);

/**
 * External Secrets Operator speaks to forty providers, to any address by a webhook, makes values up, writes to stores
 * and serves all namespaces at once. Each is a way out for values, or in for somebody else's; what an environment does
 * not use is off. A generator counts where it is declared and where an ExternalSecret refers to it.
 *
 * @see External Secrets Operator, "Security Best Practices": policy engine; "Disable Cluster Features".
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ESO-02",
    name: "eso-02-providers-and-kinds-are-allowed",
    description: "Only the listed providers, generators and kinds of External Secrets Operator are used.",
    severity: "high",
    remediationSteps: "Use a listed provider from a SecretStore, or list what the environment needs.",
    url: "https://external-secrets.io/latest/guides/security-best-practices/",
    peers: ["Kyverno"],
    settings: {
        allowedProviders: {
            type: "array",
            items: { type: "string" },
            default: ["aws", "gcpsm", "vault"],
            description: "Providers of a SecretStore, as its specification spells them.",
        },
        allowedGenerators: {
            type: "array",
            items: { type: "string" },
            default: ["VaultDynamicSecret"],
            description: "Kinds of generators; one that makes values up makes new ones at each refresh.",
        },
        allowedKinds: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Of PushSecret, ClusterPushSecret, ClusterExternalSecret and ClusterGenerator.",
        },
    },
    types: new Set([
        ...SECRET_STORES,
        ...PUSH_SECRETS,
        EXTERNAL_SECRET,
        CLUSTER_EXTERNAL_SECRET,
        CLUSTER_GENERATOR,
        ...GENERATOR_KINDS.map((kind) => GENERATORS + kind),
    ]),
    check,
};

function check(resource: Checked, { settings }: Context): readonly Finding[] {
    const { type, props } = resource;
    if (STORES.has(type)) return checkProviders(resource, settings);
    if (type === EXTERNAL_SECRET) return checkReferences(resource, settings);
    const kind = type.slice(type.lastIndexOf(":") + 1);
    if (type === CLUSTER_EXTERNAL_SECRET)
        return [...checkKind(resource, kind, settings), ...checkReferences(resource, settings)];
    if (type === CLUSTER_GENERATOR)
        return [
            ...checkKind(resource, kind, settings),
            ...each([props.at("spec", "kind")], (made) => checkGenerator(made, made.text(), settings)),
        ];
    if (type.startsWith(GENERATORS)) return checkGenerator(props, kind, settings);
    return [
        ...checkKind(resource, kind, settings),
        ...each([props.at("spec", "selector", "generatorRef", "kind")], (made) =>
            made.isAbsent ? [] : checkGenerator(made, made.text(), settings),
        ),
    ];
}

function checkProviders({ props }: Checked, settings: Settings): Finding[] {
    const allowed = listSetting(settings, "allowedProviders");
    return each([props.at("spec", "provider")], (provider) =>
        provider
            .entries()
            .filter(({ key }) => !allowed.includes(key))
            .map(({ property }) =>
                violation(property, "is no provider of this environment", `Use ${allowed.join(", ")}`),
            ),
    );
}

function checkReferences(resource: Checked, settings: Settings): Finding[] {
    return each(externalSecretSpec(resource).at("dataFrom").itemsOrUnknown(), (from) => {
        const kind = from.at("sourceRef", "generatorRef", "kind");
        return from.at("sourceRef", "generatorRef").isAbsent
            ? []
            : checkGenerator(kind, kind.text(), settings);
    });
}

function checkKind({ props }: Checked, kind: string, settings: Settings): Finding[] {
    if (listSetting(settings, "allowedKinds").includes(kind)) return [];
    return [
        violation(
            props,
            `is a ${kind}, which this environment does not use`,
            "Use an ExternalSecret and a SecretStore in the consumer's namespace",
        ),
    ];
}

function checkGenerator(at: Checked["props"], kind: string | undefined, settings: Settings): Finding[] {
    const allowed = listSetting(settings, "allowedGenerators");
    if (kind !== undefined && allowed.includes(kind)) return [];
    return [violation(at, "is no generator of this environment", `Use ${allowed.join(", ")}`)];
}
