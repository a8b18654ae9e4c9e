import * as s3 from "@pulumi/aws/s3";
import type * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "../domain/ownership";
import type { AwsTrailArgs } from "./aws-trail";
import { policyDocument } from "./aws-trail-names";

/**
 * Where the trail's files are kept. Object lock in governance mode holds each version for the retention: not even who may
 * delete objects can shorten the record without the right to bypass it, and the environment can still be taken down by
 * somebody who has that right, which compliance mode would refuse to everybody. What is older goes by itself.
 */
export function declareTrailBucket(
    name: string,
    args: AwsTrailArgs & { readonly trail: string },
    opts: pulumi.ComponentResourceOptions,
): { readonly bucket: s3.Bucket; readonly policy: pulumi.Resource } {
    const { kmsKeyArn, ownership, retentionDays, protect, provider } = args;
    const own = { ...opts, provider };
    const bucket = new s3.Bucket(
        name,
        { bucket: name, objectLockEnabled: true, forceDestroy: false, tags: tagsOf(ownership) },
        { ...own, protect },
    );
    const of = { bucket: bucket.bucket };
    const access = new s3.BucketPublicAccessBlock(
        name,
        {
            ...of,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        },
        own,
    );
    new s3.BucketOwnershipControls(name, { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } }, own);
    const versioning = new s3.BucketVersioning(
        name,
        { ...of, versioningConfiguration: { status: "Enabled" } },
        own,
    );
    new s3.BucketServerSideEncryptionConfiguration(
        name,
        {
            ...of,
            rules: [
                {
                    applyServerSideEncryptionByDefault: {
                        sseAlgorithm: "aws:kms",
                        kmsMasterKeyId: kmsKeyArn,
                    },
                    bucketKeyEnabled: true,
                },
            ],
        },
        own,
    );
    new s3.BucketObjectLockConfiguration(
        name,
        { ...of, rule: { defaultRetention: { mode: "GOVERNANCE", days: retentionDays } } },
        { ...own, dependsOn: [versioning] },
    );
    new s3.BucketLifecycleConfiguration(
        name,
        {
            ...of,
            rules: [
                {
                    id: "expire",
                    status: "Enabled",
                    filter: {},
                    expiration: { days: retentionDays + 1 },
                    noncurrentVersionExpiration: { noncurrentDays: 1 },
                    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
                },
            ],
        },
        { ...own, dependsOn: [versioning] },
    );
    const policy = new s3.BucketPolicy(
        name,
        { ...of, policy: bucketPolicy(name, args) },
        { ...own, dependsOn: [access] },
    );
    return { bucket, policy };
}

/** The trail writes into the folder of its account, and nobody comes without TLS. */
function bucketPolicy(
    name: string,
    { accountId, region, trail }: AwsTrailArgs & { readonly trail: string },
): string {
    const arn = `arn:aws:s3:::${name}`;
    const trailArn = `arn:aws:cloudtrail:${region}:${accountId}:trail/${trail}`;
    const principal = { Service: "cloudtrail.amazonaws.com" };
    return policyDocument([
        {
            Sid: "TrailLooksAtTheBucket",
            Effect: "Allow",
            Principal: principal,
            Action: "s3:GetBucketAcl",
            Resource: arn,
            Condition: { StringEquals: { "aws:SourceArn": trailArn } },
        },
        {
            Sid: "TrailWrites",
            Effect: "Allow",
            Principal: principal,
            Action: "s3:PutObject",
            Resource: `${arn}/AWSLogs/${accountId}/*`,
            Condition: {
                StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" },
            },
        },
        {
            Sid: "DenyWithoutTls",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [arn, `${arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
    ]);
}
