import { UNKNOWN, type Table } from "../support/case";
import type { Rendered } from "../support/case";
import { changed } from "../support/mutations";

const json = (path: string, ...capabilities: string[]): string =>
    JSON.stringify({
        path: { "secret/data/yosai/prod/db": { capabilities: ["read"] }, [path]: { capabilities } },
    });

export const table: Table = {
    policy: "vlt-01-vault-policies-read-named-documents",
    clean: {
        type: "vault:index/policy:Policy",
        props: { name: "yosai-prod-api", policy: json("secret/metadata/yosai/prod/db", "read", "list") },
    },
    cases: [
        {
            title: "a wildcard, in the second path",
            change: { policy: json("secret/data/yosai/prod/*", "read") },
            expect: ["wildcard in a path (path 2 of 2)"],
        },
        {
            title: "any segment",
            change: { policy: json("secret/data/+/prod/db", "read") },
            expect: ["wildcard"],
        },
        {
            title: "sudo",
            change: { policy: json("secret/data/yosai/prod/s3", "read", "sudo") },
            expect: ["root"],
        },
        { title: "Vault itself", change: { policy: json("sys/mounts", "read") }, expect: ["administration"] },
        {
            title: "listing documents' data",
            change: { policy: json("secret/data/yosai/prod/s3", "read", "list") },
            expect: ["more with a document than read"],
        },
        {
            title: "writing",
            change: { policy: json("secret/data/yosai/prod/s3", "create", "update") },
            expect: ["more with a document"],
        },
        {
            title: "writing, by one that the configuration names",
            change: { policy: json("secret/data/yosai/prod/s3", "create", "update") },
            settings: { writers: ["yosai-prod-api"] },
            expect: "clean",
        },
        {
            title: "writing metadata",
            change: { policy: json("secret/metadata/yosai/prod/s3", "read", "update") },
            expect: ["more with metadata"],
        },
        {
            title: "writing metadata, by one that the configuration names",
            change: { policy: json("secret/metadata/yosai/prod/s3", "create", "read", "update") },
            settings: { writers: ["yosai-prod-api"] },
            expect: "clean",
        },
        {
            title: "near miss: a writer that deletes metadata, and all versions with it",
            change: { policy: json("secret/metadata/yosai/prod/s3", "update", "delete") },
            settings: { writers: ["yosai-prod-api"] },
            expect: ["more with metadata"],
        },
        {
            title: "near miss: a path of KV version 1 reads nothing here",
            change: { policy: json("secret/yosai/prod/db", "read") },
            expect: ["neither a document"],
        },
        { title: "near miss: a denial", change: { policy: json("sys/*", "deny") }, expect: "clean" },
        {
            title: "a lease of a database account",
            change: { policy: json("yosai-prod-database/creds/yosai-prod-api-db", "read") },
            expect: "clean",
        },
        {
            title: "more than a lease",
            change: { policy: json("yosai-prod-database/creds/yosai-prod-api-db", "read", "update") },
            expect: ["more with an account than lease"],
        },
        {
            title: "any lease of an engine",
            change: { policy: json("yosai-prod-database/creds/*", "read") },
            expect: ["wildcard"],
        },
        {
            title: "near miss: the engine's configuration",
            change: { policy: json("yosai-prod-database/config/db", "read") },
            expect: ["neither a document"],
        },
        {
            title: "its own token",
            change: { policy: json("auth/token/renew-self", "update") },
            expect: "clean",
        },
        {
            title: "HCL",
            change: { policy: '# reads\npath "secret/data/yosai/prod/db" {\n  capabilities = ["read"]\n}\n' },
            expect: "clean",
        },
        {
            title: "HCL with a wildcard",
            change: { policy: 'path "secret/*" { capabilities = ["read"] }' },
            expect: ["wildcard", "neither a document"],
        },
        {
            title: "HCL with what is not understood",
            change: {
                policy: 'path "secret/data/yosai/prod/db" { capabilities = ["read"] required_parameters = ["x"] }',
            },
            expect: ["can't be read"],
        },
        {
            title: "a template, whose meaning depends on the reader",
            change: { policy: 'path "secret/data/${who}/db" { capabilities = ["read"] }' },
            expect: ["can't be read"],
        },
        {
            title: "near miss: one path written twice, of which a reader keeps the last",
            change: { policy: '{"path":{"a":{"capabilities":["sudo"]},"a":{"capabilities":["deny"]}}}' },
            expect: ["can't be read"],
        },
        { title: "nothing", change: { policy: "" }, expect: ["can't be read"] },
        { title: "an unknown policy waits", change: { policy: UNKNOWN }, expect: "can't run" },
    ],
    mayBreak: ["VLT-02", "IAM-08"],
    mutations: [
        ...(
            [
                ["every document of the platform", (path: string) => path.replace(/[^/]+$/, "*"), ["read"]],
                ["a list of names", (path: string) => path, ["read", "list"]],
                ["writing", (path: string) => path, ["read", "update"]],
                ["root rights", (path: string) => path, ["read", "sudo"]],
                [
                    "deletion of old versions",
                    (path: string) => path.replace("/data/", "/destroy/"),
                    ["update"],
                ],
            ] as const
        ).map(([title, edit, capabilities]) => ({
            title,
            type: "vault:index/policy:Policy",
            where: ({ name }: Rendered) => !name.includes("-ci-"),
            mutate: (resource: Rendered): Rendered =>
                changed(resource, "policy", (policy) => {
                    const { path } = JSON.parse(policy) as { path: Record<string, object> };
                    const [first = "", ...others] = Object.keys(path);
                    const kept = others.map((name) => [name, path[name]]);
                    return JSON.stringify({
                        path: Object.fromEntries([[edit(first), { capabilities }], ...kept]) as unknown,
                    });
                }),
        })),
        {
            title: "Vault's own administration",
            type: "vault:index/policy:Policy",
            change: { policy: '{"path":{"sys/auth":{"capabilities":["read"]}}}' },
        },
        {
            title: "a policy that nobody can read",
            type: "vault:index/policy:Policy",
            mutate: (resource) =>
                changed(resource, "policy", (policy) => policy.replace('"capabilities"', '"policy"')),
            alsoBreaks: ["ISO-06"],
        },
    ],
};
