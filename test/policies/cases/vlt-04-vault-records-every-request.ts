import { UNKNOWN, type Sketch, type Table } from "../support/case";

const type = "vault:index/audit:Audit";
const mount: Sketch = { type: "vault:index/mount:Mount", props: { path: "secret" } };

export const table: Table = {
    policy: "vlt-04-vault-records-every-request",
    clean: {
        type,
        props: { type: "file", options: { file_path: "stdout", log_raw: "false", hmac_accessor: "true" } },
        beside: [mount],
    },
    cases: [
        { title: "no device", ...mount, beside: [], expect: ["records nothing"] },
        {
            title: "no device, told once",
            ...mount,
            beside: [{ type: "vault:kv/secretV2:SecretV2", props: { name: "x" } }],
            expect: ["records nothing"],
        },
        { title: "values in clear", change: { "options.log_raw": "true" }, expect: ["values in clear"] },
        {
            title: "values in clear, as Go spells it",
            change: { "options.log_raw": "T" },
            expect: ["values in clear"],
        },
        {
            title: "values in clear, as no text",
            change: { "options.log_raw": true },
            expect: ["values in clear"],
        },
        {
            title: "accessors in clear",
            change: { "options.hmac_accessor": "false" },
            expect: ["revoke tokens"],
        },
        {
            title: "Vault's own defaults",
            change: { options: { file_path: "/var/log/vault.log" } },
            expect: "clean",
        },
        {
            title: "near miss: a file that keeps nothing",
            change: { "options.file_path": "discard" },
            expect: ["keeps nothing"],
        },
        {
            title: "a file that is none",
            change: { "options.file_path": "/dev/null" },
            expect: ["keeps nothing"],
        },
        { title: "no file", change: { "options.file_path": undefined }, expect: ["keeps nothing"] },
        {
            title: "a socket",
            change: { type: "socket", options: { address: "127.0.0.1:9090", socket_type: "tcp" } },
            expect: "clean",
        },
        { title: "unknown options", change: { options: UNKNOWN }, expect: ["can't be decided"] },
        {
            title: "a stack without Vault",
            type: "aws:sns/topic:Topic",
            props: {},
            beside: [],
            expect: "not applicable",
        },
    ],
    mutations: [
        { title: "values in clear", type, change: { "options.log_raw": "true" } },
        { title: "accessors in clear", type, change: { "options.hmac_accessor": "false" } },
        { title: "a file that keeps nothing", type, change: { "options.file_path": "discard" } },
        { title: "no device", type, mutate: () => undefined, on: mount.type },
    ],
};
