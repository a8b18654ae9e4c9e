import { UNKNOWN, type Sketch, type Table } from "../support/case";

const type = "gcp:projects/iAMAuditConfig:IAMAuditConfig";
const secret: Sketch = {
    type: "gcp:secretmanager/secret:Secret",
    props: { secretId: "devplatform_prod_db" },
};
const NOBODY = "nobody records who reads it";
const config = (props: Readonly<Record<string, unknown>>, of = type): Sketch[] => [
    {
        type: of,
        name: "audit",
        props: {
            project: "acme-prod",
            service: "secretmanager.googleapis.com",
            auditLogConfigs: [{ logType: "DATA_READ" }],
            ...props,
        },
    },
];

export const table: Table = {
    policy: "gcp-07-reads-are-recorded",
    clean: { ...secret, beside: config({}) },
    cases: [
        { title: "no audit configuration", change: {}, beside: [], expect: [NOBODY] },
        {
            title: "two secrets are told once",
            change: {},
            beside: [{ ...secret, name: "other" }],
            expect: [NOBODY],
        },
        {
            title: "a regional secret",
            type: "gcp:secretmanager/regionalSecret:RegionalSecret",
            props: {},
            beside: [],
            expect: [NOBODY],
        },
        {
            title: "near miss: writes are recorded, reads are not",
            change: {},
            beside: config({ auditLogConfigs: [{ logType: "DATA_WRITE" }, { logType: "ADMIN_READ" }] }),
            expect: [NOBODY],
        },
        {
            title: "near miss: another service",
            change: {},
            beside: config({ service: "cloudkms.googleapis.com" }),
            expect: [NOBODY],
        },
        { title: "another project", change: {}, beside: config({ project: "acme-dev" }), expect: [NOBODY] },
        { title: "all services", change: {}, beside: config({ service: "allServices" }), expect: "clean" },
        {
            title: "the folder records it",
            change: {},
            beside: config({ project: undefined, folder: "1" }, "gcp:folder/iamAuditConfig:IamAuditConfig"),
            expect: "clean",
        },
        {
            title: "somebody is exempted",
            change: {},
            beside: config({
                auditLogConfigs: [{ logType: "DATA_READ", exemptedMembers: ["user:a@example.com"] }],
            }),
            expect: ["without a record"],
        },
        {
            title: "exempted of another record",
            change: {},
            beside: config({
                auditLogConfigs: [
                    { logType: "DATA_READ" },
                    { logType: "DATA_WRITE", exemptedMembers: ["user:a@example.com"] },
                ],
            }),
            expect: "clean",
        },
        {
            title: "a secret of no name yet",
            change: { secretId: UNKNOWN },
            beside: [],
            expect: [NOBODY],
        },
        {
            title: "an unknown service",
            change: {},
            beside: config({ service: UNKNOWN }),
            expect: ["'audit': ", "can't be decided"],
        },
        {
            title: "a stack without secrets",
            type: "gcp:kms/keyRing:KeyRing",
            props: {},
            beside: [],
            expect: "not applicable",
        },
        {
            title: "near miss: a change of the configuration itself",
            type,
            props: {
                service: "secretmanager.googleapis.com",
                auditLogConfigs: [{ logType: "DATA_READ", exemptedMembers: ["user:b"] }],
            },
            beside: [],
            expect: ["auditLogConfigs[0].exemptedMembers"],
        },
    ],
    mutations: [
        {
            title: "writes alone",
            type,
            where: ({ props }) => props["service"] === "secretmanager.googleapis.com",
            change: { "auditLogConfigs.0.logType": "DATA_WRITE" },
            on: secret.type,
        },
        {
            title: "another service",
            type,
            where: ({ props }) => props["service"] === "secretmanager.googleapis.com",
            change: { service: "pubsub.googleapis.com" },
            on: secret.type,
        },
        {
            title: "somebody is exempted",
            type,
            where: ({ props }) => props["service"] === "secretmanager.googleapis.com",
            change: { "auditLogConfigs.0.exemptedMembers": ["user:somebody@example.com"] },
        },
    ],
};
