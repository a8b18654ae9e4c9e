import { access, deploy, describeStore, entriesOf, kubectl, storesOf } from "./cause";
import type { Cause, Subject } from "./cause";

const describeSyncs = (subject: Subject): string => `${kubectl(subject)} describe externalsecret`;

/** What External Secrets Operator says in its own name; each from the file that is named beside it. */
export const OPERATOR: readonly Cause[] = [
    {
        // pkg/controllers/secretstore/client_manager.go
        name: "store-not-ready",
        pattern: /SecretStore "[^"]*" is not ready/,
        why: "its SecretStore is not ready: what is wrong with that comes first",
        next: (subject) => [describeStore(subject)],
    },
    {
        // pkg/controllers/secretstore/client_manager.go
        name: "store-missing",
        pattern: /could not get (?:Cluster)?SecretStore/,
        why: "there is no SecretStore of the name that it gives",
        next: (subject) => [`${kubectl(subject)} get secretstore`, ...deploy(subject)],
    },
    {
        // pkg/controllers/secretstore/client_manager.go
        name: "store-denies-namespace",
        pattern: /denied by spec\.condition/,
        why: "the ClusterSecretStore is not for this namespace, by its conditions",
        next: ({ context }) => [`kubectl --context ${context} get clustersecretstore -o yaml`],
    },
    {
        // pkg/controllers/externalsecret/externalsecret_controller.go
        name: "secret-owned-by-other",
        pattern: /target is owned by another ExternalSecret|failed to take ownership|target is immutable/,
        why: "another writer owns the Secret, or it was made immutable, and the operator does not overwrite it",
        next: (subject) => [
            `${kubectl(subject)} get externalsecret -o custom-columns=NAME:.metadata.name,SECRET:.spec.target.name`,
        ],
    },
    {
        // pkg/controllers/externalsecret/externalsecret_controller.go
        name: "template-fails",
        pattern: /could not (?:apply|execute) template|unable to execute template/,
        why: "the values came, and the template of the Secret fails on them",
        next: (subject) => [describeSyncs(subject)],
    },
    {
        // providers/v1/aws/secretsmanager/secretsmanager.go, providers/v1/gcp/secretmanager/client.go
        name: "field-missing",
        pattern: /key \S+ does not exist in secret/,
        why: "the entry is there, and has no field of that name: it was written before the field was declared, or by somebody else",
        next: (subject) => [...entriesOf(subject), ...deploy(subject)],
    },
    {
        // apis/externalsecrets/v1/provider.go, NoSecretError; providers/v1/vault/client_get.go
        name: "entry-missing",
        pattern: /Secret does not exist|secret does not exist at provider|\bsecret not found\b/,
        why: "the store has no entry of that name",
        next: (subject) => [storesOf(subject), ...entriesOf(subject), ...deploy(subject)],
    },
    {
        // Kubernetes' own words for a right that is missing; the operator makes tokens by TokenRequest.
        name: "operator-may-not",
        pattern:
            /serviceaccounts?(?:\/token)?"? .*\bis? ?forbidden|cannot create resource "serviceaccounts\/token"/,
        why: "the operator may not make tokens of this service account in this namespace",
        next: (subject) => [`${kubectl(subject)} get role,rolebinding`, access(subject), ...deploy(subject)],
    },
];

/** What Go's network says, whoever is called. */
export const NETWORK: readonly Cause[] = [
    {
        name: "name-unresolved",
        pattern: /no such host|ENOTFOUND|EAI_AGAIN|Could not connect to the endpoint URL/,
        why: "the store's name can't be resolved: its address is wrong, or the name server does not answer",
        next: (subject) => [describeStore(subject)],
    },
    {
        name: "store-unreachable",
        pattern:
            /i\/o timeout|connection refused|connection reset|context deadline exceeded|no route to host|ECONNREFUSED/,
        why: "the store can't be reached: it is down, or a network policy or a firewall stands between",
        next: (subject) => [describeStore(subject)],
    },
    {
        name: "certificate-not-trusted",
        pattern: /x509: |certificate signed by unknown authority|certificate has expired/,
        why: "the store's certificate is not trusted, is for another name, or has expired",
        next: (subject) => [describeStore(subject)],
    },
    {
        // AWS: ThrottlingException; Google Cloud: RESOURCE_EXHAUSTED
        name: "throttled",
        pattern: /ThrottlingException|Rate exceeded|TooManyRequests|ResourceExhausted|RESOURCE_EXHAUSTED/,
        why: "the store refuses so many calls: the sync comes late, and then by itself",
        next: (subject) => [
            `${kubectl(subject)} get externalsecret -o custom-columns=NAME:.metadata.name,INTERVAL:.spec.refreshInterval`,
        ],
    },
];
