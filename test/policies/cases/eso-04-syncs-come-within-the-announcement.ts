import { UNKNOWN, type Table } from "../support/case";

const type = "kubernetes:external-secrets.io/v1:ExternalSecret";
const lag = "metadata.annotations";
const lagOf = (time: string) => ({ "strongroom.io/consumer-lag": time });

export const table: Table = {
    policy: "eso-04-syncs-come-within-the-announcement",
    clean: {
        type,
        props: {
            metadata: { annotations: lagOf("4 hours") },
            spec: { refreshInterval: "1h", target: { name: "a" } },
        },
    },
    cases: [
        {
            title: "never",
            change: { "spec.refreshInterval": "never" },
            expect: ['"spec.refreshInterval" is no'],
        },
        { title: "zero", change: { "spec.refreshInterval": "0" }, expect: ["never refreshes"] },
        {
            title: "near miss: zero with a unit",
            change: { "spec.refreshInterval": "0h0m" },
            expect: ["never"],
        },
        { title: "less than zero", change: { "spec.refreshInterval": "-1h" }, expect: ["never refreshes"] },
        {
            title: "near miss: days, which Go has not",
            change: { "spec.refreshInterval": "1d" },
            expect: ["is no"],
        },
        {
            title: "near miss: a bare number",
            change: { "spec.refreshInterval": "60" },
            expect: ["is no duration"],
        },
        { title: "near miss: a number", change: { "spec.refreshInterval": 60 }, expect: ["is no duration"] },
        {
            title: "near miss: blanks",
            change: { "spec.refreshInterval": "1h 30m" },
            expect: ["is no duration"],
        },
        { title: "an empty text", change: { "spec.refreshInterval": "" }, expect: ["is no duration"] },
        { title: "a part of an hour", change: { "spec.refreshInterval": "1.5h" }, expect: "clean" },
        { title: "parts", change: { "spec.refreshInterval": "3h59m59.9s" }, expect: "clean" },
        {
            title: "near miss: exactly the lag, which leaves nothing for the pod",
            change: { "spec.refreshInterval": "240m" },
            expect: ["longer than the values allow"],
        },
        {
            title: "an interval of days where the values allow it",
            change: { [lag]: lagOf("3 days"), "spec.refreshInterval": "48h" },
            expect: "clean",
        },
        {
            title: "near miss: the same where they don't",
            change: { "spec.refreshInterval": "48h" },
            expect: ["spec.refreshInterval"],
        },
        {
            title: "a lag that is no duration",
            change: { [lag]: lagOf("soon") },
            expect: ['"metadata.annotations["strongroom.io/consumer-lag"]" is no duration'],
        },
        {
            title: "no lag: the setting counts",
            change: { [lag]: undefined, "spec.refreshInterval": "4h" },
            expect: "clean",
        },
        {
            title: "near miss: longer than the setting",
            change: { [lag]: undefined, "spec.refreshInterval": "4h1s" },
            expect: ["spec.refreshInterval"],
        },
        {
            title: "an environment with another setting",
            change: { [lag]: undefined, "spec.refreshInterval": "1h" },
            settings: { longestInterval: "30m" },
            expect: ["spec.refreshInterval"],
        },
        {
            title: "near miss: a setting that is no duration allows nothing",
            change: { [lag]: undefined },
            settings: { longestInterval: "long" },
            expect: ["spec.refreshInterval"],
        },
        {
            title: "no interval, which is an hour",
            change: { "spec.refreshInterval": undefined },
            expect: "clean",
        },
        {
            title: "near miss: no interval where an hour is too long",
            change: { [lag]: lagOf("30 minutes"), "spec.refreshInterval": undefined },
            expect: ["spec.refreshInterval"],
        },
        {
            title: "a sync that comes once",
            change: { "spec.refreshPolicy": "CreatedOnce" },
            expect: ['"spec.refreshPolicy" lets a new generation pass'],
        },
        {
            title: "near miss: syncs on change of an object that never changes",
            change: { "spec.refreshPolicy": "OnChange" },
            expect: ["spec.refreshPolicy"],
        },
        {
            title: "syncs on change of an object that names its generations",
            change: {
                "spec.refreshPolicy": "OnChange",
                [lag]: { "strongroom.io/generations": "yosai/db: password=1" },
            },
            expect: "clean",
        },
        {
            title: "near miss: the same with a lease, which ends whether or not anything changes",
            change: {
                "spec.refreshPolicy": "OnChange",
                [lag]: { "strongroom.io/generations": "yosai/db: password=1" },
                "spec.dataFrom": [{ sourceRef: { generatorRef: { kind: "VaultDynamicSecret" } } }],
            },
            expect: ["spec.refreshPolicy"],
        },
        { title: "the policy by its name", change: { "spec.refreshPolicy": "Periodic" }, expect: "clean" },
        {
            title: "windows",
            change: { "spec.syncWindows": [{ schedule: "0 3 * * *", duration: "1h" }] },
            expect: ["spec.syncWindows"],
        },
        {
            title: "a Secret that never changes",
            change: { "spec.target.immutable": true },
            expect: ["spec.target.immutable"],
        },
        {
            title: "a ClusterExternalSecret",
            type: "kubernetes:external-secrets.io/v1:ClusterExternalSecret",
            props: { spec: { refreshTime: "1h", externalSecretSpec: { refreshInterval: "0s" } } },
            expect: ["spec.externalSecretSpec.refreshInterval"],
        },
        {
            title: "an unknown interval does not hide what never changes",
            change: { "spec.refreshInterval": UNKNOWN, "spec.target.immutable": true },
            expect: ["spec.target.immutable"],
        },
        {
            title: "an unknown interval waits",
            change: { "spec.refreshInterval": UNKNOWN },
            expect: "can't run",
        },
    ],
    mutations: [
        { title: "never", type, change: { "spec.refreshInterval": "never" } },
        { title: "once", type, change: { "spec.refreshInterval": "0s" } },
        { title: "later than anything allows", type, change: { "spec.refreshInterval": "168h" } },
        {
            title: "as late as the lag itself",
            type,
            where: ({ props }) => JSON.stringify(props).includes("consumer-lag"),
            change: { "spec.refreshInterval": "4h" },
        },
        { title: "by another policy", type, change: { "spec.refreshPolicy": "CreatedOnce" } },
        { title: "into a Secret that never changes", type, change: { "spec.target.immutable": true } },
    ],
};
