import type { Place } from "./event-patterns";

export interface TrailNames {
    /** The trail, its log group and the role that writes it. */
    readonly trail: string;
    /** Names of buckets are worldwide: it ends in the account. */
    readonly bucket: string;
}

export function trailNames(name: string, { accountId }: Pick<Place, "accountId">): TrailNames {
    return { trail: `${name}-trail`, bucket: `${name}-trail-${accountId}` };
}

export const policyDocument = (statements: readonly object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });

/**
 * What services do with the audit key, each for what is ours alone: CloudTrail encrypts the trail's files, CloudWatch
 * Logs the log group, EventBridge and CloudWatch the messages to the topics of these regions.
 *
 * @param name `strongroom-prod`, as for the trail and the alerts.
 * @see AWS CloudTrail, "Configure AWS KMS key policies for CloudTrail"; Amazon CloudWatch Logs, "Encrypt log data using
 *     AWS KMS"; Amazon SNS, "Key management", which grants GenerateDataKey* and Decrypt to the publishing service
 */
export function auditKeyStatements(
    name: string,
    { accountId, region }: Place,
    regions: readonly string[],
): readonly object[] {
    const { trail, bucket } = trailNames(name, { accountId });
    const trailArn = `arn:aws:cloudtrail:${region}:${accountId}:trail/${trail}`;
    const bucketArn = `arn:aws:s3:::${bucket}`;
    const uses = (sid: string, service: string, actions: readonly string[], condition: object) => ({
        Sid: sid,
        Effect: "Allow",
        Principal: { Service: service },
        Action: actions,
        Resource: "*",
        Condition: condition,
    });
    const publishes = (sid: string, service: string, sources: readonly string[]) =>
        uses(sid, service, ["kms:Decrypt", "kms:GenerateDataKey*"], {
            StringEquals: { "aws:SourceAccount": accountId },
            ArnLike: { "aws:SourceArn": sources },
        });
    return [
        uses("TrailEncrypts", "cloudtrail.amazonaws.com", ["kms:GenerateDataKey*"], {
            StringEquals: {
                "aws:SourceArn": trailArn,
                "kms:EncryptionContext:aws:cloudtrail:arn": trailArn,
            },
        }),
        uses("TrailWritesItsBucket", "cloudtrail.amazonaws.com", ["kms:GenerateDataKey*"], {
            StringEquals: { "aws:SourceArn": trailArn },
            StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, `${bucketArn}/*`] },
        }),
        uses("TrailLooksAtTheKey", "cloudtrail.amazonaws.com", ["kms:DescribeKey"], {
            StringEquals: { "aws:SourceArn": trailArn },
        }),
        uses(
            "LogGroupEncrypts",
            `logs.${region}.amazonaws.com`,
            ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
            {
                ArnEquals: {
                    "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:${trail}`,
                },
            },
        ),
        publishes(
            "RulesPublish",
            "events.amazonaws.com",
            regions.map((each) => `arn:aws:events:${each}:${accountId}:rule/${name}-*`),
        ),
        publishes(
            "AlarmsPublish",
            "cloudwatch.amazonaws.com",
            regions.map((each) => `arn:aws:cloudwatch:${each}:${accountId}:alarm:${name}-*`),
        ),
    ];
}
