import type { Catalogue } from "../../../components/domain/catalogue";
import { composed, external, generated, hex, literal, password } from "../../../components/domain/fields";
import { overlap, reissue, swap } from "../../support/rotation-classes";

export const catalogue: Catalogue = [
    {
        name: "shop",
        title: "Shop",
        owner: "team",
        documents: {
            db: {
                description: "Database",
                category: "database",
                holders: ["team"],
                fields: {
                    username: literal("User", "app"),
                    password: generated("Password", password(32), swap("90 days"), {
                        variable: "DB_PASSWORD",
                    }),
                    url: composed("URL", "pg://{username}:{password}@{config.host}/shop", {
                        variable: "DB_URL",
                    }),
                },
            },
            jwt: {
                description: "Tokens",
                category: "security",
                holders: ["team"],
                fields: { key: generated("Key", hex(32), overlap("90 days"), { variable: "JWT_KEY" }) },
            },
            vendor: {
                description: "Vendor",
                category: "api-key",
                holders: ["team"],
                fields: {
                    token: external("Token", "vendor", reissue("30 days"), { variable: "VENDOR_TOKEN" }),
                    hint: external("Hint", "vendor", reissue("30 days"), {
                        variable: "VENDOR_HINT",
                        required: false,
                    }),
                },
            },
        },
        config: { host: { description: "Host", required: true, variable: "DB_HOST", default: "db" } },
        consumers: {
            api: {
                workload: "Deployment/api",
                secretName: "api-secrets",
                takes: "env",
                reads: ["DB_URL", "JWT_KEY", "VENDOR_TOKEN", "VENDOR_HINT", "DB_HOST"],
            },
        },
    },
];
