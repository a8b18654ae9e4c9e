import { AWS, SUBSCRIPTION, TOPIC } from "../support/alerts";
import { UNKNOWN, type Sketch, type Table } from "../support/case";

const type = "aws:cloudwatch/metricAlarm:MetricAlarm";
/** 2026-09-15, in seconds. */
const SINCE = 1789430400;
const expression = `(EPOCH(recorded) - ${String(SINCE)}) / 86400`;
const alarm: Sketch = {
    type,
    name: "age",
    props: {
        tags: { "rotation-class": "account-password" },
        threshold: 90,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        metricQueries: [
            { id: "age", expression, returnData: true },
            { id: "recorded", returnData: false, metric: { dimensions: { LogGroupName: UNKNOWN } } },
        ],
        alarmActions: UNKNOWN,
    },
    computedFrom: { alarmActions: { type: TOPIC.type, name: "alerts" } },
    provider: AWS,
};
const withAlarm = (props: Readonly<Record<string, unknown>>): Sketch[] => [
    { ...alarm, props: { ...alarm.props, ...props } },
    TOPIC,
    SUBSCRIPTION,
];
const counting = (text: string, returnData = true): Sketch[] =>
    withAlarm({ metricQueries: [{ id: "age", expression: text, returnData }] });
const longest = { class: "account-password", days: 90, since: "2026-09-15" };

export const table: Table = {
    policy: "aud-04-old-values-alert",
    clean: {
        type: "strongroom:secrets:Document",
        name: "devplatform/db",
        props: { store: "vault", longestAges: { password: longest } },
        beside: withAlarm({}),
    },
    cases: [
        { title: "no alarm", change: {}, beside: [], expect: ["longestAges.password"] },
        {
            title: "an alarm of another class",
            change: {},
            beside: withAlarm({ tags: { "rotation-class": "caller-key" } }),
            expect: ["no alarm with its class"],
        },
        {
            title: "near miss: a day later",
            change: {},
            beside: withAlarm({ threshold: 91 }),
            expect: ["no alarm with its class"],
        },
        {
            title: "another period of the same class",
            change: { "longestAges.password.days": 30 },
            expect: ["no alarm with its class"],
        },
        {
            title: "from an earlier day",
            change: {},
            beside: counting(`(EPOCH(x) - ${String(SINCE - 86400)}) / 86400`),
            expect: "clean",
        },
        {
            title: "near miss: from the day after",
            change: {},
            beside: counting(`(EPOCH(x) - ${String(SINCE + 86400)}) / 86400`),
            expect: ["does not go by its age"],
        },
        {
            title: "an expression that is not understood",
            change: {},
            beside: counting("m1"),
            expect: ["does not go by its age"],
        },
        {
            title: "an expression that the alarm does not compare",
            change: {},
            beside: counting(expression, false),
            expect: ["does not go by its age"],
        },
        {
            title: "it compares the other way",
            change: {},
            beside: withAlarm({ comparisonOperator: "LessThanThreshold" }),
            expect: ["does not go by its age"],
        },
        {
            title: "actions switched off",
            change: {},
            beside: withAlarm({ actionsEnabled: false }),
            expect: ["nobody hears"],
        },
        { title: "nobody subscribes", change: {}, beside: [alarm, TOPIC], expect: ["nobody hears"] },
        {
            title: "a topic that nobody can tell",
            change: {},
            beside: [{ ...alarm, computedFrom: {} }, TOPIC, SUBSCRIPTION],
            expect: ["nobody hears"],
        },
        {
            title: "what has no period or no day has no age",
            change: { longestAges: {} },
            beside: [],
            expect: "clean",
        },
        {
            title: "an unknown age",
            change: { longestAges: { password: UNKNOWN } },
            expect: ["can't be decided"],
        },
        { title: "a stack without documents", ...TOPIC, beside: [], expect: "not applicable" },
    ],
    mutations: [
        { title: "a later threshold", type, change: { threshold: 366 }, on: "strongroom:secrets:Document" },
        { title: "actions off", type, change: { actionsEnabled: false }, on: "strongroom:secrets:Document" },
        {
            title: "no class",
            type,
            change: { "tags.rotation-class": undefined },
            on: "strongroom:secrets:Document",
        },
        {
            title: "it counts from a day in years",
            type,
            change: { "metricQueries.0.expression": "(EPOCH(recorded) - 1900000000) / 86400" },
            on: "strongroom:secrets:Document",
        },
        { title: "it is gone", type, mutate: () => undefined, on: "strongroom:secrets:Document" },
    ],
};
