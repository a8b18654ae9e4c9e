import { UNKNOWN, type Table } from "../support/case";

const type = "aws:ssm/parameter:Parameter";

export const table: Table = {
    policy: "sm-05-only-configuration-is-plain",
    clean: {
        type,
        props: {
            name: "/devplatform/prod/s3_region",
            type: "String",
            value: "us-east-1",
            tags: { class: "config" },
        },
    },
    cases: [
        { title: "no class", change: { "tags.class": undefined }, expect: ['"tags.class" is not'] },
        { title: "a class of secrets", change: { "tags.class": "database" }, expect: ['"tags.class"'] },
        {
            title: "near miss: another spelling",
            change: { "tags.class": "Config" },
            expect: ['"tags.class"'],
        },
        { title: "no tags", change: { tags: undefined }, expect: ['"tags.class"'] },
        {
            title: "a name that says it is a secret",
            change: { name: "/devplatform/prod/db_password" },
            expect: ["for a name that says it is a secret"],
        },
        {
            title: "near miss: a name about tokens, and not one",
            change: { name: "/devplatform/prod/jwt_access_token_expire_minutes" },
            expect: "clean",
        },
        {
            title: "a list is as plain",
            change: { type: "StringList", "tags.class": "security" },
            expect: ['"tags.class"'],
        },
        {
            title: "a value that looks like a secret",
            change: { value: "postgresql://app:correct-horse@db/app" },
            expect: ["for a value that looks like a secret"],
        },
        {
            title: "the same under its other property",
            change: { insecureValue: "AKIAABCDEFGHIJKLMNOP" },
            expect: ["for a value that looks like a secret"],
        },
        {
            title: "everything at once",
            change: { tags: undefined, name: "/devplatform/prod/api-key" },
            expect: ["tags.class", "says it is a secret"],
        },
        { title: "no type of AWS's", change: { type: "securestring" }, expect: ['"type" is no type'] },
        { title: "no type", change: { type: undefined }, expect: ['"type" is no type'] },
        { title: "a SecureString", change: { type: "SecureString" }, expect: "not applicable" },
        {
            title: "near miss: a SecureString with a sensitive name",
            change: { type: "SecureString", name: "/devplatform/prod/db_password", tags: undefined },
            expect: "not applicable",
        },
        { title: "an unknown value", change: { value: UNKNOWN }, expect: "clean" },
        { title: "an unknown class waits", change: { "tags.class": UNKNOWN }, expect: "can't run" },
        { title: "an unknown type waits", change: { type: UNKNOWN }, expect: "can't run" },
        {
            title: "an unknown class does not hide a sensitive name",
            change: { "tags.class": UNKNOWN, name: "/devplatform/prod/token" },
            expect: ["says it is a secret"],
        },
    ],
    mayBreak: ["GEN-04"],
    mutations: [
        { title: "no configuration of the catalogue", type, change: { "tags.class": "database" } },
        {
            title: "no type of AWS's",
            type,
            change: { type: "Secure" },
            // What is not surely plain has to be protected as a secret is.
            alsoBreaks: ["GEN-04"],
        },
        {
            title: "a value that looks like a secret",
            type,
            change: { value: "postgresql://app:correct-horse@db/app" },
        },
        {
            title: "a name that says it is a secret",
            type,
            mutate: (parameter) => ({
                ...parameter,
                props: { ...parameter.props, name: `${String(parameter.props["name"])}_password` },
            }),
        },
    ],
};
