import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";
import { policyDocument } from "./policy-documents";
import { tokenSubject } from "./service-account";
import type { Workload } from "./service-account";

export interface AwsIdentityArgs {
    /** `devplatform-prod-backend` */
    readonly roleName: string;
    readonly workload: Workload;
    readonly ownership: Ownership;
    readonly accountId: string;
    readonly region: string;
    readonly trusts: Trusted;
    readonly kmsKeyArn: pulumi.Input<string>;
    readonly secretArns: readonly string[];
    readonly parameterArns: readonly string[];
    readonly provider: pulumi.ProviderResource;
}

/** Who may assume the role of a workload. */
export type Trusted =
    /** Its service account. The issuer of the cluster's tokens, without `https://`, is an OIDC provider of the account. */
    | { readonly oidcIssuer: string }
    /** The operator's role, as far as it reads for these SecretStores of the workload's namespace. */
    | { readonly operatorRoleArn: string; readonly secretStores: readonly string[] };

/**
 * The IAM role of one workload (IRSA): its service account alone may assume it, or the operator for it, and it may
 * read exactly the given documents.
 *
 * @returns the annotation that tells the cluster which role the service account has; none where it has no right to it.
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
    if (!("oidcIssuer" in args.trusts)) return {};
    return { "eks.amazonaws.com/role-arn": `arn:aws:iam::${accountId}:role/${roleName}` };
}

function trustPolicy({ accountId, trusts, workload }: AwsIdentityArgs): string {
    return "oidcIssuer" in trusts
        ? trustsServiceAccount(accountId, trusts.oidcIssuer, workload)
        : trustsOperator(trusts, workload);
}

/** Exactly one service account of one cluster, with a token made for STS. */
function trustsServiceAccount(accountId: string, oidcIssuer: string, workload: Workload): string {
    return policyDocument([
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

/**
 * The operator's role, with session tags that name the namespace and the stores. The operator takes them from the
 * SecretStore that it reads, so that one of another namespace gets nothing; that nobody writes tags of their own choice
 * into a SecretStore is for whoever may create SecretStores.
 *
 * @see External Secrets Operator, "AWS Access": STS session tags
 */
function trustsOperator(
    { operatorRoleArn, secretStores }: Extract<Trusted, { readonly operatorRoleArn: string }>,
    { namespace }: Workload,
): string {
    return policyDocument([
        {
            Sid: "AssumedByTheOperator",
            Effect: "Allow",
            Principal: { AWS: operatorRoleArn },
            Action: ["sts:AssumeRole", "sts:TagSession"],
            Condition: {
                StringEquals: {
                    "aws:RequestTag/esoNamespace": namespace,
                    "aws:RequestTag/esoStoreKind": "SecretStore",
                    "aws:RequestTag/esoStoreName": [...secretStores].sort(),
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
    return policyDocument(statements);
}

/** The key opens for the stores only, on behalf of this role. */
function decryptPolicy(keyArn: string, services: readonly string[]): string {
    return policyDocument([
        {
            Sid: "DecryptThroughTheStores",
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: keyArn,
            Condition: { StringEquals: { "kms:ViaService": services } },
        },
    ]);
}
