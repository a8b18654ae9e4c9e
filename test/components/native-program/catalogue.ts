import type { Catalogue } from "../../../components/domain/catalogue";
import { accessKey, external, generated, literal, never, password } from "../../../components/domain/fields";
import { swap, twoKey } from "../../support/rotation-classes";

const key = accessKey(
    "storage",
    twoKey("30 days"),
    { description: "Id", variable: "S3_ID" },
    { description: "Secret", variable: "S3_SECRET" },
);

export const catalogue: Catalogue = [
    {
        name: "shop",
        title: "Shop",
        owner: "team",
        documents: {
            bucket: {
                description: "Key of the bucket",
                category: "storage",
                holders: ["team"],
                fields: { id: key.id, secret: key.secret },
            },
            account: {
                description: "Account of the database",
                category: "database",
                holders: ["team"],
                fields: {
                    engine: literal("Engine", "postgres"),
                    host: external("Host", "operations", never, { required: false }),
                    username: literal("User", "app", { variable: "DB_USER" }),
                    password: generated("Password", password(32), swap("90 days"), {
                        variable: "DB_PASSWORD",
                    }),
                },
            },
        },
        config: {},
        consumers: {
            api: {
                workload: "Deployment/api",
                secretName: "api-secrets",
                takes: "files",
                reads: ["S3_ID", "S3_SECRET", "DB_USER", "DB_PASSWORD"],
            },
            report: {
                workload: "CronJob/report",
                secretName: "report-secrets",
                takes: "files",
                reads: ["DB_USER", "DB_PASSWORD"],
            },
        },
    },
];
