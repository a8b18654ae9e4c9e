import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as sns from "@pulumi/aws/sns";
import type * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";
import type { Subscribers } from "./subscribers";
import { changePattern, decryptedBesideTheStores, readPatterns } from "./event-patterns";
import type { EventPattern, GuardedDocument } from "./event-patterns";

export interface AwsAlertsArgs {
    readonly accountId: string;
    readonly region: string;
    readonly ownership: Ownership;
    /** Encrypts the topic; its policy lets EventBridge and CloudWatch use it. */
    readonly kmsKeyArn: pulumi.Input<string>;
    readonly subscribers: Subscribers;
    /** By platform. */
    readonly documents: Readonly<Record<string, readonly GuardedDocument[]>>;
    /** Roles that run `pulumi up`: they read each value back, and move the stages of versions. */
    readonly deployers: readonly string[];
    /** Further roles that read documents and that no grant of ours names, such as a rotation function's. */
    readonly expected: readonly string[];
    readonly provider: pulumi.ProviderResource;
}

/**
 * A topic of one region and the rules that tell it who read what no grant names, and what was deleted, opened or
 * switched off. EventBridge and CloudWatch are regional: a region with a replica has its own. A message names call,
 * caller and event, and holds no parameter of the request but a document's name.
 *
 * @param name `strongroom-prod`: names everything.
 * @returns the topic, for alarms.
 */
export function declareAwsAlerts(
    name: string,
    args: AwsAlertsArgs,
    opts: pulumi.ComponentResourceOptions,
): sns.Topic {
    const { region, documents, deployers, expected } = args;
    const topic = declareTopic(name, args, opts);
    const rule = (suffix: string, text: string, pattern: EventPattern): void => {
        declareRule(`${name}-${suffix}`, { ...args, topic, description: text, pattern }, opts);
    };
    for (const [platform, own] of Object.entries(documents)) {
        const patterns = readPatterns(own, [...deployers, ...expected], args);
        for (const [at, pattern] of patterns.entries()) {
            const text = `A secret of ${platform} was read by somebody whom no grant names`;
            rule(`read-${platform}-${String(at + 1)}`, text, pattern);
        }
    }
    const beside = "A secret was decrypted by somebody who did not go through its store";
    rule("decrypted-beside-the-stores", beside, decryptedBesideTheStores);
    const changed = `A secret, a key or their record in ${region} was deleted, opened or switched off`;
    rule("changed", changed, changePattern(deployers));
    return topic;
}

function declareTopic(name: string, args: AwsAlertsArgs, opts: pulumi.ComponentResourceOptions): sns.Topic {
    const { accountId, region, kmsKeyArn, ownership, subscribers, provider } = args;
    const own = { ...opts, provider };
    const resource = `${name}-alerts-${region}`;
    const topicName = `${name}-alerts`;
    const topic = new sns.Topic(
        resource,
        { name: topicName, kmsMasterKeyId: kmsKeyArn, tags: tagsOf(ownership) },
        own,
    );
    const arn = `arn:aws:sns:${region}:${accountId}:${topicName}`;
    new sns.TopicPolicy(resource, { arn: topic.arn, policy: topicPolicy(arn, name, args) }, own);
    const addresses = [
        ...subscribers.emails.map((address) => ["email", address] as const),
        ...subscribers.https.map((address) => ["https", address] as const),
    ];
    for (const [protocol, endpoint] of addresses) {
        new sns.TopicSubscription(
            `${resource}-${protocol}-${endpoint.replace(/^https:\/\//, "")}`,
            { topic: topic.arn, protocol, endpoint },
            own,
        );
    }
    return topic;
}

/** Rules and alarms of this environment publish, nobody else, and nobody without TLS. */
function topicPolicy(arn: string, name: string, { accountId, region }: AwsAlertsArgs): string {
    const publishes = (sid: string, service: string, source: string) => ({
        Sid: sid,
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sns:Publish",
        Resource: arn,
        Condition: {
            StringEquals: { "aws:SourceAccount": accountId },
            ArnLike: { "aws:SourceArn": `arn:aws:${source}` },
        },
    });
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            publishes("RulesPublish", "events.amazonaws.com", `events:${region}:${accountId}:rule/${name}-*`),
            publishes(
                "AlarmsPublish",
                "cloudwatch.amazonaws.com",
                `cloudwatch:${region}:${accountId}:alarm:${name}-*`,
            ),
            {
                Sid: "DenyWithoutTls",
                Effect: "Deny",
                Principal: "*",
                Action: "sns:Publish",
                Resource: arn,
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ],
    });
}

interface RuleArgs extends AwsAlertsArgs {
    readonly topic: sns.Topic;
    readonly description: string;
    readonly pattern: EventPattern;
}

function declareRule(name: string, args: RuleArgs, opts: pulumi.ComponentResourceOptions): void {
    const { region, description, pattern, topic, ownership, provider } = args;
    const own = { ...opts, provider };
    const rule = new cloudwatch.EventRule(
        `${name}-${region}`,
        {
            name,
            description,
            eventPattern: JSON.stringify(pattern),
            // Without it EventBridge leaves out what only reads: GetSecretValue too.
            state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
            tags: tagsOf(ownership),
        },
        own,
    );
    new cloudwatch.EventTarget(
        `${name}-${region}`,
        { rule: rule.name, targetId: "alerts", arn: topic.arn, inputTransformer: message(description) },
        own,
    );
}

/**
 * The schema of custom notifications of Amazon Q Developer in chat applications, which shows no other text; an e-mail
 * shows it as it is. A path that an event does not have stays empty.
 */
function message(description: string): { inputPaths: Record<string, string>; inputTemplate: string } {
    const lines =
        "<call> by <who> from <from> in <region> at <time>. Secret: <secret>. CloudTrail event <event>.";
    return {
        inputPaths: {
            call: "$.detail.eventName",
            who: "$.detail.userIdentity.arn",
            from: "$.detail.sourceIPAddress",
            region: "$.detail.awsRegion",
            time: "$.detail.eventTime",
            secret: "$.detail.requestParameters.secretId",
            event: "$.detail.eventID",
        },
        inputTemplate: JSON.stringify({
            version: "1.0",
            source: "custom",
            content: { textType: "client-markdown", title: description, description: lines },
        }),
    };
}
