import { access, deploy, entriesOf, storesOf } from "./cause";
import type { Cause, Subject } from "./cause";

const at = ({ provider }: Subject): string => `-address=${provider["vault.server"] ?? ""}`;
const authMount = ({ provider }: Subject): string =>
    provider["vault.auth.kubernetes.mountPath"] ?? "kubernetes";
const role = ({ provider }: Subject): string => provider["vault.auth.kubernetes.role"] ?? "";

/** What Vault says by way of the operator, or by its own command line. */
export const VAULT: readonly Cause[] = [
    {
        // HashiCorp, Vault API, /sys/health: 503 is a sealed server, and 473 a standby that does not forward.
        name: "vault-sealed",
        pattern: /Vault is sealed|Code: 503/i,
        why: "Vault is sealed or not up, so nobody is let in",
        next: (subject) => [`vault status ${at(subject)}`],
    },
    {
        // hashicorp/vault-plugin-auth-kubernetes: the role is not there, or is bound to others.
        name: "vault-role-unknown",
        pattern: /invalid role name|namespace not authorized|service account name not authorized/i,
        why: "Vault has no such role at this login, or the role is bound to another service account or namespace",
        next: (subject) => [
            `vault read ${at(subject)} auth/${authMount(subject)}/role/${role(subject)}`,
            ...deploy(subject),
        ],
    },
    {
        // external-secrets#2560, external-secrets#2691: "unable to log in with Kubernetes auth … Code: 403"
        name: "vault-login-denied",
        pattern: /unable to log in (?:to auth method|with Kubernetes auth)|auth\/[^\s]*\/login/i,
        why: "Vault does not take the service account's token: the login knows another cluster, its reviewer may not review, or its address of the API server is wrong",
        next: (subject) => [
            `vault read ${at(subject)} auth/${authMount(subject)}/config`,
            `vault read ${at(subject)} auth/${authMount(subject)}/role/${role(subject)}`,
        ],
    },
    {
        // HashiCorp, Vault API: 403 is a token without the right; also on a path that there is not.
        name: "vault-read-denied",
        pattern: /Code: 403|permission denied/i,
        why: "the login worked, and its policy does not let it read this path",
        next: (subject) => [
            `vault policy read ${at(subject)} ${role(subject)}`,
            access(subject),
            ...deploy(subject),
        ],
    },
    {
        // External Secrets Operator, providers/v1/vault/client_get.go
        name: "vault-field-missing",
        pattern: /cannot find secret data for key|failed to find data field/i,
        why: "the entry is there, and has no field of that name",
        next: (subject) => [...entriesOf(subject), ...deploy(subject)],
    },
    {
        // The command line of Vault: `No value found at <path>`
        name: "vault-entry-missing",
        pattern: /No value found at|Code: 404/i,
        why: "the mount has no entry of that name",
        next: (subject) => [storesOf(subject), ...entriesOf(subject), ...deploy(subject)],
    },
];
