/** Whom the key of an environment's stores is for; roles by their exact ARNs. */
export interface StoreKeyUse {
    readonly accountId: string;
    /** The regions of the key and of its replica. */
    readonly regions: readonly string[];
    readonly readers: readonly string[];
    /** Who deploys values. With none the account decides by IAM, still through the stores alone. */
    readonly writers: readonly string[];
    /**
     * Secrets that a function of AWS rotates, as ARNs that may end in `-??????`: its role is made by CloudFormation,
     * under a name that nobody knows beforehand. So there the account decides, for exactly these secrets.
     */
    readonly rotatedSecretArns: readonly string[];
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Everything that keeps a key manageable, and nothing that opens or makes a ciphertext, or lets somebody else. */
const ADMINISTRATION = [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListKeyRotations",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:ReplicateKey",
    "kms:RevokeGrant",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
    "kms:UpdatePrimaryRegion",
];

/** Secrets Manager asks for all three when it replicates (AWS, API reference, ReplicateSecretToRegions). */
const WRITING = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"];

/** KMS API reference, PutKeyPolicy: 32 kilobytes. */
export const KEY_POLICY_CHARS_MAX = 32_768;

/**
 * The account administers the key by its IAM policies, and can't use it by them alone. That `PutKeyPolicy` stays with
 * the account is what keeps the key from locking everybody out.
 *
 * @param statements who may use it
 * @see AWS KMS, "Default key policy": without the account as principal, a key can become unmanageable.
 */
export function keyPolicy(accountId: string, statements: readonly object[] = []): string {
    const administration = allow("AccountAdministers", accountId, ADMINISTRATION);
    return JSON.stringify({ Version: "2012-10-17", Statement: [administration, ...statements] });
}

/**
 * Use of the key by the stores on behalf of roles of this environment. The principal is the account and the roles
 * stand in a condition: KMS refuses a principal that is not there yet, and the key comes before its readers. It also
 * means that an IAM policy of the role must allow the use as well.
 */
export function storeKeyStatements(use: StoreKeyUse): object[] {
    const { accountId, regions, readers, writers, rotatedSecretArns } = use;
    const through = {
        "kms:CallerAccount": accountId,
        "kms:ViaService": regions.flatMap((region) => [
            `secretsmanager.${region}.amazonaws.com`,
            `ssm.${region}.amazonaws.com`,
        ]),
    };
    const by = (arns: readonly string[]): Conditions => ({
        StringEquals: { ...through, "aws:PrincipalArn": [...arns].sort() },
    });
    return [
        ...(readers.length === 0
            ? []
            : [allow("ReadersDecryptThroughTheStores", accountId, ["kms:Decrypt"], by(readers))]),
        allow(
            "WritersUseItThroughTheStores",
            accountId,
            WRITING,
            writers.length === 0 ? { StringEquals: through } : by(writers),
        ),
        ...(rotatedSecretArns.length === 0
            ? []
            : [
                  allow("FunctionsRotateTheirSecrets", accountId, WRITING, {
                      StringEquals: through,
                      StringLike: { "kms:EncryptionContext:SecretARN": [...rotatedSecretArns].sort() },
                  }),
              ]),
    ];
}

/**
 * Use of the key by EKS, which encrypts a cluster's Secrets with it: by the cluster's role, and by a grant that EKS
 * makes for itself.
 *
 * @see AWS KMS, "kms:ViaService" and "kms:GrantIsForAWSResource"
 */
export function clusterKeyStatements(accountId: string, region: string): object[] {
    const through = {
        "kms:CallerAccount": accountId,
        "kms:ViaService": `eks.${region}.amazonaws.com`,
    };
    return [
        allow("UsedThroughEks", accountId, WRITING, { StringEquals: through }),
        allow("GrantedThroughEks", accountId, ["kms:CreateGrant"], {
            StringEquals: through,
            Bool: { "kms:GrantIsForAWSResource": "true" },
        }),
    ];
}

function allow(
    sid: string,
    accountId: string,
    actions: readonly string[],
    conditions?: Conditions,
): Record<string, unknown> {
    return {
        Sid: sid,
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: [...actions],
        Resource: "*",
        ...(conditions === undefined ? {} : { Condition: conditions }),
    };
}
