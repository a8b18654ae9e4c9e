import type { Property } from "../reading/property";
import { each, violation, type Checked, type Finding, type ResourceRule } from "../rule";

const PROVIDER = "pulumi:providers:vault";
const STORES = [
    "kubernetes:external-secrets.io:SecretStore",
    "kubernetes:external-secrets.io:ClusterSecretStore",
];
const LEASES = "kubernetes:generators.external-secrets.io:VaultDynamicSecret";
const CONNECTION = "kubernetes:secrets.hashicorp.com:VaultConnection";

/** What resources of Vault itself reach over the network, by type. */
const ADDRESSES: ReadonlyMap<string, readonly string[]> = new Map([
    ["vault:kubernetes/authBackendConfig:AuthBackendConfig", ["kubernetesHost"]],
    ["vault:jwt/authBackend:AuthBackend", ["oidcDiscoveryUrl", "jwksUrl"]],
    [CONNECTION, ["spec.address"]],
]);

/**
 * What is read from Vault, and the token it is read with, go by TLS, with the certificate looked at. A provider logs in
 * by a method that hands out a token for the run: a token, a password or a secret id among its inputs is in the state.
 *
 * An address that is not known yet is decided in the update. Not seen: what comes from the environment of whoever runs
 * `pulumi`, as VAULT_TOKEN does.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "VLT-05",
    name: "vlt-05-vault-is-reached-by-tls",
    description: "Vault is reached by https with its certificate verified, and no token is written down.",
    severity: "high",
    remediationSteps:
        "Use an https address, leave skipTlsVerify out, and log in by Kubernetes, JWT or a cloud.",
    url: "https://developer.hashicorp.com/vault/docs/concepts/production-hardening",
    peers: [],
    exemptible: false,
    types: new Set([PROVIDER, ...STORES, LEASES, ...ADDRESSES.keys()]),
    check,
};

function check({ type, props }: Checked): readonly Finding[] {
    if (type === PROVIDER) return checkProvider(props);
    if (STORES.includes(type)) return checkBlock(props.at("spec", "provider", "vault"));
    if (type === LEASES) return checkBlock(props.at("spec", "provider"));
    const addresses = (ADDRESSES.get(type) ?? []).map((path) => props.at(...path.split(".")));
    return [
        ...each(addresses, (address) => (address.isAbsent ? [] : checkAddress(address))),
        ...(type === CONNECTION ? each([props.at("spec", "skipTLSVerify")], checkVerification) : []),
    ];
}

/** Values that open a session by themselves, among the parameters of the ways to log in. */
const CREDENTIALS =
    /^(?:password|secret_?id|secretId|token|jwt|awsSecretAccessKey|awsSessionToken|credentials)$/i;

function checkProvider(props: Property): Finding[] {
    const logins = props.entries().filter(({ key }) => key.startsWith("authLogin"));
    return [
        ...each([props.at("address")], checkAddress),
        ...each([props.at("skipTlsVerify")], checkVerification),
        ...each([props.at("token")], (token) => (token.isAbsent ? [] : [writtenDown(token)])),
        ...each([props.at("headers")], checkHeaders),
        ...each(logins, ({ property }) => checkLogin(property)),
    ];
}

/** A provider's blocks are JSON texts. */
function checkLogin(property: Property): Finding[] {
    if (property.isAbsent) return [];
    const login = property.parsed();
    if (login?.isObject !== true) {
        return [violation(property, "can't be read, so nobody can tell what it holds", "Write an object")];
    }
    return [login, login.at("parameters")]
        .flatMap((part) => part.entries())
        .filter(({ key, property: value }) => CREDENTIALS.test(key) && !value.isAbsent)
        .map(({ property: value }) => writtenDown(value));
}

/** The block of a SecretStore; one of another provider has none. */
function checkBlock(block: Property): readonly Finding[] {
    if (!block.isUnknown && block.isAbsent) return [];
    return [
        ...each([block.at("server")], checkAddress),
        ...each([block.at("headers")], checkHeaders),
        ...each([block.at("auth", "token")], (token) => (token.isAbsent ? [] : [writtenDown(token)])),
    ];
}

function checkAddress(address: Property): Finding[] {
    if (/^https:\/\/[^/\s@]+/.test(address.text() ?? "")) return [];
    return [violation(address, "is no address with TLS", "Write https://<host>")];
}

/** A provider's flags are texts. */
function checkVerification(flag: Property): Finding[] {
    if (flag.isAbsent || (!flag.isTrue && ["false", ""].includes(flag.text() ?? "false"))) return [];
    return [violation(flag, "takes any certificate for Vault's", "Leave it out, and set the CA instead")];
}

function checkHeaders(headers: Property): Finding[] {
    if (headers.isAbsent) return [];
    const list = headers.parsed() ?? headers;
    const named = [
        ...list.entries().map(({ key, property }) => ({ name: key, property })),
        ...(list.isObject ? [] : list.items()).map((item) => ({
            name: item.at("name").text() ?? "",
            property: item.at("value"),
        })),
    ];
    return named
        .filter(({ name }) => /token|authorization/i.test(name))
        .map(({ property }) => writtenDown(property));
}

function writtenDown(property: Property): Finding {
    return violation(
        property,
        "is a credential that is written down",
        "Log in by Kubernetes, JWT or a cloud's identity instead",
    );
}
