import assert from "node:assert/strict";
import type { Catalogue, Platform } from "../../components/domain/catalogue";
import { generated, password } from "../../components/domain/fields";
import { swap } from "../support/rotation-classes";
import { problemsOf, sound } from "../support/stack-config";

const role = (account: string): string => `arn:aws:iam::${account}:role/rotation`;
const OURS = "210987654321";

describe("who is told, in the configuration", () => {
    it("may be nobody, or anybody with an address", () => {
        assert.deepEqual(problemsOf({ alerts: {} }), []);
        const alerts = {
            emails: ["security@example.com"],
            https: ["https://alerts.example.com/strongroom"],
            expected: [role(OURS)],
        };
        assert.deepEqual(problemsOf({ alerts }), []);
    });

    const cases: [string, Record<string, unknown>, string, RegExp][] = [
        ["no address", { alerts: { emails: ["security"] } }, "strongroom:alerts.emails.0", /e-mail address/],
        ["no TLS", { alerts: { https: ["http://a.example.com"] } }, "strongroom:alerts.https.0", /https/],
        [
            "a token in the query",
            { alerts: { https: ["https://a.example.com/?t=1"] } },
            "strongroom:alerts.https.0",
            /query/,
        ],
        [
            "a token in the path",
            { alerts: { https: ["https://hooks.example.com/services/xoxb-123456789012-abcdefABCDEF"] } },
            "strongroom:alerts.https[0]",
            /token/,
        ],
        [
            "somebody who is nobody",
            { alerts: { expected: ["me"] } },
            "strongroom:alerts.expected[0]",
            /neither/,
        ],
        [
            "a role of another account",
            { alerts: { expected: [role("999999999999")] } },
            "strongroom:alerts.expected[0]",
            /another account/,
        ],
        [
            "an account of a cloud that is not there",
            { alerts: { expected: ["a@b.iam.gserviceaccount.com"] } },
            "strongroom:alerts.expected[0]",
            /no GCP/,
        ],
        [
            "alerts that nothing would send",
            {
                aws: undefined,
                alerts: { emails: ["a@example.com"] },
                clusters: { eks: { context: "eks", distribution: "self-managed" } },
            },
            "strongroom:alerts",
            /neither AWS nor GCP/,
        ],
        [
            "a record that is kept for half a year",
            { aws: { ...(sound["aws"] as object), retentionDays: 180 } },
            "strongroom:aws.retentionDays",
            /must be 365/,
        ],
        [
            "a file of Vault that is no path",
            { vault: { address: "https://v.example.com", mount: "secret", auditFile: "log.txt" } },
            "strongroom:vault.auditFile",
            /stdout or a path/,
        ],
    ];
    for (const [title, change, place, message] of cases) {
        it(`is refused with ${title}`, () => {
            const found = problemsOf(change);
            assert.deepEqual(
                found.map((problem) => problem.place),
                [place],
                JSON.stringify(found),
            );
            assert.match(found[0]?.message ?? "", message);
        });
    }
});

describe("a platform whose reads alert", () => {
    const consumers = (count: number): Platform["consumers"] =>
        Object.fromEntries(
            Array.from({ length: count }, (_, i) => [
                `consumer-${String(i)}`,
                { workload: "Deployment/a", secretName: "a", takes: "env", reads: ["PASSWORD"] },
            ]),
        );
    const shop = (name: string, count: number): Catalogue => [
        {
            name,
            title: "Shop",
            owner: "team",
            documents: {
                db: {
                    description: "Database",
                    category: "database",
                    holders: ["team"],
                    fields: {
                        password: generated("Password", password(32), swap("90 days"), {
                            variable: "PASSWORD",
                        }),
                    },
                },
            },
            config: {},
            consumers: consumers(count),
        },
    ];
    const problems = (name: string, count: number) => {
        const platforms = {
            [name]: { cluster: "eks", secrets: "aws-secrets-manager", config: "kubernetes" },
        };
        return problemsOf({ platforms }, ["values"], "prod", shop(name, count)).filter(({ message }) =>
            /alert|the rule/.test(message),
        );
    };

    it("has as many readers of one document as an alert can name", () => {
        assert.deepEqual(problems("shop", 20), []);
        assert.deepEqual(
            problems("shop", 40).map(({ place }) => place),
            ["shop/db"],
        );
    });

    it("has a name that the names of rules have room for", () => {
        assert.deepEqual(problems("p".repeat(40), 1), []);
        const long = "p".repeat(41);
        assert.deepEqual(
            problems(long, 1).map(({ place }) => place),
            [long],
        );
    });
});
