import type { Checked } from "../rule";
import type { Property } from "./property";

const GROUP = "kubernetes:external-secrets.io:";

export const EXTERNAL_SECRET = `${GROUP}ExternalSecret`;
export const CLUSTER_EXTERNAL_SECRET = `${GROUP}ClusterExternalSecret`;
export const SECRET_STORES = [`${GROUP}SecretStore`, `${GROUP}ClusterSecretStore`] as const;
/** Writes values of the cluster into a store. */
export const PUSH_SECRETS = [`${GROUP}PushSecret`, `${GROUP}ClusterPushSecret`] as const;

/** The group of generators, each of which is a kind. */
export const GENERATORS = "kubernetes:generators.external-secrets.io:";

/** It logs in to Vault as a SecretStore does: its `spec.provider` is the block of Vault itself. */
export const LEASES = `${GENERATORS}VaultDynamicSecret`;

/** Kinds of generators that a namespace may have. One that is not listed is still seen where it is used. */
export const GENERATOR_KINDS: readonly string[] = [
    "ACRAccessToken",
    "CloudsmithAccessToken",
    "ECRAuthorizationToken",
    "Fake",
    "GCRAccessToken",
    "GeneratorState",
    "GithubAccessToken",
    "Grafana",
    "MFA",
    "Password",
    "QuayAccessToken",
    "SSHKey",
    "STSSessionToken",
    "UUID",
    "VaultDynamicSecret",
    "Webhook",
];

/** What an ExternalSecret asks for; a ClusterExternalSecret has the same within. */
export function externalSecretSpec({ type, props }: Checked): Property {
    return type === CLUSTER_EXTERNAL_SECRET ? props.at("spec", "externalSecretSpec") : props.at("spec");
}
