import { UNKNOWN, type Table } from "../support/case";

const SECRET = "aws:secretsmanager/secret:Secret";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const GCP = "gcp:secretmanager/secret:Secret";
const VAULT = "vault:kv/secretV2:SecretV2";
const PARAMETER = "aws:ssm/parameter:Parameter";

const db = (tags: Record<string, unknown>) => ({
    type: SECRET,
    name: "db",
    props: { tags: { class: "database", platform: "devplatform", ...tags } },
});
const schedule = (rotationRules: unknown) => ({
    type: ROTATION,
    name: "db",
    props: { secretId: UNKNOWN, rotationRules },
    computedFrom: { secretId: { type: SECRET, name: "db" } },
});

/** The audit policy of API servers is kept in Vault, and is no secret. */
const holdsSecret = ({ name }: { readonly name: string }): boolean => !name.endsWith("/audit-policy");

export const table: Table = {
    policy: "sm-02-rotation-is-declared",
    clean: db({ "rotation-days": "90" }),
    cases: [
        {
            title: "a stack without stores",
            type: "aws:iam/role:Role",
            props: {},
            beside: [],
            expect: "not applicable",
        },
        {
            title: "nothing said",
            change: { "tags.rotation-days": undefined },
            expect: ['rotation-days" is missing, and nothing else'],
        },
        {
            title: "near miss: a day too long for its class",
            change: { "tags.rotation-days": "91" },
            expect: ["is longer than its class allows"],
        },
        {
            title: "near miss: what is long for one class fits another",
            change: { "tags.rotation-days": "180", "tags.class": "security" },
            expect: "clean",
        },
        ...["0", "-30", "90 days", "1e1", "", " 90"].map((days) => ({
            title: `no number of days: '${days}'`,
            change: { "tags.rotation-days": days },
            expect: ["does not say a number of days"],
        })),
        {
            title: "near miss: a number where tags are texts",
            change: { "tags.rotation-days": 90 },
            expect: ["does not say a number of days"],
        },
        { title: "a class without a maximum", change: { "tags.class": "diary" }, expect: ['"tags.class"'] },
        {
            title: "near miss: a class of every object",
            change: { "tags.class": "constructor" },
            expect: ['"tags.class"'],
        },
        { title: "no tags at all", change: { tags: undefined }, expect: ['"tags.class"'] },
        {
            title: "a platform whose own document says otherwise",
            change: { "tags.rotation-days": "365" },
            settings: { platformMaximumDays: { "devplatform/database": 365 } },
            expect: "clean",
        },
        {
            title: "near miss: another platform's",
            change: { "tags.rotation-days": "365" },
            settings: { platformMaximumDays: { "yosai/database": 365 } },
            expect: ["is longer"],
        },
        {
            title: "events alone",
            change: { "tags.rotation-days": undefined, "tags.rotates-on": "compromise" },
            expect: ["events alone don't rotate this class"],
        },
        {
            title: "events alone, in a class that they may rotate",
            change: {
                "tags.rotation-days": undefined,
                "tags.rotates-on": "revocation",
                "tags.class": "monitoring",
            },
            expect: "clean",
        },
        {
            title: "near miss: that class, and no event",
            change: { "tags.rotation-days": undefined, "tags.class": "monitoring" },
            expect: ["nothing else says when"],
        },
        {
            title: "events alone, of a platform that may",
            change: { "tags.rotation-days": undefined, "tags.rotates-on": "compromise" },
            settings: { rotatedByEvents: ["devplatform/database"] },
            expect: "clean",
        },
        {
            title: "the store's own schedule",
            change: { "tags.rotation-days": undefined },
            beside: [schedule({ automaticallyAfterDays: 30 })],
            expect: "clean",
        },
        {
            title: "near miss: the schedule of another secret",
            change: { "tags.rotation-days": undefined },
            beside: [
                {
                    type: SECRET,
                    name: "other",
                    props: { tags: { class: "database", "rotation-days": "90" } },
                },
                {
                    ...schedule({ automaticallyAfterDays: 30 }),
                    computedFrom: { secretId: { type: SECRET, name: "other" } },
                },
            ],
            expect: ["nothing else says when"],
        },
        {
            title: "a schedule that is too slow",
            ...schedule({ automaticallyAfterDays: 120 }),
            beside: [db({ "rotation-days": "90" })],
            expect: ['"rotationRules.automaticallyAfterDays" is longer'],
        },
        {
            title: "a schedule as a rate",
            ...schedule({ scheduleExpression: "rate(4 hours)" }),
            beside: [db({ "rotation-days": "90" })],
            expect: "clean",
        },
        {
            title: "a rate that is too slow",
            ...schedule({ scheduleExpression: "rate(91 days)" }),
            beside: [db({ "rotation-days": "90" })],
            expect: ['"rotationRules.scheduleExpression" is longer'],
        },
        {
            title: "a schedule that is not understood",
            ...schedule({ scheduleExpression: "cron(0 16 1 * ? *)" }),
            beside: [db({ "rotation-days": "90" })],
            expect: ["does not say a number of days"],
        },
        {
            title: "a schedule of a secret elsewhere",
            type: ROTATION,
            props: { secretId: "arn:aws:secretsmanager:us-east-1:222222222222:secret:x-abcdef" },
            beside: [db({ "rotation-days": "90" })],
            expect: ["is of no secret in this stack"],
        },
        {
            title: "GCP, by its notices",
            type: GCP,
            props: { labels: { class: "api-key" }, rotation: { rotationPeriod: "2592000s" } },
            expect: "clean",
        },
        {
            title: "GCP, notices that are too rare, beside a label that is fine",
            type: GCP,
            props: {
                labels: { class: "api-key", "rotation-days": "30" },
                rotation: { rotationPeriod: "2592001s" },
            },
            expect: ['"rotation.rotationPeriod" is longer'],
        },
        {
            title: "GCP, nothing said",
            type: GCP,
            props: { labels: { class: "api-key" } },
            expect: ["labels.rotation-days"],
        },
        {
            title: "Vault, in metadata",
            type: VAULT,
            props: { customMetadata: { data: { class: "encryption", "rotation-days": "365" } } },
            expect: ["customMetadata.data.rotation-days"],
        },
        {
            title: "a SecureString, nothing said",
            type: PARAMETER,
            props: { type: "SecureString", tags: { class: "storage" } },
            expect: ["tags.rotation-days"],
        },
        {
            title: "near miss: configuration does not rotate",
            type: PARAMETER,
            props: { type: "String", tags: { class: "config" } },
            expect: "clean",
        },
        {
            title: "near miss: the API servers' audit policy holds no secret",
            type: VAULT,
            props: { customMetadata: { data: { class: "audit", platform: "control-plane" } } },
            expect: "clean",
        },
        {
            title: "a platform's entry that says it is of the audit",
            type: VAULT,
            props: { customMetadata: { data: { class: "audit", platform: "yosai" } } },
            expect: ["class"],
        },
        {
            title: "an unknown period can't be decided",
            change: { "tags.rotation-days": UNKNOWN },
            expect: ["can't be decided before the deployment"],
        },
    ],
    mutations: [
        {
            title: "an untagged secret",
            type: SECRET,
            change: { "tags.rotation-days": undefined, "tags.rotates-on": undefined },
        },
        { title: "too long for any class", type: SECRET, change: { "tags.rotation-days": "366" } },
        { title: "a class without a maximum", type: SECRET, change: { "tags.class": "misc" } },
        {
            title: "an untagged secret of GCP",
            type: GCP,
            change: {
                "labels.rotation-days": undefined,
                "labels.rotates-on": undefined,
                rotation: undefined,
                topics: undefined,
            },
        },
        { title: "GCP, too long for any class", type: GCP, change: { "labels.rotation-days": "366" } },
        {
            title: "GCP, notices that are too rare",
            type: GCP,
            where: ({ props }) => props["rotation"] !== undefined,
            change: { "rotation.rotationPeriod": "31622400s" },
        },
        {
            title: "an untagged entry of Vault",
            type: VAULT,
            where: holdsSecret,
            change: {
                "customMetadata.data.rotation-days": undefined,
                "customMetadata.data.rotates-on": undefined,
            },
        },
        {
            title: "Vault, too long for any class",
            type: VAULT,
            where: holdsSecret,
            change: { "customMetadata.data.rotation-days": "366" },
        },
    ],
};
