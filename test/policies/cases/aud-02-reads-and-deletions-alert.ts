import { ACCOUNT, alert, AWS, CHANGES, grant, reads, role, SUBSCRIPTION, TOPIC } from "../support/alerts";
import { NOBODY_TOLD, unheard } from "../support/unheard-alerts";
import { UNKNOWN, type Rendered, type Sketch, type Table } from "../support/case";

const READER = "devplatform-prod-backend";
const READS = reads([role(READER), role("deployer")]);
const beside = (...others: readonly Sketch[][]): Sketch[] => [
    TOPIC,
    SUBSCRIPTION,
    grant(READER),
    ...others.flat(),
];
const live = beside(alert("changed", CHANGES), alert("read", READS));
const withReads = (pattern: unknown, props = {}, region?: string): Sketch[] =>
    beside(alert("changed", CHANGES), alert("read", pattern, props, region));

const parameter = {
    type: "aws:ssm/parameter:Parameter",
    props: { name: "/devplatform/prod/db", type: "SecureString" },
    provider: AWS,
};
const decrypts = (arn: string): object => ({
    detail: { eventName: ["Decrypt"], requestParameters: { encryptionContext: { PARAMETER_ARN: [arn] } } },
});
const PARAMETER_ARN = `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/devplatform/prod/db`;
const trail = { type: "aws:cloudtrail/trail:Trail", name: "trail", props: {}, provider: AWS };
const named = (detail: object): object => ({
    ...READS,
    detail: { ...(READS as typeof CHANGES).detail, ...detail },
});
const only = (...calls: string[]): Sketch[] =>
    beside(
        alert("changed", {
            detail: { eventName: CHANGES.detail.eventName.filter((call) => !calls.includes(call)) },
        }),
        alert("read", READS),
    );

