import { UNKNOWN, type Table } from "../support/case";

const AWS = "aws:kms/key:Key";
const REPLICA = "aws:kms/replicaKey:ReplicaKey";
const GCP = "gcp:kms/cryptoKey:CryptoKey";

export const table: Table = {
    policy: "kms-03-keys-outlive-a-mistake",
    clean: { type: AWS, props: { deletionWindowInDays: 30 }, protect: true },
    cases: [
        { title: "not protected", change: {}, with: { protect: false }, expect: ["is not protected"] },
        {
            title: "not protected, where that is allowed",
            change: {},
            with: { protect: false },
            settings: { requireProtection: false },
            expect: "clean",
        },
        {
            title: "near miss: 6 days",
            change: { deletionWindowInDays: 6 },
            expect: ['"deletionWindowInDays"'],
        },
        { title: "7 days", change: { deletionWindowInDays: 7 }, expect: "clean" },
        {
            title: "an own minimum",
            change: { deletionWindowInDays: 7 },
            settings: { minimumDays: 14 },
            expect: ["14 or more"],
        },
        {
            title: "no window",
            change: { deletionWindowInDays: undefined },
            expect: ['"deletionWindowInDays" is missing or too short'],
        },
        { title: "an unknown window waits", change: { deletionWindowInDays: UNKNOWN }, expect: "can't run" },
        {
            title: "an unknown window does not hide that it is unprotected",
            change: { deletionWindowInDays: UNKNOWN },
            with: { protect: false },
            expect: ["is not protected"],
        },
        {
            title: "a replica of a key, which has a window of its own",
            type: REPLICA,
            props: {},
            protect: true,
            expect: ['"deletionWindowInDays"'],
        },
        {
            title: "GCP: both at once",
            type: GCP,
            props: { destroyScheduledDuration: "86400s" },
            expect: ["is not protected", '"destroyScheduledDuration"'],
        },
        { title: "GCP without a duration", type: GCP, props: {}, protect: true, expect: ["is missing"] },
        {
            title: "near miss: GCP, a second too short",
            type: GCP,
            props: { destroyScheduledDuration: "604799s" },
            protect: true,
            expect: ["'604800s' or more"],
        },
        {
            title: "GCP, 7 days",
            type: GCP,
            props: { destroyScheduledDuration: "604800s" },
            protect: true,
            expect: "clean",
        },
    ],
    mutations: [
        {
            title: "a key of AWS without protection",
            type: AWS,
            where: ({ protect }) => protect,
            mutate: (key) => ({ ...key, protect: false }),
            alsoBreaks: ["GEN-04"],
        },
        {
            title: "a replica without protection",
            type: REPLICA,
            where: ({ protect }) => protect,
            mutate: (key) => ({ ...key, protect: false }),
            alsoBreaks: ["GEN-04"],
        },
        {
            title: "a key of GCP without protection",
            type: GCP,
            where: ({ protect }) => protect,
            mutate: (key) => ({ ...key, protect: false }),
            alsoBreaks: ["GEN-04"],
        },
        { title: "a short window", type: AWS, change: { deletionWindowInDays: 6 } },
        { title: "no window", type: AWS, change: { deletionWindowInDays: undefined } },
        { title: "a replica's short window", type: REPLICA, change: { deletionWindowInDays: 6 } },
        { title: "GCP, a day", type: GCP, change: { destroyScheduledDuration: "86400s" } },
        { title: "GCP, nothing said", type: GCP, change: { destroyScheduledDuration: undefined } },
    ],
};
