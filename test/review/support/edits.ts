import type { Change } from "../../cli/support";
import { withEntry } from "../../cli/support";

/** Files that a pull request changes, and how. */
export type Edits = Readonly<Record<string, Change>>;

const replaced =
    (from: string, to: string): ((text: string) => string) =>
    (text) => {
        if (!text.includes(from)) throw new Error(`'${from}' is not there`);
        return text.replace(from, to);
    };

/** What people do to the project, each as one pull request. */
export const EDITS = {
    "a new secret": {
        "stacks/catalogue/estuary.ts": (text) =>
            [
                replaced("rotatesOn }", "rotates, rotatesOn }"),
                replaced(
                    "        auth: {",
                    `        search: {
            description: "Search",
            category: "api-key",
            holders: ["data-services"],
            fields: {
                key: external("Search key", "Search console", rotates(vendorKey, "365 days"), {
                    variable: "SEARCH_KEY",
                }),
            },
        },
        auth: {`,
                ),
                replaced("reads: [", 'reads: [\n"SEARCH_KEY",'),
            ].reduce((done, change) => change(done), text),
    },
    announce: {
        "ledger/dev.yaml": (text) =>
            replaced(
                "yosai/app.fernet_key:\n",
                "yosai/app.fernet_key:\n  next: { generation: 2, since: 2026-11-29, reason: schedule }\n",
            )(text),
    },
    promote: {
        "ledger/dev.yaml": withEntry(
            "devplatform/jwt.secret_key",
            "current: { generation: 3, since: 2026-11-29, reason: schedule }",
            "previous: { generation: 2, until: 2026-12-09 }",
        ),
    },
    replace: {
        "ledger/dev.yaml": withEntry(
            "devplatform/db.password",
            "current: { generation: 2, since: 2026-11-29, reason: schedule }",
            "previous: { generation: 1, until: 2026-12-06 }",
        ),
    },
    retire: {
        "ledger/prod.yaml": withEntry(
            "devplatform/jwt.secret_key",
            "current: { generation: 2, since: 2026-11-19, reason: schedule }",
        ),
    },
    compromise: {
        "ledger/prod.yaml": withEntry(
            "devplatform/db.password",
            "current: { generation: 2, since: 2026-11-29, reason: compromise, reference: INC-7 }",
        ),
    },
    "a leap": {
        "ledger/prod.yaml": withEntry(
            "devplatform/db.password",
            "current: { generation: 4, since: 2026-11-29, reason: schedule }",
        ),
    },
    "a new consumer": {
        "stacks/catalogue/yosai.ts": replaced(
            "consumers: {",
            `consumers: {
        report: {
            workload: "CronJob/report",
            secretName: "report-secrets",
            takes: "files",
            reads: ["DB_PASSWORD"],
        },`,
        ),
    },
    "a moved document": {
        "Pulumi.prod.yaml": (text) => text.replace(/(\n {4}yosai:\n)/, "$1      recreated: { db: 2 }\n"),
    },
    "a document less": {
        "stacks/catalogue/devplatform.ts": (text) =>
            text
                .replace(/ {8}sentry: \{[^]*?\n {8}\},\n/, "")
                .replace(/\n *"SENTRY_DSN",/, "")
                .replace('"SENTRY_DSN_FRONTEND", ', "")
                .replace("import { anthropic, mapbox, sentry }", "import { anthropic, mapbox }")
                .replace("rotates,\n    rotatesOn,", "rotates,"),
    },
    "another setting": { "Pulumi.dev.yaml": replaced("log_level: DEBUG", "log_level: INFO") },
} satisfies Readonly<Record<string, Edits>>;
