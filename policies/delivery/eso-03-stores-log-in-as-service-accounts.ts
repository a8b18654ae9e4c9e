import { LEASES, SECRET_STORES } from "../reading/external-secrets";
import type { Property } from "../reading/property";
import { each, violation, type Finding, type ResourceRule } from "../rule";

/** Providers that take a service account, with the key that names it. Others are not known to have any. */
const IDENTITY: Readonly<Record<string, RegExp>> = {
    aws: /^serviceAccountRef$/,
    azurekv: /^serviceAccountRef$/,
    conjur: /^serviceAccountRef$/,
    gcpsm: /^serviceAccountRef$/,
    kubernetes: /^serviceAccount$/,
    vault: /^serviceAccountRef$/,
};
/** What these hold is public: certificates, and a configuration that names no key. */
const PUBLIC = new Set(["caProvider", "credConfig", "credConfigMap"]);

/**
 * A login that is stored in a Secret is one more secret to rotate, and everybody's who reads that Secret. A service
 * account's token is made for the login, for a single audience, and ends within minutes. So no part of a provider's
 * block refers to a Secret, whatever the provider calls it, and a provider that knows service accounts uses one: with
 * none it reads as the operator itself. On AWS the operator may also assume the consumer's role and say in session tags
 * for which namespace and store it does so, where the tags are the operator's own (`sessionTagsPolicy: Simple`).
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ESO-03",
    name: "eso-03-stores-log-in-as-service-accounts",
    description: "A SecretStore logs in with a service account's token, not with what a Secret holds.",
    severity: "high",
    remediationSteps:
        "Set serviceAccountRef to the consumer's service account, and remove references to Secrets.",
    url: "https://external-secrets.io/latest/guides/threat-model/",
    peers: [],
    types: new Set([...SECRET_STORES, LEASES]),
    check: ({ type, props }) => {
        const provider = props.at("spec", "provider");
        return type === LEASES
            ? checkBlock("vault", provider)
            : each([provider], () =>
                  each(provider.entries(), ({ key, property }) => checkBlock(key, property)),
              );
    },
};

function checkBlock(provider: string, block: Property): Finding[] {
    const identity = IDENTITY[provider];
    return [
        ...each(parts(block), ({ key, at }) =>
            isSecretReference(key, at)
                ? [
                      violation(
                          at,
                          "logs in with what a Secret holds",
                          "Log in with the consumer's service account",
                      ),
                  ]
                : [],
        ),
        ...each([block], () =>
            identity === undefined || namesAccount(block, identity) || tellsForWhom(provider, block)
                ? []
                : [
                      violation(
                          block.at("auth"),
                          "names no service account, so that the operator logs in as itself",
                          "Set serviceAccountRef to the consumer's service account",
                      ),
                  ],
        ),
    ];
}

function namesAccount(block: Property, identity: RegExp): boolean {
    const all = parts(block);
    // An unknown part may name it: reading it has the rule wait.
    return (
        all.some(({ key, at }) => !at.isUnknown && identity.test(key) && at.at("name").text()) ||
        all.some(({ at }) => at.isUnknown && at.isTrue)
    );
}

/** As tags of the session, which the trust policy of the role asks for; tags that the store writes itself prove nothing. */
function tellsForWhom(provider: string, block: Property): boolean {
    return (
        provider === "aws" &&
        block.at("role").text() !== undefined &&
        block.at("sessionTagsPolicy").text() === "Simple" &&
        block.at("sessionTags").isAbsent
    );
}

interface Part {
    readonly key: string;
    readonly at: Property;
}

/** Everything below, but what is public; below a reference to a Secret nothing, so that it is told once. */
function parts(block: Property): Part[] {
    if (block.isUnknown) return [];
    const below = [
        ...block.entries().map(({ key, property }) => ({ key, at: property })),
        ...items(block).map((at) => ({ key: "", at })),
    ];
    return below.flatMap((part) => {
        if (PUBLIC.has(part.key)) return [];
        return part.at.isUnknown || isSecretReference(part.key, part.at) ? [part] : [part, ...parts(part.at)];
    });
}

function items(property: Property): Property[] {
    const found = property.items();
    return found[0] === property ? [] : found;
}

/** By its name, such as `tokenSecretRef`, or by its shape: a name with a key. */
function isSecretReference(key: string, at: Property): boolean {
    if (/secretRef$/i.test(key)) return true;
    return at.isObject && !at.at("key").isAbsent && !at.at("name").isAbsent;
}
