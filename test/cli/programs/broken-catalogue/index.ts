import type { Catalogue, Platform } from "../../../../components/domain/catalogue";
import { composed, generated, password } from "../../../../components/domain/fields";
import { runProgram } from "../../../../stacks/program";
import { overlap, swap } from "../../../support/rotation-classes";

/** One platform with what a catalogue must not have, and another of its name. */
const estuary: Platform = {
    name: "estuary",
    title: "Estuary",
    owner: "team",
    documents: {
        db: {
            description: "Database",
            category: "database",
            holders: ["team"],
            fields: {
                password: generated("Password", password(32), swap("90 days"), { variable: "DB_PASSWORD" }),
                url: composed("URL", "pg://app:{pasword}@db/estuary", { variable: "DB_URL" }),
                other: composed("URL", "pg://app:{dbs.password}@db/estuary", { variable: "DB_OTHER" }),
            },
        },
        jwt: {
            description: "Tokens",
            category: "security",
            holders: ["team"],
            fields: { key: generated("Key", password(32), overlap("3 fortnights"), { variable: "JWT_KEY" }) },
        },
    },
    config: {},
    consumers: {
        api: {
            workload: "Deployment/api",
            secretName: "api",
            takes: "env",
            reads: ["DB_URL", "DB_OTHER", "JWT_KEYS"],
        },
    },
};
const catalogue: Catalogue = [estuary, { ...estuary, documents: {}, consumers: {} }];

runProgram(catalogue);
