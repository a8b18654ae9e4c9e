import type { Verb } from "./verbs";

export type AwsService = "secretsmanager" | "ssm" | "kms";

/**
 * What does a verb on AWS, one of the actions being enough. `BatchGetSecretValue` needs `GetSecretValue` on each
 * secret. Writing is not held to the key: whoever may update a secret may name another key.
 *
 * @see AWS, "Service Authorization Reference" of Secrets Manager, Systems Manager and KMS
 */
export const ACTIONS: Readonly<Record<AwsService, Readonly<Partial<Record<Verb, readonly string[]>>>>> = {
    secretsmanager: {
        read: ["GetSecretValue"],
        list: ["DescribeSecret", "ListSecretVersionIds", "ListSecrets"],
        write: ["PutSecretValue", "UpdateSecret"],
        rotate: ["RotateSecret", "UpdateSecretVersionStage", "CancelRotateSecret"],
        delete: ["DeleteSecret", "RemoveRegionsFromReplication", "StopReplicationToReplica"],
        grant: ["PutResourcePolicy", "DeleteResourcePolicy"],
    },
    ssm: {
        read: ["GetParameter", "GetParameters", "GetParameterHistory", "GetParametersByPath"],
        list: ["DescribeParameters"],
        write: ["PutParameter"],
        rotate: ["LabelParameterVersion", "UnlabelParameterVersion"],
        delete: ["DeleteParameter", "DeleteParameters"],
        grant: ["PutResourcePolicy", "DeleteResourcePolicy"],
    },
    kms: {
        list: ["DescribeKey", "GetKeyPolicy", "ListKeys", "ListGrants", "ListKeyPolicies"],
        decrypt: ["Decrypt", "ReEncryptFrom"],
        encrypt: [
            "Encrypt",
            "ReEncryptTo",
            "GenerateDataKey",
            "GenerateDataKeyWithoutPlaintext",
            "GenerateDataKeyPair",
            "GenerateDataKeyPairWithoutPlaintext",
        ],
        rotate: ["EnableKeyRotation", "DisableKeyRotation", "RotateKeyOnDemand"],
        delete: ["DisableKey", "ScheduleKeyDeletion", "DeleteImportedKeyMaterial"],
        grant: ["PutKeyPolicy", "CreateGrant", "RetireGrant", "RevokeGrant"],
    },
};

/** Actions that are granted on `*` alone, since they are about all there is. */
export const ABOUT_ALL: ReadonlySet<string> = new Set([
    "secretsmanager:ListSecrets",
    "ssm:DescribeParameters",
    "kms:ListKeys",
]);

/** Granted on a path, and reads everything below it. */
export const BY_PATH = "ssm:GetParametersByPath";

/** Actions that change what a role, a user or a policy gives: with one of them somebody may grant anything. */
export const IAM_GRANTS: Readonly<Record<"role" | "user" | "policy", readonly string[]>> = {
    role: [
        "iam:PutRolePolicy",
        "iam:AttachRolePolicy",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:PutRolePermissionsBoundary",
        "iam:DeleteRolePermissionsBoundary",
    ],
    user: [
        "iam:PutUserPolicy",
        "iam:AttachUserPolicy",
        "iam:DeleteUserPolicy",
        "iam:DetachUserPolicy",
        "iam:PutUserPermissionsBoundary",
        "iam:DeleteUserPermissionsBoundary",
        "iam:AddUserToGroup",
    ],
    policy: ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:DeletePolicyVersion"],
};

/** Actions with which somebody becomes a role or a user without being asked. */
export const IAM_BECOMES: Readonly<Record<"role" | "user", readonly string[]>> = {
    role: ["iam:UpdateAssumeRolePolicy"],
    user: ["iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile"],
};

/** Keys of a request that whoever asks chooses. */
export const CHOSEN_KEYS: readonly RegExp[] = [
    /^secretsmanager:(?:versionstage|versionid|name|description|secretid|blockpublicpolicy|forcedeletewithoutrecovery|recoverywindowindays|modifyrotationrules|rotateimmediately|rotationlambdaarn)$/u,
    /^ssm:(?:overwrite|recursive|policies|documenttype)$/u,
    /^kms:(?:encryptioncontext(?::.*|keys)?|encryptionalgorithm|grantoperations|granteeprincipal|grantconstrainttype|grantisforawsresource|requestalias|schedulekeydeletionpendingwindowindays|bypasspolicylockoutsafetycheck)$/u,
    /^iam:(?:permissionsboundary|policyarn|passedtoservice)$/u,
    /^sts:(?:rolesessionname|externalid|sourceidentity|transitivetagkeys)$/u,
    /^aws:(?:requesttag\/.*|tagkeys|useragent|referer)$/u,
];

const QUALIFIED = new Map(
    Object.entries(ACTIONS).flatMap(([service, verbs]) =>
        Object.entries(verbs).map(([verb, actions]) => [
            `${service} ${verb}`,
            actions.map((action) => `${service}:${action}`),
        ]),
    ),
);

/** `secretsmanager:GetSecretValue` and the like, for each verb. */
export const actionsOf = (service: AwsService, verb: Verb): readonly string[] =>
    QUALIFIED.get(`${service} ${verb}`) ?? [];

/** All actions of all verbs, in lower case as statements are asked. */
export const ALL_ACTIONS: readonly string[] = Object.entries(ACTIONS).flatMap(([service, verbs]) =>
    Object.values(verbs).flatMap((actions) => actions.map((action) => `${service}:${action}`.toLowerCase())),
);
