import { WorkloadIdentityPool } from "@pulumi/gcp/iam/workloadIdentityPool";
import { WorkloadIdentityPoolProvider } from "@pulumi/gcp/iam/workloadIdentityPoolProvider";
import { IAMCustomRole } from "@pulumi/gcp/projects/iamcustomRole";
import { SecretIamMember } from "@pulumi/gcp/secretmanager/secretIamMember";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import type * as pulumi from "@pulumi/pulumi";
import { poolId, serviceAccountEmail } from "../domain/names";
import type { Names } from "../domain/names";
import { CI_NAMES } from "./ci-pipeline";
import type { Pipeline } from "./ci-pipeline";

export interface GcpCiArgs {
    /** Of the shared platform: `strongroom` in `prod`. */
    readonly names: Names;
    readonly project: string;
    readonly projectNumber: string;
    readonly pipelines: readonly Pipeline[];
    /** Secrets by document, with the component that declares each. */
    readonly secrets: readonly {
        readonly id: string;
        readonly secretId: string;
        readonly document: pulumi.Resource;
    }[];
    readonly provider: pulumi.ProviderResource;
}

/**
 * What a step of a rotation takes on one secret: its labels, a new version, the old one disabled, and the value that is
 * read back. Of Google's own roles only the administrator's may change labels, and it may also delete and share.
 */
const DEPLOY_PERMISSIONS = [
    "secretmanager.secrets.get",
    "secretmanager.secrets.update",
    "secretmanager.versions.access",
    "secretmanager.versions.add",
    "secretmanager.versions.disable",
    "secretmanager.versions.enable",
    "secretmanager.versions.get",
    "secretmanager.versions.list",
];

/**
 * Two service accounts that runs of a pipeline stand for by their own tokens. `ci-preview` sees labels, which say how old
 * each value is, and no payload; `ci-deploy` adds versions to named secrets.
 */
export function declareGcpCi(args: GcpCiArgs, opts: pulumi.ComponentResourceOptions): void {
    const { names, project, projectNumber, pipelines, secrets, provider } = args;
    const own = { ...opts, provider };
    const pool = poolId(names);
    const declared = new WorkloadIdentityPool(
        pool,
        { workloadIdentityPoolId: pool, project, description: `Pipelines of ${names.environment}` },
        own,
    );
    for (const pipeline of pipelines) {
        new WorkloadIdentityPoolProvider(
            `${pool}-${pipeline.forge}`,
            {
                workloadIdentityPoolId: declared.workloadIdentityPoolId,
                workloadIdentityPoolProviderId: pipeline.forge,
                project,
                oidc: { issuerUri: `https://${pipeline.issuer}` },
                attributeMapping: { "google.subject": "assertion.sub" },
                attributeCondition: attributeCondition(pipeline),
            },
            own,
        );
    }
    const roleId = names.secretId("ci-deploy").replaceAll("-", "_");
    const customRole = new IAMCustomRole(
        roleId,
        {
            roleId,
            project,
            title: `Deploys rotations of ${names.environment}`,
            permissions: DEPLOY_PERMISSIONS,
        },
        own,
    );
    const roles = { preview: "roles/secretmanager.viewer", deploy: `projects/${project}/roles/${roleId}` };
    // Service accounts have no labels: what it is stands in the description.
    const descriptions = {
        preview: "Looks at the names and ages of secrets",
        deploy: "Operator: deploys rotations",
    };
    for (const kind of ["preview", "deploy"] as const) {
        const accountId = names.serviceAccountId(CI_NAMES[kind]);
        const displayName = names.identity(CI_NAMES[kind]);
        const description = descriptions[kind];
        const account = new serviceaccount.Account(
            accountId,
            { accountId, displayName, description, project },
            own,
        );
        for (const pipeline of pipelines) {
            pipeline[kind].subjects.forEach((subject, index) => {
                new serviceaccount.IAMMember(
                    `${accountId}-${pipeline.forge}-${String(index + 1)}`,
                    {
                        serviceAccountId: account.name,
                        role: "roles/iam.workloadIdentityUser",
                        member: `principal://iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/${pool}/subject/${subject}`,
                    },
                    { ...own, dependsOn: [declared] },
                );
            });
        }
        const member = `serviceAccount:${serviceAccountEmail(names, CI_NAMES[kind], project)}`;
        for (const { id, secretId, document } of secrets) {
            new SecretIamMember(
                `${accountId}-${id}`,
                { project, secretId, role: roles[kind], member },
                { ...own, dependsOn: [account, document, ...(kind === "deploy" ? [customRole] : [])] },
            );
        }
    }
}

/** Tokens of anybody else's repository are of the same issuer: the pool takes these subjects alone, each whole. */
function attributeCondition({ preview, deploy }: Pipeline): string {
    const subjects = [...new Set([...preview.subjects, ...deploy.subjects])];
    return `assertion.sub in [${subjects.map((subject) => `'${subject}'`).join(", ")}]`;
}
