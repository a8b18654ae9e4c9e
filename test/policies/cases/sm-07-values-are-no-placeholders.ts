import { UNKNOWN, type Table } from "../support/case";

const type = "aws:secretsmanager/secretVersion:SecretVersion";
const document = (fields: object): string => JSON.stringify(fields);
const drawn = "q7Rf9ZkT2mVx8LbN4cWd";

export const table: Table = {
    policy: "sm-07-values-are-no-placeholders",
    clean: {
        type,
        props: { secretString: document({ username: "app", password: drawn, host: "db.example.com" }) },
    },
    cases: [
        ...[
            "changeme",
            "CHANGE_ME_in_production!!",
            "your-api-key-here",
            "<base64-encoded-key>",
            "${DB_PASSWORD}",
            "TODO: ask the vendor",
            "xxxxxxxxxxxxxxxxxxxx",
        ].map((value) => ({
            title: `a placeholder: ${value}`,
            change: { secretString: document({ password: value }) },
            expect: ['"secretString.password" is a placeholder'],
        })),
        ...[
            "password",
            "P@ssw0rd1",
            "123456",
            "aaaaaaaaaaaaaaaaaaaaaaaa",
            "AKIAIOSFODNN7EXAMPLE",
            "secret-key",
        ].map((value) => ({
            title: `a value that anybody would try: ${value}`,
            change: { secretString: document({ secret_key: value }) },
            expect: ["secretString.secret_key"],
        })),
        {
            title: "15 characters",
            change: { secretString: document({ token: drawn.slice(0, 15) }) },
            expect: ["too short"],
        },
        {
            title: "near miss: 16 characters",
            change: { secretString: document({ token: drawn.slice(0, 16) }) },
            expect: "clean",
        },
        {
            title: "a length of the configuration",
            change: { secretString: document({ token: drawn }) },
            settings: { minimumLengthChars: 24 },
            expect: ["24 characters or more"],
        },
        {
            title: "an empty secret",
            change: { secretString: document({ password: "" }) },
            expect: ["too short"],
        },
        {
            title: "near miss: fields that are no secrets",
            change: {
                secretString: document({
                    user: "root",
                    algorithm: "HS256",
                    access_key_id: "AKIA1",
                    token_ttl: "900",
                    port: 5432,
                }),
            },
            expect: "clean",
        },
        {
            title: "near miss: an address of example.com is an address",
            change: { secretString: document({ jwks_url: "https://auth.example.com/jwks" }) },
            expect: "clean",
        },
        {
            title: "the password within an address",
            change: { secretString: document({ url: "postgresql://app:changeme@db:5432/app" }) },
            expect: ["secretString.url"],
        },
        {
            title: "an earlier generation",
            change: { secretString: document({ secret_key: drawn, secret_key_previous: "short" }) },
            expect: ["secret_key_previous"],
        },
        {
            title: "a lone value",
            change: { secretString: "hunter2" },
            expect: ['"secretString" is too short'],
        },
        {
            title: "a value that is not known yet",
            change: { secretString: UNKNOWN },
            expect: "not applicable",
        },
        {
            title: "base64 in a Kubernetes Secret",
            type: "kubernetes:core/v1:Secret",
            props: { data: { DB_PASSWORD: Buffer.from("changeme").toString("base64") } },
            expect: ["data.DB_PASSWORD"],
        },
        {
            title: "plain text in a Kubernetes Secret",
            type: "kubernetes:core/v1:Secret",
            props: { stringData: { DB_USER: "app", DB_PASSWORD: "pw" } },
            expect: ["stringData.DB_PASSWORD"],
        },
        {
            title: "an unknown field does not hide another",
            type: "kubernetes:core/v1:Secret",
            props: { stringData: { API_KEY: UNKNOWN, DB_PASSWORD: "pw" } },
            expect: ["stringData.DB_PASSWORD"],
        },
        {
            title: "a document in Vault",
            type: "vault:kv/secretV2:SecretV2",
            props: { dataJson: document({ fernet_key: "example" }) },
            expect: ["dataJson.fernet_key"],
        },
        {
            title: "base64 on GCP",
            type: "gcp:secretmanager/secretVersion:SecretVersion",
            props: { secretData: Buffer.from("changeme").toString("base64"), isSecretDataBase64: true },
            expect: ["secretData"],
        },
        {
            title: "a secure parameter",
            type: "aws:ssm/parameter:Parameter",
            props: { name: "/devplatform/prod/api_key", type: "SecureString", value: "short" },
            expect: ['"value" is too short'],
        },
        {
            title: "near miss: a parameter that is configuration",
            type: "aws:ssm/parameter:Parameter",
            props: { name: "/devplatform/prod/api_key_header", type: "String", value: "X-API-Key" },
            expect: "not applicable",
        },
    ],
    mayBreak: ["GEN-04", "SM-01", "ISO-09", "SM-02"],
    mutations: [
        ...(
            [
                ["aws:secretsmanager/secretVersion:SecretVersion", "secretString"],
                ["gcp:secretmanager/secretVersion:SecretVersion", "secretData"],
                ["vault:kv/secretV2:SecretV2", "dataJson"],
            ] as const
        ).flatMap(([type, path]) => [
            { title: `a placeholder: ${type}`, type, change: { [path]: '{"api_key":"changeme"}' } },
            { title: `a short password: ${type}`, type, change: { [path]: '{"db_password":"kX9f2"}' } },
            { title: `a placeholder that is no JSON: ${type}`, type, change: { [path]: "<your-token>" } },
        ]),
        ...["Y2hhbmdlbWU=", "eHh4"].map((data) => ({
            title: `a placeholder in base64 (${data})`,
            type: "kubernetes:core/v1:Secret",
            change: { data: { API_KEY: data } },
        })),
        {
            title: "a placeholder in stringData",
            type: "kubernetes:core/v1:Secret",
            change: { stringData: { API_KEY: "changeme" } },
        },
        {
            title: "a placeholder that is a SecureString",
            type: "aws:ssm/parameter:Parameter",
            change: { type: "SecureString", value: "changeme" },
        },
    ],
};
