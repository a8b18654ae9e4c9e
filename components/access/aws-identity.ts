import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";
import { tokenSubject } from "./service-account";
import type { Workload } from "./service-account";

export interface AwsIdentityArgs {
    /** `devplatform-prod-backend` */
    readonly roleName: string;
    readonly workload: Workload;
    readonly ownership: Ownership;
    readonly accountId: string;
    readonly region: string;
    /** Issuer of the cluster's service account tokens, without `https://`. The account has it as OIDC provider. */
    readonly oidcIssuer: string;
    readonly kmsKeyArn: pulumi.Input<string>;
    readonly secretArns: readonly string[];
    readonly parameterArns: readonly string[];
    readonly provider: pulumi.ProviderResource;
}

/**
 * The IAM role of one workload (IRSA): its service account alone may assume it, and it may read exactly the given
 * documents.
 *
 * @returns the annotation that tells the cluster which role the service account has.
 */
export function declareAwsIdentity(
    args: AwsIdentityArgs,
    opts: pulumi.ComponentResourceOptions,
): Record<string, string> {
    const { roleName, accountId, region, kmsKeyArn, provider } = args;
    const own = { ...opts, provider };
    const role = new iam.Role(
        roleName,
        {
            name: roleName,
            description: `Reads the secrets of ${tokenSubject(args.workload)}`,
            assumeRolePolicy: trustPolicy(args),
            maxSessionDuration: 3600,
            tags: tagsOf({ ...args.ownership, class: "access" }),
        },
        own,
    );
    new iam.RolePolicy(`${roleName}-read`, { name: "read", role: role.name, policy: readPolicy(args) }, own);
    // A policy of its own: the ARN of a key is unknown until it exists, and would hide the rest from a preview.
    const services = [
        ...(args.secretArns.length > 0 ? [`secretsmanager.${region}.amazonaws.com`] : []),
        ...(args.parameterArns.length > 0 ? [`ssm.${region}.amazonaws.com`] : []),
    ];
    new iam.RolePolicy(
        `${roleName}-decrypt`,
        {
            name: "decrypt",
            role: role.name,
            policy: pulumi.output(kmsKeyArn).apply((arn) => decryptPolicy(arn, services)),
        },
        own,
    );
    return { "eks.amazonaws.com/role-arn": `arn:aws:iam::${accountId}:role/${roleName}` };
}

const document = (statements: readonly object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** Exactly one service account of one cluster, with a token made for STS. */
export function trustPolicy({ accountId, oidcIssuer, workload }: AwsIdentityArgs): string {
    return document([
        {
            Sid: "AssumedByOneServiceAccount",
            Effect: "Allow",
            Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${oidcIssuer}` },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: {
                StringEquals: {
                    [`${oidcIssuer}:aud`]: "sts.amazonaws.com",
                    [`${oidcIssuer}:sub`]: tokenSubject(workload),
                },
            },
        },
    ]);
}

export function readPolicy({ secretArns, parameterArns }: AwsIdentityArgs): string {
    const statements = [];
    if (secretArns.length > 0) {
        statements.push({
            Sid: "ReadOwnSecrets",
            Effect: "Allow",
            Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
            Resource: [...secretArns].sort(),
        });
    }
    if (parameterArns.length > 0) {
        statements.push({
            Sid: "ReadOwnParameters",
            Effect: "Allow",
            Action: ["ssm:GetParameter", "ssm:GetParameters"],
            Resource: [...parameterArns].sort(),
        });
    }
    return document(statements);
}

/** The key opens for the stores only, on behalf of this role. */
function decryptPolicy(keyArn: string, services: readonly string[]): string {
    return document([
        {
            Sid: "DecryptThroughTheStores",
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: keyArn,
            Condition: { StringEquals: { "kms:ViaService": services } },
        },
    ]);
}
