import type * as pulumi from "@pulumi/pulumi";
import * as secretmanager from "@pulumi/gcp/secretmanager";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import type { Workload } from "./service-account";

export interface GcpIdentityArgs {
    /** `gcpplatform-prod-api`; 6 to 30 characters. */
    readonly accountId: string;
    readonly displayName: string;
    readonly workload: Workload;
    readonly project: string;
    /** Resource names by document id, e.g. `gcpplatform/jwt-secret` → its secret id. */
    readonly secretIds: Readonly<Record<string, string>>;
    /** The secrets exist before a grant on them: the components that declare them. */
    readonly secrets: readonly pulumi.Resource[];
    readonly provider: pulumi.ProviderResource;
}

/**
 * The GCP service account of one workload (Workload Identity), with a grant on each of its secrets. Grants are member
 * resources: an authoritative binding would take everybody else's access away.
 *
 * @returns the annotation that tells the cluster which account the service account stands for.
 */
export function declareGcpIdentity(
    args: GcpIdentityArgs,
    opts: pulumi.ComponentResourceOptions,
): Record<string, string> {
    const { accountId, displayName, workload, project, provider } = args;
    const own = { ...opts, provider };
    const account = new serviceaccount.Account(accountId, { accountId, displayName, project }, own);
    const email = `${accountId}@${project}.iam.gserviceaccount.com`;
    const member = `serviceAccount:${email}`;
    new serviceaccount.IAMMember(
        `${accountId}-workload`,
        {
            serviceAccountId: account.name,
            role: "roles/iam.workloadIdentityUser",
            member: `serviceAccount:${project}.svc.id.goog[${workload.namespace}/${workload.serviceAccount}]`,
        },
        own,
    );
    for (const [id, secretId] of Object.entries(args.secretIds)) {
        new secretmanager.SecretIamMember(
            `${accountId}-${id}`,
            { project, secretId, role: "roles/secretmanager.secretAccessor", member },
            { ...own, dependsOn: [account, ...args.secrets] },
        );
    }
    return { "iam.gke.io/gcp-service-account": email };
}
