import { UNKNOWN, type Table } from "../support/case";

const secret = "kubernetes:core/v1:Secret";
const configMap = "kubernetes:core/v1:ConfigMap";
const drawn = "random:index/randomPassword:RandomPassword";
const encoded = (text: string): string => Buffer.from(text).toString("base64");
const config = (data: Readonly<Record<string, unknown>>) => ({ type: configMap, props: { data } });

export const table: Table = {
    policy: "k8s-07-secret-values-are-no-literals",
    clean: {
        type: secret,
        parentType: "strongroom:delivery:Consumer",
        props: {
            metadata: { annotations: { "strongroom.io/documents": "estuary/jwt" } },
            data: { JWT_SECRET: encoded("a value that somebody configured") },
        },
    },
    cases: [
        {
            title: "a literal beside the components",
            change: {},
            with: { parentType: "strongroom:stacks:Platform" },
            expect: ['"data.JWT_SECRET" stands in the program'],
        },
        {
            title: "two literals, one of them in plain text",
            type: secret,
            props: { data: { a: encoded("b") }, stringData: { c: "d" } },
            expect: ['"data.a"', '"stringData.c"'],
        },
        {
            title: "near miss: a component whose name only begins like ours",
            change: {},
            with: { parentType: "strongroom:delivery:ConsumerOfOthers" },
            expect: ["stands in the program"],
        },
        {
            title: "near miss: our component, without a document",
            change: { "metadata.annotations": undefined },
            expect: ["does not say which documents"],
        },
        {
            title: "a component of others that the configuration trusts",
            change: {},
            with: { parentType: "acme:secrets:Delivery" },
            settings: { deliveringComponents: ["acme:secrets:Delivery"] },
            expect: "clean",
        },
        {
            title: "a drawn value, known",
            type: secret,
            props: { data: { password: encoded("drawn") } },
            computedFrom: { data: drawn },
            expect: "clean",
        },
        {
            title: "a drawn value, not known yet",
            type: secret,
            props: { data: { password: UNKNOWN } },
            computedFrom: { data: drawn },
            expect: "clean",
        },
        {
            title: "drawn values as a whole, not known yet",
            type: secret,
            props: { data: UNKNOWN },
            computedFrom: { data: drawn },
            expect: "clean",
        },
        {
            title: "near miss: a literal beside a drawn value",
            type: secret,
            props: { data: { password: UNKNOWN, token: encoded("literal") } },
            computedFrom: { data: drawn },
            expect: ["more keys than sources"],
        },
        {
            title: "a value that is computed from what makes none",
            type: secret,
            props: { data: { password: UNKNOWN } },
            computedFrom: { data: "random:index/randomPet:RandomPet" },
            expect: ["makes no secret values"],
        },
        { title: "a Secret that others fill", type: secret, props: { type: "Opaque" }, expect: "clean" },
        { title: "near miss: an empty Secret", type: secret, props: { data: {} }, expect: "clean" },
        { title: "a plain setting", ...config({ LOG_LEVEL: "info", PORT: "3000" }), expect: "clean" },
        {
            title: "a key with a secret's name",
            ...config({ LOG_LEVEL: "info", DB_PASSWORD: "x" }),
            expect: ['"data.DB_PASSWORD" has the name of a secret'],
        },
        {
            title: "near miss: names with a secret's word that say the contrary",
            ...config({
                JWT_ACCESS_TOKEN_EXPIRE_MINUTES: "30",
                SECRET_BACKEND: "vault",
                TOKEN_URL: "https://a.example",
            }),
            expect: "clean",
        },
        {
            title: "a private key under a harmless name",
            ...config({ "server.conf": "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n" }),
            expect: ["looks like a secret"],
        },
        {
            title: "near miss: a certificate",
            ...config({ "ca.crt": "-----BEGIN CERTIFICATE-----\nMIIE\n" }),
            expect: "clean",
        },
        {
            title: "a password in an address",
            ...config({ DATABASE: "postgres://app:correcthorse@db.example/app" }),
            expect: ["looks like a secret"],
        },
        {
            title: "near miss: an address without one",
            ...config({ DATABASE: "postgres://db.example/app" }),
            expect: "clean",
        },
        {
            title: "a file that assigns a password",
            ...config({ "app.yaml": "log: info\ndb:\n  password: hunter-two\n" }),
            expect: ["assigns one"],
        },
        {
            title: "near miss: a file that says where the password is",
            ...config({ "app.yaml": "db:\n  password: ${DB_PASSWORD}\n  token: /run/secrets/token\n" }),
            expect: "clean",
        },
        {
            title: "near miss: the same in base64",
            type: configMap,
            props: { binaryData: { "app.json": encoded('{"db":{"password":"hunter-two"}}') } },
            expect: ["assigns one"],
        },
        {
            title: "a drawn value in a ConfigMap, not known yet",
            ...config({ SETTING: UNKNOWN }),
            computedFrom: { data: drawn },
            expect: ['"data" is computed from a secret value'],
        },
        {
            title: "near miss: an unknown value of another resource",
            ...config({ BUCKET: UNKNOWN }),
            computedFrom: { data: "aws:s3/bucket:Bucket" },
            expect: ['"data.BUCKET" is not known'],
        },
        {
            title: "a ConfigMap that is unknown as a whole",
            type: configMap,
            props: { data: UNKNOWN },
            computedFrom: { data: "aws:s3/bucket:Bucket" },
            expect: ["nobody can tell"],
        },
        {
            title: "a stack without Secrets and ConfigMaps",
            type: "kubernetes:core/v1:Namespace",
            props: {},
            expect: "not applicable",
        },
    ],
    mutations: [
        {
            title: "a password in a ConfigMap",
            type: configMap,
            change: { "data.DB_PASSWORD": "correct-horse" },
        },
        {
            title: "a private key in a ConfigMap",
            type: configMap,
            change: { "data.CONFIG": "-----BEGIN PRIVATE KEY-----\nMIIE\n" },
        },
        {
            title: "a Secret that names no document",
            type: secret,
            change: { "metadata.annotations": undefined },
        },
    ],
};
