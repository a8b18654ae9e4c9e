import { access, deploy, entriesOf, kubectl, storesOf } from "./cause";
import type { Cause, Subject } from "./cause";

const emailOf = ({ annotations }: Subject): string => annotations["iam.gke.io/gcp-service-account"] ?? "";
const projectOf = ({ provider }: Subject): string => provider["gcpsm.projectID"] ?? "";

/** What Google Cloud says by way of the operator, or by its own command line. */
export const GCP: readonly Cause[] = [
    {
        // External Secrets Operator, providers/v1/gcp/secretmanager/workload_identity.go; external-secrets#2740
        name: "gcp-cluster-unknown",
        pattern: /unable to fetch identitybindingtoken|could not get idbindtoken/i,
        why: "Google does not take the cluster's tokens: the SecretStore names another cluster, location or project, or the cluster has no Workload Identity",
        next: (subject) => [
            `gcloud container clusters describe ${subject.provider["gcpsm.auth.workloadIdentity.clusterName"] ?? ""} --location ${subject.provider["gcpsm.auth.workloadIdentity.clusterLocation"] ?? ""} --project ${projectOf(subject)} --format 'value(workloadIdentityConfig.workloadPool)'`,
            ...deploy(subject),
        ],
    },
    {
        // external-secrets#2255
        name: "gcp-workload-identity-not-bound",
        pattern: /iam\.serviceAccounts\.getAccessToken|unable to generate gcp access token/i,
        why: "the Kubernetes service account may not act as the Google one: the Workload Identity binding is missing, or names another account",
        next: (subject) => [
            `gcloud iam service-accounts get-iam-policy ${emailOf(subject)} --project ${projectOf(subject)}`,
            `${kubectl(subject)} get serviceaccount ${subject.serviceAccount} -o yaml`,
            ...deploy(subject),
        ],
    },
    {
        // Google's own words, as GoogleCloudPlatform/berglas#150 has them; external-secrets#4828
        name: "gcp-read-denied",
        pattern: /secretmanager\.[a-z.]+'? denied|code = PermissionDenied|PERMISSION_DENIED/i,
        why: "the account was taken, and may not read this secret, or there is none: Google says the same of both",
        next: (subject) => [
            access(subject),
            ...subject.targets.flatMap((target) =>
                target.kind === "gcp-secret-manager"
                    ? [`gcloud secrets get-iam-policy ${target.entry} --project ${target.project}`]
                    : [],
            ),
        ],
    },
    {
        // Google Cloud, Secret Manager: access to a version that is disabled or destroyed is FailedPrecondition.
        name: "gcp-version-disabled",
        pattern: /is in (?:DISABLED|DESTROYED) state|code = FailedPrecondition|FAILED_PRECONDITION/,
        why: "the newest version is disabled or destroyed, and 'latest' is the newest whatever its state: going back is adding a version",
        next: ({ targets }) =>
            targets.flatMap((target) =>
                target.kind === "gcp-secret-manager"
                    ? [`gcloud secrets versions list ${target.entry} --project ${target.project}`]
                    : [],
            ),
    },
    {
        // External Secrets Operator, providers/v1/gcp/secretmanager/client.go, which asks for the gRPC code
        name: "gcp-entry-missing",
        pattern: /code = NotFound|NOT_FOUND/,
        why: "the project has no secret of that name, or none with a version",
        next: (subject) => [storesOf(subject), ...entriesOf(subject), ...deploy(subject)],
    },
    {
        name: "gcp-not-logged-in",
        pattern:
            /gcloud auth login|Reauthentication (?:required|failed)|do not currently have an active account/i,
        why: "the command line of Google Cloud is not logged in, or no longer",
        next: () => ["gcloud auth login"],
    },
];
