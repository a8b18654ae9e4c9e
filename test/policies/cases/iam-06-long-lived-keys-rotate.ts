import { UNKNOWN, type Sketch, type Table } from "../support/case";

const USER = "aws:iam/user:User";
const KEY = "aws:iam/accessKey:AccessKey";
const tags = { environment: "prod", class: "storage", "rotation-class": "access-key" };
const user: Sketch = { type: USER, name: "user", props: { name: "devplatform-prod-s3", tags } };
const key = (name: string): Sketch => ({ type: KEY, name, props: { user: "devplatform-prod-s3" } });

export const table: Table = {
    policy: "iam-06-long-lived-keys-rotate",
    clean: { ...key("devplatform/s3.access_key-g4"), beside: [user] },
    cases: [
        {
            title: "a user of no class that rotates",
            type: USER,
            props: { name: "alice", tags: { environment: "prod" } },
            expect: ["rotation-class"],
        },
        {
            title: "a user of another class",
            type: USER,
            props: { name: "alice", tags: { ...tags, "rotation-class": "vendor-key" } },
            expect: ["rotation-class"],
        },
        {
            title: "near miss: the class of the document instead",
            type: USER,
            props: { name: "alice", tags: { class: "access-key" } },
            expect: ["rotation-class"],
        },
        {
            title: "a class that the configuration names",
            type: USER,
            props: { name: "devplatform-prod-s3", tags: { ...tags, "rotation-class": "mail-key" } },
            settings: { rotatedClasses: ["access-key", "mail-key"] },
            expect: "clean",
        },
        {
            title: "tags that only a deployment tells",
            type: USER,
            props: { name: "devplatform-prod-s3", tags: UNKNOWN },
            expect: ["rotation-class"],
        },
        {
            title: "a key of a user that somebody else declares",
            change: { user: "bob" },
            expect: ["no user that this stack declares"],
        },
        {
            title: "near miss: a key of a user whose name begins like it",
            change: { user: "devplatform-prod-s3-admin" },
            expect: ["no user that this stack declares"],
        },
        {
            title: "an unknown user name, of a user that the stack declares",
            change: { user: UNKNOWN },
            with: { computedFrom: { user: { type: USER, name: "user" } } },
            expect: "clean",
        },
        {
            title: "an unknown user name, of nobody's",
            change: { user: UNKNOWN },
            expect: ["no user that this stack declares"],
        },
        {
            title: "a key without a generation",
            change: {},
            with: { name: "devplatform/s3.access_key" },
            expect: ["no generation of the ledger"],
        },
        {
            title: "near miss: generation 0",
            change: {},
            with: { name: "devplatform/s3.access_key-g0" },
            expect: ["no generation of the ledger"],
        },
        {
            title: "two keys, one of which replaces the other",
            change: {},
            beside: [user, key("devplatform/s3.access_key-g3")],
            expect: "clean",
        },
        {
            title: "three keys",
            change: {},
            beside: [user, key("devplatform/s3.access_key-g3"), key("devplatform/s3.access_key-g2")],
            expect: ["more than the two keys"],
        },
        {
            title: "a key of a GCP service account",
            type: "gcp:serviceaccount/key:Key",
            props: { serviceAccountId: "devplatform-prod-backend" },
            expect: ["key of a service account"],
        },
        {
            title: "a key that Cloud Storage takes",
            type: "gcp:storage/hmacKey:HmacKey",
            props: { serviceAccountEmail: "devplatform-prod-backend@acme-prod.iam.gserviceaccount.com" },
            expect: ["key of a service account"],
        },
        {
            title: "a password for the console",
            type: "aws:iam/userLoginProfile:UserLoginProfile",
            props: { user: "devplatform-prod-s3" },
            expect: ["password for the console"],
        },
        {
            title: "a provider with a key",
            type: "pulumi:providers:aws",
            props: { region: "us-east-1", accessKey: "AKIAIOSFODNN7EXAMPLE" },
            expect: ['"accessKey" is a credential'],
        },
        {
            title: "near miss: a provider with a session",
            type: "pulumi:providers:aws",
            props: { region: "us-east-1", assumeRoles: "[]" },
            expect: "clean",
        },
        {
            title: "a provider with a key file",
            type: "pulumi:providers:gcp",
            props: { project: "acme-prod", credentials: UNKNOWN },
            expect: ['"credentials" is a credential'],
        },
        {
            title: "a role, which has sessions",
            type: "aws:iam/role:Role",
            props: { name: "devplatform-prod-backend" },
            beside: [],
            expect: "not applicable",
        },
    ],
    mutations: [
        {
            title: "a user of no class that rotates",
            type: USER,
            change: { "tags.rotation-class": undefined },
        },
        { title: "a user of another class", type: USER, change: { "tags.rotation-class": "vendor-key" } },
        { title: "a key of somebody else's user", type: KEY, change: { user: "alice" } },
        {
            title: "a provider with a key",
            type: "pulumi:providers:aws",
            change: { accessKey: "AKIAIOSFODNN7EXAMPLE" },
        },
        {
            title: "a provider with a key file",
            type: "pulumi:providers:gcp",
            change: { credentials: "{}" },
        },
    ],
};
