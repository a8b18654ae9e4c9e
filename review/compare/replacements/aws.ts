import type { Replacement } from "./replacement";
import { schema } from "./replacement";

/** Since version 7 of Pulumi's provider each resource names its region, and is another one in another. */
const of = (resource: string, ...properties: readonly string[]): Replacement =>
    schema(`Terraform provider of AWS, ${resource}: ForceNew`, ...properties, "region");

const NAME = ["name", "namePrefix"] as const;
/** The parts of a bucket's configuration belong to one bucket. */
const BUCKET = ["bucket", "expectedBucketOwner"] as const;

export const aws: Readonly<Record<string, Replacement>> = {
    "aws:cloudtrail/trail:Trail": of("aws_cloudtrail", "name"),
    "aws:cloudwatch/eventRule:EventRule": of("aws_cloudwatch_event_rule", ...NAME, "eventBusName"),
    "aws:cloudwatch/eventTarget:EventTarget": of(
        "aws_cloudwatch_event_target",
        "rule",
        "targetId",
        "eventBusName",
    ),
    "aws:cloudwatch/logGroup:LogGroup": of("aws_cloudwatch_log_group", ...NAME, "logGroupClass"),
    "aws:cloudwatch/metricAlarm:MetricAlarm": of("aws_cloudwatch_metric_alarm", "name"),
    "aws:iam/accessKey:AccessKey": of("aws_iam_access_key", "user", "pgpKey"),
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": of("aws_iam_openid_connect_provider", "url"),
    "aws:iam/policy:Policy": of("aws_iam_policy", ...NAME, "path", "description"),
    "aws:iam/role:Role": of("aws_iam_role", ...NAME, "path"),
    "aws:iam/rolePolicy:RolePolicy": of("aws_iam_role_policy", ...NAME, "role"),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": of(
        "aws_iam_role_policy_attachment",
        "role",
        "policyArn",
    ),
    // IAM renames a user in place.
    "aws:iam/user:User": of("aws_iam_user"),
    "aws:kms/alias:Alias": of("aws_kms_alias", ...NAME),
    "aws:kms/key:Key": of(
        "aws_kms_key",
        "customerMasterKeySpec",
        "keyUsage",
        "multiRegion",
        "customKeyStoreId",
        "xksKeyId",
    ),
    "aws:kms/replicaKey:ReplicaKey": of("aws_kms_replica_key", "primaryKeyArn"),
    "aws:s3/bucket:Bucket": of("aws_s3_bucket", "bucket", "bucketPrefix", "objectLockEnabled"),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": of(
        "aws_s3_bucket_lifecycle_configuration",
        ...BUCKET,
    ),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": of(
        "aws_s3_bucket_object_lock_configuration",
        ...BUCKET,
        "objectLockEnabled",
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": of(
        "aws_s3_bucket_ownership_controls",
        "bucket",
    ),
    "aws:s3/bucketPolicy:BucketPolicy": of("aws_s3_bucket_policy", "bucket"),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": of(
        "aws_s3_bucket_public_access_block",
        "bucket",
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": of(
        "aws_s3_bucket_server_side_encryption_configuration",
        ...BUCKET,
    ),
    "aws:s3/bucketVersioning:BucketVersioning": of("aws_s3_bucket_versioning", ...BUCKET),
    "aws:secretsmanager/secret:Secret": of("aws_secretsmanager_secret", ...NAME),
    "aws:secretsmanager/secretPolicy:SecretPolicy": of("aws_secretsmanager_secret_policy", "secretArn"),
    "aws:secretsmanager/secretRotation:SecretRotation": of("aws_secretsmanager_secret_rotation", "secretId"),
    "aws:secretsmanager/secretVersion:SecretVersion": of(
        "aws_secretsmanager_secret_version",
        "secretId",
        "secretString",
        "secretBinary",
        "secretStringWoVersion",
    ),
    "aws:serverlessrepository/cloudFormationStack:CloudFormationStack": of(
        "aws_serverlessapplicationrepository_cloudformation_stack",
        "name",
        "applicationId",
    ),
    "aws:sns/topic:Topic": of("aws_sns_topic", ...NAME, "fifoTopic"),
    "aws:sns/topicPolicy:TopicPolicy": of("aws_sns_topic_policy", "arn"),
    "aws:sns/topicSubscription:TopicSubscription": of(
        "aws_sns_topic_subscription",
        "topic",
        "protocol",
        "endpoint",
    ),
    "aws:ssm/parameter:Parameter": of("aws_ssm_parameter", "name", "dataType"),
};
