import type { Sketch } from "./case";

/** What an environment on AWS has of alerts, for cases of the rules that ask for them. */
export const ACCOUNT = "222222222222";
export const AWS = { type: "pulumi:providers:aws", name: "prod", props: { region: "us-east-1" } };
export const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;

export const TOPIC: Sketch = { type: "aws:sns/topic:Topic", name: "alerts", props: {}, provider: AWS };
export const SUBSCRIPTION: Sketch = {
    type: "aws:sns/topicSubscription:TopicSubscription",
    name: "mail",
    props: { protocol: "email", endpoint: "security@example.com" },
    computedFrom: { topic: { type: TOPIC.type, name: "alerts" } },
    provider: AWS,
};

/** A rule with its target. */
export function alert(
    name: string,
    pattern: unknown,
    props: Readonly<Record<string, unknown>> = {},
    region = "us-east-1",
): Sketch[] {
    const provider = { ...AWS, props: { region } };
    const eventPattern = typeof pattern === "string" ? pattern : JSON.stringify(pattern);
    const type = "aws:cloudwatch/eventRule:EventRule";
    return [
        {
            type,
            name,
            props: { name, eventPattern, state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS", ...props },
            provider,
        },
        {
            type: "aws:cloudwatch/eventTarget:EventTarget",
            name,
            props: { rule: name },
            computedFrom: { rule: { type, name }, arn: { type: TOPIC.type, name: "alerts" } },
            provider,
        },
    ];
}

export const CHANGES = {
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
        eventName: [
            ..."DeleteSecret PutResourcePolicy DeleteResourcePolicy UpdateSecretVersionStage".split(" "),
            ..."DisableKey ScheduleKeyDeletion PutKeyPolicy StopLogging DeleteTrail UpdateTrail".split(" "),
        ],
    },
};

/** Reads of `devplatform/prod/db` by anybody but these roles. */
export function reads(expected: readonly string[], secretId?: readonly unknown[]): object {
    const arn = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:devplatform/prod/db`;
    return {
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: {
            eventName: ["GetSecretValue"],
            requestParameters: { secretId: secretId ?? ["devplatform/prod/db", { prefix: arn }] },
            userIdentity: {
                sessionContext: {
                    sessionIssuer: { arn: [{ exists: false }, { "anything-but": expected }] },
                },
            },
        },
    };
}

/** The right of one role to read `devplatform/prod/db`. */
export function grant(name: string, policy?: unknown): Sketch {
    return {
        type: "aws:iam/rolePolicy:RolePolicy",
        name: `${name}-read`,
        props: {
            role: name,
            policy:
                policy ??
                JSON.stringify({
                    Statement: [
                        {
                            Effect: "Allow",
                            Action: ["secretsmanager:GetSecretValue"],
                            Resource: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:devplatform/prod/db-??????`,
                        },
                    ],
                }),
        },
        provider: AWS,
    };
}
