import { UNKNOWN, type Table } from "../support/case";

const VERSION = "gcp:secretmanager/secretVersion:SecretVersion";
const SECRET = "gcp:secretmanager/secret:Secret";

export const table: Table = {
    policy: "gcp-06-versions-are-disabled-first",
    clean: { type: VERSION, props: { secretData: UNKNOWN, deletionPolicy: "DISABLE" } },
    cases: [
        { title: "destroyed", change: { deletionPolicy: "DELETE" }, expect: ["destroys a version"] },
        { title: "nothing said", change: { deletionPolicy: undefined }, expect: ["destroys a version"] },
        {
            title: "near miss: abandoned, which leaves it enabled",
            change: { deletionPolicy: "ABANDON" },
            expect: ["leaves a replaced version enabled"],
        },
        {
            title: "near miss: lower case",
            change: { deletionPolicy: "disable" },
            expect: ['"deletionPolicy"'],
        },
        { title: "an unknown policy waits", change: { deletionPolicy: UNKNOWN }, expect: "can't run" },
        {
            title: "a regional version",
            type: "gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion",
            props: {},
            expect: ["destroys a version"],
        },
        { title: "a secret without a delay", type: SECRET, props: {}, expect: ['"versionDestroyTtl"'] },
        {
            title: "near miss: a day",
            type: SECRET,
            props: { versionDestroyTtl: "86400s" },
            expect: ["'604800s' or more"],
        },
        {
            title: "a day, where that is enough",
            type: SECRET,
            props: { versionDestroyTtl: "86400s" },
            settings: { minimumDays: 1 },
            expect: "clean",
        },
        { title: "a week", type: SECRET, props: { versionDestroyTtl: "604800s" }, expect: "clean" },
        {
            title: "a regional secret",
            type: "gcp:secretmanager/regionalSecret:RegionalSecret",
            props: { versionDestroyTtl: "7d" },
            expect: ['"versionDestroyTtl"'],
        },
        {
            title: "an unknown delay waits",
            type: SECRET,
            props: { versionDestroyTtl: UNKNOWN },
            expect: "can't run",
        },
    ],
    mutations: [
        { title: "destroyed when replaced", type: VERSION, change: { deletionPolicy: undefined } },
        { title: "left enabled", type: VERSION, change: { deletionPolicy: "ABANDON" } },
        { title: "no delay", type: SECRET, change: { versionDestroyTtl: undefined } },
        { title: "a day", type: SECRET, change: { versionDestroyTtl: "86400s" } },
    ],
};
