import { AWS } from "../support/alerts";
import { UNKNOWN, type Sketch, type Table } from "../support/case";

const type = "aws:cloudtrail/trail:Trail";
const key = "arn:aws:kms:us-east-1:222222222222:key/4f8b1b62-0e5e-4d0a-9d0c-8a4bb1c8a001";
const group: Sketch = {
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "trail",
    props: { name: "trail", kmsKeyId: key, retentionInDays: 365 },
};
const computedFrom = { cloudWatchLogsGroupArn: { type: group.type, name: "trail" } };
const withGroup = (props: Readonly<Record<string, unknown>>): Sketch[] => [
    { ...group, props: { ...group.props, ...props } },
];
const secret: Sketch = { type: "aws:secretsmanager/secret:Secret", props: { name: "devplatform/prod/db" } };
const management = { field: "eventCategory", equals: ["Management"] };

export const table: Table = {
    policy: "aud-01-a-trail-records-every-call",
    clean: {
        type,
        props: {
            isMultiRegionTrail: true,
            enableLogFileValidation: true,
            kmsKeyId: key,
            cloudWatchLogsGroupArn: UNKNOWN,
            cloudWatchLogsRoleArn: UNKNOWN,
        },
        computedFrom,
        provider: AWS,
        beside: [group],
    },
    cases: [
        { title: "secrets without a trail", ...secret, beside: [], expect: ["without a record"] },
        {
            title: "a key without a trail",
            type: "aws:kms/key:Key",
            props: {},
            beside: [],
            expect: ["without a record"],
        },
        {
            title: "two secrets without a trail are told once",
            ...secret,
            beside: [{ ...secret, name: "other" }],
            expect: ["without a record"],
        },
        { title: "one region", change: { isMultiRegionTrail: false }, expect: ["one region alone"] },
        {
            title: "near miss: the default is one region",
            change: { isMultiRegionTrail: undefined },
            expect: ["one region alone"],
        },
        {
            title: "no validation",
            change: { enableLogFileValidation: undefined },
            expect: ["when a file was changed"],
        },
        { title: "switched off", change: { enableLogging: false }, expect: ["is switched off"] },
        {
            title: "without IAM's events",
            change: { includeGlobalServiceEvents: false },
            expect: ["is switched off"],
        },
        { title: "no key", change: { kmsKeyId: undefined }, expect: ["no key of the environment"] },
        {
            title: "near miss: Amazon's key",
            change: { kmsKeyId: "alias/aws/s3" },
            expect: ["no key of the environment"],
        },
        {
            title: "a key that is not made yet",
            change: { kmsKeyId: UNKNOWN },
            with: { computedFrom: { ...computedFrom, kmsKeyId: "aws:kms/key:Key" } },
            expect: "clean",
        },
        {
            title: "an unknown key of which nothing is known",
            change: { kmsKeyId: UNKNOWN },
            expect: ["no key of the environment"],
        },
        { title: "no log group", change: {}, with: { computedFrom: {} }, expect: ["no log group"] },
        { title: "no role", change: { cloudWatchLogsRoleArn: undefined }, expect: ["nothing is written"] },
        {
            title: "near miss: half a year",
            change: {},
            beside: withGroup({ retentionInDays: 180 }),
            expect: ["for long enough"],
        },
        { title: "for ever", change: {}, beside: withGroup({ retentionInDays: 0 }), expect: "clean" },
        {
            title: "for ever by default",
            change: {},
            beside: withGroup({ retentionInDays: undefined }),
            expect: "clean",
        },
        {
            title: "longer by a setting",
            change: {},
            settings: { minRetentionDays: 400 },
            expect: ["for long enough"],
        },
        {
            title: "a log group without a key",
            change: {},
            beside: withGroup({ kmsKeyId: undefined }),
            expect: ["without a key"],
        },
        {
            title: "all management events, said in the one way",
            change: { eventSelectors: [{ readWriteType: "All", includeManagementEvents: true }] },
            expect: "clean",
        },
        {
            title: "all management events, said in the other way, and the objects of a bucket",
            change: {
                advancedEventSelectors: [
                    { fieldSelectors: [{ field: "eventCategory", equals: ["Data"] }] },
                    { fieldSelectors: [management] },
                ],
            },
            expect: "clean",
        },
        {
            title: "near miss: calls that only read are left out",
            change: { eventSelectors: [{ readWriteType: "WriteOnly" }] },
            expect: ["leaves management events out"],
        },
        {
            title: "near miss: calls that only read are left out in the other way",
            change: {
                advancedEventSelectors: [
                    { fieldSelectors: [management, { field: "readOnly", equals: ["false"] }] },
                ],
            },
            expect: ["leaves management events out"],
        },
        {
            title: "the uses of keys are left out",
            change: { eventSelectors: [{ excludeManagementEventSources: ["kms.amazonaws.com"] }] },
            expect: ["leaves management events out"],
        },
        {
            title: "an unknown region setting",
            change: { isMultiRegionTrail: UNKNOWN },
            expect: ["can't be decided"],
        },
        {
            title: "a stack without AWS",
            type: "vault:index/mount:Mount",
            props: {},
            beside: [],
            expect: "not applicable",
        },
    ],
    mutations: [
        { title: "one region", type, change: { isMultiRegionTrail: false } },
        { title: "no validation", type, change: { enableLogFileValidation: undefined } },
        { title: "switched off", type, change: { enableLogging: false } },
        { title: "without global events", type, change: { includeGlobalServiceEvents: false } },
        {
            title: "a log group that forgets",
            type: "aws:cloudwatch/logGroup:LogGroup",
            change: { retentionInDays: 90 },
            on: type,
        },
        {
            title: "writing calls alone",
            type,
            change: { advancedEventSelectors: undefined, eventSelectors: [{ readWriteType: "WriteOnly" }] },
        },
    ],
};
