import type { PolicyStatement } from "./policy-documents";

/** Actions that hand out a value, or open one. */
const VALUES = [
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyPair",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
    "secretsmanager:BatchGetSecretValue",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameterHistory",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
];

/**
 * What a run that only looks may do: list names, tags and days of change, which say how old each value is. The three
 * actions know no resource but everything. The denial outweighs whatever somebody grants besides, and no other role can
 * be reached from here.
 */
export function previewStatements(): PolicyStatement[] {
    return [
        {
            Sid: "ListWithoutValues",
            Effect: "Allow",
            Action: ["kms:ListAliases", "secretsmanager:ListSecrets", "ssm:DescribeParameters"],
            Resource: ["*"],
        },
        { Sid: "NeverReadOrDecrypt", Effect: "Deny", Action: [...VALUES, "sts:AssumeRole"], Resource: ["*"] },
    ];
}

export interface DeployerScope {
    /** Exact, or ending in `-??????`. */
    readonly secretArns: readonly string[];
    readonly parameterArns: readonly string[];
    /** Roles that create access keys. */
    readonly rotatorRoleArns: readonly string[];
    /** Alarms on the age of values, which begin anew with each step. */
    readonly alarmArns: readonly string[];
    readonly topicArn: string | undefined;
    /** Services that use the key on its behalf, e.g. `secretsmanager.us-east-1.amazonaws.com`. */
    readonly services: readonly string[];
}

/**
 * What `pulumi up` calls for a step of a rotation: a new version of a named secret and its tags, which it also reads
 * back, the access keys that a role of their own creates, and the alarms that reckon with the day. Documents, grants, keys and roles are not the pipeline's
 * to change: somebody with the rights of an administrator deploys those, and widens this policy with the same `up`.
 *
 * @see terraform-provider-aws, internal/service/secretsmanager, ssm and cloudwatch
 */
export function deployerStatements(scope: DeployerScope): PolicyStatement[] {
    const { secretArns, parameterArns, rotatorRoleArns, alarmArns, topicArn } = scope;
    const allowed: PolicyStatement[] = [
        {
            Sid: "RotateNamedSecrets",
            Effect: "Allow",
            Action: [
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetResourcePolicy",
                "secretsmanager:GetSecretValue",
                "secretsmanager:ListSecretVersionIds",
                "secretsmanager:PutSecretValue",
                "secretsmanager:TagResource",
                "secretsmanager:UntagResource",
                "secretsmanager:UpdateSecret",
                "secretsmanager:UpdateSecretVersionStage",
            ],
            Resource: [...secretArns].sort(),
        },
        {
            Sid: "RotateNamedParameters",
            Effect: "Allow",
            Action: [
                "ssm:AddTagsToResource",
                "ssm:GetParameter",
                "ssm:GetParameters",
                "ssm:ListTagsForResource",
                "ssm:PutParameter",
                "ssm:RemoveTagsFromResource",
            ],
            Resource: [...parameterArns].sort(),
        },
        {
            Sid: "DescribeParameters",
            Effect: "Allow",
            Action: ["ssm:DescribeParameters"],
            Resource: parameterArns.length === 0 ? [] : ["*"],
        },
        {
            Sid: "HaveAccessKeysCreated",
            Effect: "Allow",
            Action: ["sts:AssumeRole"],
            Resource: [...rotatorRoleArns].sort(),
        },
        {
            Sid: "BeginAgesAnew",
            Effect: "Allow",
            Action: [
                "cloudwatch:DescribeAlarms",
                "cloudwatch:ListTagsForResource",
                "cloudwatch:PutMetricAlarm",
                "cloudwatch:TagResource",
                "cloudwatch:UntagResource",
            ],
            Resource: [...alarmArns].sort(),
        },
        {
            Sid: "TellWhatWasDeployed",
            Effect: "Allow",
            Action: ["sns:Publish"],
            Resource: topicArn === undefined ? [] : [topicArn],
        },
    ];
    return [...allowed.filter(({ Resource }) => Resource.length > 0), NEVER_ADMINISTER];
}

/** Nothing above allows it; a policy that somebody attaches besides does not either. */
const NEVER_ADMINISTER: PolicyStatement = {
    Sid: "NeverAdminister",
    Effect: "Deny",
    Action: [
        "iam:*",
        "kms:CreateGrant",
        "kms:DisableKey",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "secretsmanager:DeleteResourcePolicy",
        "secretsmanager:DeleteSecret",
        "secretsmanager:PutResourcePolicy",
        "ssm:DeleteParameter",
        "ssm:DeleteParameters",
    ],
    Resource: ["*"],
};

/** The key opens for the stores only, and makes what they keep. */
export function deployerKeyStatement(
    { services }: DeployerScope,
    keyArns: readonly string[],
): PolicyStatement {
    return {
        Sid: "UseTheKeyThroughTheStores",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
        Resource: [...keyArns].sort(),
        Condition: { StringEquals: { "kms:ViaService": services } },
    };
}
