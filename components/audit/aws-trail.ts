import * as cloudtrail from "@pulumi/aws/cloudtrail";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";
import { declareTrailBucket } from "./aws-trail-bucket";
import { policyDocument, trailNames } from "./aws-trail-names";

export interface AwsTrailArgs {
    readonly accountId: string;
    readonly region: string;
    readonly ownership: Ownership;
    /** The audit key, whose policy has the statements of `auditKeyStatements`. */
    readonly kmsKeyArn: pulumi.Input<string>;
    /** How long the record is kept, in days: one of the periods that CloudWatch Logs knows. */
    readonly retentionDays: number;
    readonly protect: boolean;
    readonly provider: pulumi.ProviderResource;
}

/**
 * The record of who called what in an account: a trail of all regions into a bucket that nobody can shorten, and into a
 * log group, whose metrics the alarms go by.
 *
 * It has management events, reading ones too: reads of Secrets Manager and Parameter Store and every use of a key are
 * management events, and their first copy is free. Data events (objects of S3, items of DynamoDB, calls of functions)
 * cost by the event and say nothing of a secret: none.
 *
 * @see AWS CloudTrail pricing; AWS Secrets Manager, "Logging AWS Secrets Manager events with AWS CloudTrail"
 * @returns the name of the log group.
 */
export function declareAwsTrail(
    name: string,
    args: AwsTrailArgs,
    opts: pulumi.ComponentResourceOptions,
): pulumi.Output<string> {
    const { ownership, kmsKeyArn, retentionDays, protect, provider } = args;
    const own = { ...opts, provider };
    const tags = tagsOf(ownership);
    const { trail, bucket } = trailNames(name, args);
    const kept = declareTrailBucket(bucket, { ...args, trail }, opts);
    const group = new cloudwatch.LogGroup(
        trail,
        { name: trail, kmsKeyId: kmsKeyArn, retentionInDays: retentionDays, tags },
        { ...own, protect },
    );
    const role = new iam.Role(
        trail,
        {
            name: trail,
            description: "Writes the trail into its log group",
            assumeRolePolicy: trustPolicy(trail, args),
            tags,
        },
        own,
    );
    const writes = new iam.RolePolicy(
        `${trail}-write`,
        { name: "write", role: role.name, policy: writePolicy(trail, args) },
        own,
    );
    new cloudtrail.Trail(
        trail,
        {
            name: trail,
            s3BucketName: kept.bucket.bucket,
            isMultiRegionTrail: true,
            includeGlobalServiceEvents: true,
            enableLogging: true,
            enableLogFileValidation: true,
            kmsKeyId: kmsKeyArn,
            cloudWatchLogsGroupArn: pulumi.interpolate`${group.arn}:*`,
            cloudWatchLogsRoleArn: role.arn,
            advancedEventSelectors: [
                {
                    name: "Management events, reading and writing, of all services",
                    fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }],
                },
            ],
            tags,
        },
        { ...own, protect, dependsOn: [kept.policy, writes] },
    );
    return group.name;
}

/** CloudTrail alone, on behalf of this one trail. */
function trustPolicy(trail: string, { accountId, region }: AwsTrailArgs): string {
    return policyDocument([
        {
            Sid: "AssumedByTheTrail",
            Effect: "Allow",
            Principal: { Service: "cloudtrail.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
                StringEquals: {
                    "aws:SourceAccount": accountId,
                    "aws:SourceArn": `arn:aws:cloudtrail:${region}:${accountId}:trail/${trail}`,
                },
            },
        },
    ]);
}

/** @see AWS CloudTrail, "Role policy document for CloudTrail to use CloudWatch Logs for monitoring" */
function writePolicy(trail: string, { accountId, region }: AwsTrailArgs): string {
    const streams = `log-group:${trail}:log-stream:${accountId}_CloudTrail_${region}*`;
    return policyDocument([
        {
            Sid: "WriteOwnStreams",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: `arn:aws:logs:${region}:${accountId}:${streams}`,
        },
    ]);
}
