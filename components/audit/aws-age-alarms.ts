import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";
import { secondsSinceEpoch } from "../domain/rotation/day";
import type { AgeLimit } from "../domain/rotation/ages";

export interface AwsAgeAlarmsArgs {
    readonly limits: readonly AgeLimit[];
    /** The trail's log group, whose metric lends the alarms its time axis. */
    readonly logGroup: pulumi.Input<string>;
    readonly topicArn: pulumi.Input<string>;
    readonly ownership: Ownership;
    readonly provider: pulumi.ProviderResource;
}

/** An alarm's description has 1,024 characters (CloudWatch API, PutMetricAlarm). */
const DESCRIPTION_CHARS_MAX = 1024;
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

export const ageAlarmName = (
    name: string,
    { className, days }: Pick<AgeLimit, "className" | "days">,
): string => `${name}-age-${className}-${String(days)}-days`;

/**
 * An alarm for each rotation class and period, from the day on which its oldest value is older than it may be until the
 * ledger has a younger one. AWS has no metric of a secret's age, and a schedule would tell once. So the age is computed
 * by CloudWatch: the time of a data point less the day in the ledger, which changes with a step of it and with nothing
 * else. Nothing here knows the day of the run.
 *
 * @see Amazon CloudWatch, "Using math expressions": EPOCH gives the time of each period in seconds, of a metric that may
 *     be sparse. Where even that is missing nobody records anything, which is as bad: it counts as too old.
 */
export function declareAwsAgeAlarms(
    name: string,
    { limits, logGroup, topicArn, ownership, provider }: AwsAgeAlarmsArgs,
    opts: pulumi.ComponentResourceOptions,
): void {
    for (const { className, days, fields, since } of limits) {
        const alarm = ageAlarmName(name, { className, days });
        const text = `Rotated on ${since} or later, every ${String(days)} days: ${fields.join(", ")}`;
        new cloudwatch.MetricAlarm(
            alarm,
            {
                name: alarm,
                alarmDescription: text.slice(0, DESCRIPTION_CHARS_MAX),
                comparisonOperator: "GreaterThanOrEqualToThreshold",
                threshold: days,
                evaluationPeriods: 1,
                treatMissingData: "breaching",
                metricQueries: [
                    {
                        id: "age",
                        label: "Days since the oldest value came into use",
                        expression: `(EPOCH(recorded) - ${String(secondsSinceEpoch(since))}) / ${String(DAY_SECONDS)}`,
                        returnData: true,
                    },
                    {
                        id: "recorded",
                        metric: {
                            namespace: "AWS/Logs",
                            metricName: "IncomingLogEvents",
                            dimensions: { LogGroupName: logGroup },
                            period: HOUR_SECONDS,
                            stat: "Sum",
                        },
                        returnData: false,
                    },
                ],
                alarmActions: [topicArn],
                tags: { ...tagsOf(ownership), "rotation-class": className },
            },
            { ...opts, provider },
        );
    }
}