export const table: Table = {
    policy: "aud-02-reads-and-deletions-alert",
    clean: {
        type: "aws:secretsmanager/secret:Secret",
        props: { name: "devplatform/prod/db" },
        provider: AWS,
        beside: live,
    },
    cases: [
        {
            title: "no alert at all",
            change: {},
            beside: [grant(READER)],
            expect: ["no alert on DeleteSecret", NOBODY_TOLD],
        },
        {
            title: "near miss: the alert is on another secret",
            change: { name: "devplatform/prod/db-admin" },
            expect: [NOBODY_TOLD],
        },
        {
            title: "near miss: the alert is on the name alone, and an ARN reads it too",
            change: {},
            beside: withReads(reads([role(READER)], ["devplatform/prod/db"])),
            expect: [NOBODY_TOLD],
        },
        ...unheard(live, (props, region) => withReads(READS, props, region)),
        {
            title: "a role is left out that no grant names",
            change: {},
            beside: withReads(reads([role(READER), role("devplatform-prod-worker")])),
            expect: ["leaves out somebody"],
        },
        {
            title: "near miss: a role whose name begins like the reader's is left out by a prefix",
            change: {},
            beside: withReads(
                named({
                    userIdentity: {
                        sessionContext: {
                            sessionIssuer: {
                                arn: [
                                    { exists: false },
                                    { "anything-but": { prefix: role("devplatform-prod-") } },
                                ],
                            },
                        },
                    },
                }),
            ),
            expect: ["leaves out somebody"],
        },
        {
            title: "the reader's grant is gone, and the alert still leaves it out",
            change: {},
            beside: live.filter(({ type }) => !type.endsWith("RolePolicy")),
            expect: ["leaves out somebody"],
        },
        {
            title: "a grant on another secret names nobody for this one",
            change: {},
            beside: [
                ...live.filter(({ type }) => !type.endsWith("RolePolicy")),
                grant(READER, {
                    Statement: [
                        {
                            Effect: "Allow",
                            Action: "secretsmanager:GetSecretValue",
                            Resource: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:devplatform/prod/jwt-??????`,
                        },
                    ],
                }),
            ],
            expect: ["leaves out somebody"],
        },
        {
            title: "a policy that is not known yet grants nothing that could be told",
            change: {},
            beside: [...live.filter(({ type }) => !type.endsWith("RolePolicy")), grant(READER, UNKNOWN)],
            expect: ["leaves out somebody"],
        },
        {
            title: "near miss: a comparison that the root user has nothing to be compared by",
            change: {},
            beside: withReads(
                named({
                    userIdentity: {
                        sessionContext: { sessionIssuer: { arn: [{ "anything-but": [role(READER)] }] } },
                    },
                }),
            ),
            expect: [NOBODY_TOLD],
        },
        {
            title: "an operator that is not understood",
            change: {},
            beside: withReads(named({ userIdentity: { arn: [{ "anything-but": { cidr: "10.0.0.0/8" } }] } })),
            expect: [NOBODY_TOLD],
        },
        { title: "a pattern that is no JSON", change: {}, beside: withReads("{"), expect: [NOBODY_TOLD] },
        {
            title: "an unknown pattern tells nobody",
            change: {},
            beside: withReads(UNKNOWN),
            expect: [NOBODY_TOLD],
        },
        {
            title: "an unknown state tells nobody",
            change: {},
            beside: withReads(READS, { state: UNKNOWN }),
            expect: [NOBODY_TOLD],
        },
        { title: "an unknown name can't be tried", change: { name: UNKNOWN }, expect: ["can't be decided"] },
        {
            title: "a replica without alerts of its own",
            change: { replicas: [{ region: "us-west-2" }] },
            expect: ["PutKeyPolicy in us-west-2", "in us-west-2 by anybody"],
        },
        ...["DeleteSecret", "PutResourcePolicy", "DeleteResourcePolicy", "UpdateSecretVersionStage"].map(
            (call) => ({
                title: `nobody hears of ${call}`,
                change: {},
                beside: only(call),
                expect: [`no alert on ${call} in us-east-1`],
            }),
        ),
        ...["DisableKey", "ScheduleKeyDeletion", "PutKeyPolicy"].map((call) => ({
            title: `nobody hears of ${call}`,
            type: "aws:kms/key:Key",
            props: {},
            provider: AWS,
            beside: only(call),
            expect: [`no alert on ${call} in us-east-1`],
        })),
        ...["StopLogging", "DeleteTrail", "UpdateTrail"].map((call) => ({
            title: `nobody hears of ${call}`,
            ...trail,
            beside: only(call),
            expect: [`no alert on ${call} in us-east-1`],
        })),
        {
            title: "near miss: the root user alone is heard of",
            change: {},
            beside: beside(
                alert("read", READS),
                alert("changed", { detail: { ...CHANGES.detail, userIdentity: { type: ["Root"] } } }),
            ),
            expect: ["no alert on DeleteSecret"],
        },
        {
            title: "a parameter whose decryption is heard of",
            ...parameter,
            beside: beside(alert("changed", CHANGES), alert("read", decrypts(PARAMETER_ARN))),
            expect: "clean",
        },
        {
            title: "a parameter that an alert on its name alone misses, since a path above it reads it too",
            ...parameter,
            beside: beside(
                alert("changed", CHANGES),
                alert("read", {
                    detail: {
                        eventName: ["GetParameter"],
                        requestParameters: { name: ["/devplatform/prod/db"] },
                    },
                }),
            ),
            expect: [NOBODY_TOLD],
        },
        {
            title: "a parameter that is no secret",
            type: parameter.type,
            provider: AWS,
            props: { name: "/devplatform/prod/s3_region", type: "String" },
            expect: "clean",
        },
        {
            title: "a stack without anything to read",
            type: "aws:sns/topic:Topic",
            props: {},
            beside: [],
            expect: "not applicable",
        },
    ],
    mutations: [
        {
            title: "a rule on reads is disabled",
            type: "aws:cloudwatch/eventRule:EventRule",
            where: ({ name }) => name.includes("-read-"),
            change: { state: "DISABLED" },
            on: "aws:secretsmanager/secret:Secret",
        },
        {
            title: "a rule on reads hears no calls that only read",
            type: "aws:cloudwatch/eventRule:EventRule",
            where: ({ name }) => name.includes("-read-"),
            change: { state: "ENABLED" },
            on: "aws:secretsmanager/secret:Secret",
        },
        {
            title: "a rule on reads leaves somebody else out as well",
            type: "aws:cloudwatch/eventRule:EventRule",
            where: ({ name }) => name.includes("-read-"),
            mutate: (resource: Rendered): Rendered => {
                const pattern = String(resource.props["eventPattern"]);
                const more = pattern.replace(
                    /("arn":\[\{"exists":false\},\{"anything-but":\[)/,
                    `$1"${role("x")}",`,
                );
                return { ...resource, props: { ...resource.props, eventPattern: more } };
            },
            on: "aws:secretsmanager/secret:Secret",
        },
        {
            title: "the rule on deletions is gone",
            type: "aws:cloudwatch/eventRule:EventRule",
            where: ({ name }) => name.includes("-changed-"),
            mutate: () => undefined,
            on: "aws:secretsmanager/secret:Secret",
        },
        {
            title: "a rule on reads has no target",
            type: "aws:cloudwatch/eventTarget:EventTarget",
            where: ({ name }) => name.includes("-read-"),
            mutate: () => undefined,
            on: "aws:secretsmanager/secret:Secret",
        },
        {
            title: "nobody subscribes in a region",
            type: "aws:sns/topicSubscription:TopicSubscription",
            where: ({ name }) => name.includes("us-west-2"),
            mutate: () => undefined,
            on: "aws:secretsmanager/secret:Secret",
        },
    ],
};
