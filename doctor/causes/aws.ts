import { access, deploy, entriesOf, kubectl, roleOf, storesOf } from "./cause";
import type { Cause, Subject } from "./cause";

const trustOf = (subject: Subject): string =>
    `aws iam get-role --role-name ${roleOf(subject)} --query Role.AssumeRolePolicyDocument`;

/** What AWS says by way of the operator, or by its own command line. */
export const AWS: readonly Cause[] = [
    {
        // External Secrets Operator, providers/v1/aws/auth/auth.go
        name: "aws-role-not-annotated",
        pattern: /an IAM role must be associated with service account/i,
        why: "the service account names no IAM role, so the operator has nobody to log in as",
        next: (subject) => [
            `${kubectl(subject)} get serviceaccount ${subject.serviceAccount} -o yaml`,
            ...deploy(subject),
        ],
    },
    {
        // external-secrets#6648: STS could not validate the token, which is no matter of the role's trust policy.
        name: "aws-no-identity-provider",
        pattern: /InvalidIdentityToken|No OpenIDConnect provider found/i,
        why: "AWS can't validate the cluster's tokens: the account has no identity provider for this cluster's issuer, or it can't be reached",
        next: ({ context }) => [
            "aws iam list-open-id-connect-providers",
            `kubectl --context ${context} get --raw /.well-known/openid-configuration`,
        ],
    },
    {
        // external-secrets#6648 tells this one apart: the token is valid, and the role does not trust it.
        name: "aws-role-not-trusting",
        pattern:
            /AssumeRoleWithWebIdentity[\s\S]*AccessDenied|not authorized to perform:? sts:AssumeRoleWithWebIdentity/i,
        why: "the role does not trust this service account: its trust policy names another subject, issuer or audience",
        next: (subject) => [trustOf(subject), access(subject)],
    },
    {
        // external-secrets#5222
        name: "aws-operator-may-not-assume",
        pattern: /not authorized to perform:? sts:(?:AssumeRole|TagSession)/i,
        why: "the operator's own role may not become the consumer's role",
        next: (subject) => [trustOf(subject), access(subject)],
    },
    {
        // AWS Secrets Manager, "Troubleshooting": a key that the caller may not use.
        name: "aws-key-denied",
        pattern:
            /Access to KMS is not allowed|not authorized to perform:? kms:Decrypt|KMSAccessDeniedException/i,
        why: "the entry may be read, and the key that encrypts it may not be used",
        next: (subject) => [`npm run access -- --stack ${subject.stack} --verb decrypt`, access(subject)],
    },
    {
        // external-secrets#660, external-secrets#1175
        name: "aws-read-denied",
        pattern: /AccessDenied(?:Exception)?\b|not authorized to perform:? (?:secretsmanager|ssm):/i,
        why: "the role was taken, and no statement lets it read this entry; a name in another account or environment says the same",
        next: (subject) => [access(subject), ...deploy(subject)],
    },
    {
        // AWS Secrets Manager, API reference, GetSecretValue: InvalidRequestException
        name: "aws-entry-deleted",
        pattern: /marked (?:for deletion|deleted)|scheduled for deletion/i,
        why: "somebody has deleted the entry, and it can be restored until its recovery window is over",
        next: ({ targets }) =>
            targets.flatMap((target) =>
                target.kind === "aws-secrets-manager"
                    ? [
                          `aws secretsmanager restore-secret --region ${target.region} --secret-id ${target.entry}`,
                      ]
                    : [],
            ),
    },
    {
        // External Secrets Operator, providers/v1/aws/secretsmanager/secretsmanager.go; without a version it says so too.
        name: "aws-entry-missing",
        pattern: /ResourceNotFoundException|ParameterNotFound/,
        why: "the store has no entry of that name, or none with a value",
        next: (subject) => [storesOf(subject), ...entriesOf(subject), ...deploy(subject)],
    },
    {
        name: "aws-not-logged-in",
        pattern: /Unable to locate credentials|ExpiredToken|SSO session .*expired|Token has expired/i,
        why: "the command line of AWS is not logged in, or no longer",
        next: () => ["aws sso login", "aws sts get-caller-identity"],
    },
];
