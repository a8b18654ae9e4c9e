import { UNKNOWN, type Table } from "../support/case";

const AWS = "aws:kms/key:Key";
const GCP = "gcp:kms/cryptoKey:CryptoKey";

export const table: Table = {
    policy: "kms-01-keys-rotate",
    clean: { type: AWS, props: { enableKeyRotation: true } },
    cases: [
        { title: "no rotation", change: { enableKeyRotation: false }, expect: ['"enableKeyRotation"'] },
        { title: "nothing said", change: { enableKeyRotation: undefined }, expect: ['"enableKeyRotation"'] },
        {
            title: "near miss: a text instead of true",
            change: { enableKeyRotation: "true" },
            expect: ['"enableKeyRotation"'],
        },
        { title: "a year", change: { rotationPeriodInDays: 365 }, expect: "clean" },
        {
            title: "near miss: a leap year",
            change: { rotationPeriodInDays: 366 },
            expect: ['"rotationPeriodInDays" is too long'],
        },
        {
            title: "an own maximum",
            change: { rotationPeriodInDays: 365 },
            settings: { maximumAwsDays: 180 },
            expect: ["180"],
        },
        { title: "a period in words", change: { rotationPeriodInDays: "90" }, expect: ["is too long"] },
        { title: "an unknown rotation waits", change: { enableKeyRotation: UNKNOWN }, expect: "can't run" },
        {
            title: "a key that signs",
            change: { keyUsage: "SIGN_VERIFY", customerMasterKeySpec: "RSA_4096", enableKeyRotation: false },
            expect: "not applicable",
        },
        {
            title: "near miss: what is symmetric, said in full",
            change: { keyUsage: "ENCRYPT_DECRYPT", customerMasterKeySpec: "SYMMETRIC_DEFAULT" },
            expect: "clean",
        },
        {
            title: "imported material",
            type: "aws:kms/externalKey:ExternalKey",
            props: { keyMaterialBase64: UNKNOWN },
            expect: ["imported material"],
        },
        { title: "GCP without a period", type: GCP, props: {}, expect: ["never rotates"] },
        { title: "GCP, 90 days", type: GCP, props: { rotationPeriod: "7776000s" }, expect: "clean" },
        {
            title: "near miss: GCP, a second more",
            type: GCP,
            props: { rotationPeriod: "7776001s" },
            expect: ['"rotationPeriod" is too long'],
        },
        { title: "GCP, in days", type: GCP, props: { rotationPeriod: "90d" }, expect: ['"rotationPeriod"'] },
        {
            title: "GCP, a key that signs",
            type: GCP,
            props: { purpose: "ASYMMETRIC_SIGN" },
            expect: "not applicable",
        },
        {
            title: "GCP, an unknown period waits",
            type: GCP,
            props: { rotationPeriod: UNKNOWN },
            expect: "can't run",
        },
    ],
    mutations: [
        { title: "no rotation on AWS", type: AWS, change: { enableKeyRotation: false } },
        { title: "too slow on AWS", type: AWS, change: { rotationPeriodInDays: 730 } },
        { title: "no rotation on GCP", type: GCP, change: { rotationPeriod: undefined } },
        { title: "too slow on GCP", type: GCP, change: { rotationPeriod: "7776001s" } },
    ],
};
