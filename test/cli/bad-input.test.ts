import assert from "node:assert/strict";
import { runsProgram, strongroom, Workspace, withEntry } from "./support";
import type { Change, Run } from "./support";

/** Stands where a secret may stand by mistake, and must come back from nowhere. */
const CANARY = "cnry-Tz8Qw3Lr5Xv9";

interface Row {
    readonly what: string;
    readonly changes: Readonly<Record<string, Change>>;
    /** Place, rule and next step. */
    readonly says: readonly RegExp[];
    readonly args?: readonly string[];
}

const replaced =
    (from: string | RegExp, to: string): Change =>
    (before) =>
        before.replace(from, to);
const appended =
    (line: string): Change =>
    (before) =>
        `${before}${line}\n`;

const ROWS: readonly Row[] = [
    {
        what: "a typo in a configuration key",
        changes: { "Pulumi.prod.yaml": replaced("strongroom:ledger", "strongroom:leger") },
        says: [
            /Pulumi\.prod\.yaml:\d+ strongroom:leger: there is no such configuration key\. Did you mean 'ledger'\?/,
            /strongroom:ledger: it is missing/,
        ],
    },
    {
        what: "a typo below a configuration key",
        changes: { "Pulumi.prod.yaml": replaced("replicaRegion: us-west-2", `replicaRegoin: ${CANARY}`) },
        says: [
            /Pulumi\.prod\.yaml:11 strongroom:aws\.replicaRegoin: there is no such key\. Did you mean 'replicaRegion'\?/,
        ],
    },
    {
        what: "an unknown store",
        changes: { "Pulumi.prod.yaml": replaced("secrets: kubernetes", "secrets: kubernets") },
        says: [
            /Pulumi\.prod\.yaml:\d+ strongroom:platforms\.estuary\.secrets: must be one of .*vault, kubernetes\. Did you mean 'kubernetes'\?/,
        ],
    },
    {
        what: "a store that is a secret",
        changes: { "Pulumi.prod.yaml": replaced("secrets: kubernetes", `secrets: ${CANARY}`) },
        says: [/strongroom:platforms\.estuary\.secrets: must be one of .* Choose one of/],
    },
    {
        what: "a store that this environment has not set up",
        changes: { "Pulumi.dev.yaml": replaced("secrets: kubernetes", "secrets: aws-secrets-manager") },
        args: ["--stack", "dev"],
        says: [
            /Pulumi\.dev\.yaml:\d+ strongroom:platforms\.gcpplatform\.secrets: 'aws-secrets-manager' is not set up in this environment\. Add 'strongroom:aws'/,
        ],
    },
    {
        what: "a catalogue with broken references",
        changes: { "Pulumi.yaml": runsProgram("broken-catalogue") },
        args: ["--stack", "dev"],
        says: [
            /estuary\/db\.url: it is composed of 'db\.pasword', and that document has no such field\. Did you mean 'password'\?/,
            /estuary\/db\.other: it is composed of 'dbs\.password', and there is no document 'dbs'\. Did you mean 'db'\?/,
            /estuary\/jwt\.key: its rotation period '3 fortnights' is not a duration\. Write it like '90 days'/,
            /estuary\/api: it reads 'JWT_KEYS', which no document and no configuration value has\. Did you mean 'JWT_KEY'\?/,
            /estuary\/jwt: no consumer reads it\. Give it a consumer or remove it/,
            /estuary: two platforms have this name\. Rename one/,
        ],
    },
    {
        what: "a document created again under another's name",
        changes: {
            "Pulumi.prod.yaml": replaced("    estuary:\n", "    estuary:\n      recreated: {jwtt: 2}\n"),
        },
        says: [
            /Pulumi\.prod\.yaml:\d+ strongroom:platforms\.estuary\.recreated\.jwtt: the platform has no such document\. Did you mean 'jwt'\?/,
        ],
    },
    {
        what: "an environment whose name begins another's",
        changes: { "Pulumi.yaml": replaced("[dev, prod]", "[dev, prod, prod-eu]") },
        says: [
            /Pulumi\.yaml:13 strongroom:environments: 'prod-eu' begins with 'prod', so .*\. Rename one, e\.g\. 'eu-prod'/,
        ],
    },
    {
        what: "a stack whose file says another environment",
        changes: { "Pulumi.prod.yaml": replaced("environment: prod", "environment: prd") },
        says: [
            /Pulumi\.prod\.yaml:5 strongroom:environment: the stack 'prod' is configured as the environment 'prd'/,
            /'prd' is not among 'strongroom:environments'\. Did you mean 'prod'\?/,
        ],
    },
    {
        what: "a plain secret in a setting",
        changes: {
            "Pulumi.prod.yaml": replaced(
                /postgres_host: .*/,
                `postgres_host: ghp_${CANARY}`.replace(/-/g, "Aa1Bb2Cc3Dd4Ee5F"),
            ),
        },
        says: [
            /Pulumi\.prod\.yaml:\d+: a plain value looks like a secret, below 'strongroom:platforms'\. Replace it/,
        ],
    },
    {
        what: "plain values among those that others issued",
        changes: {
            "Pulumi.prod.yaml": appended(
                `  strongroom:values: {devplatform/api-keys.mapbox_access_token: ${CANARY}}`,
            ),
        },
        says: [
            /Pulumi\.prod\.yaml:\d+: a value is not encrypted, below 'strongroom:values'\. Replace it, .*--secret --path/,
        ],
    },
    {
        what: "values of which one is encrypted and one is not",
        changes: {
            "Pulumi.prod.yaml": appended(
                [
                    "  strongroom:values:",
                    '    devplatform/api-keys.anthropic_api_key: {secure: "v1:bm9uY2U=:c2VhbGVk"}',
                    `    devplatform/api-keys.mapbox_access_token: ${CANARY}`,
                ].join("\n"),
            ),
        },
        says: [/Pulumi\.prod\.yaml:\d+: a value is not encrypted, below 'strongroom:values'/],
    },
    {
        what: "an encrypted value for a field that is not there",
        changes: {
            "Pulumi.prod.yaml": appended(
                '  strongroom:values: {devplatform/api-keys.mapbox_token: {secure: "v1:bm9uY2U=:c2VhbGVk"}}',
            ),
        },
        says: [/strongroom:values\["devplatform\/api-keys\.mapbox_token"\]: the catalogue has no such field/],
    },
    {
        what: "a stack without a file",
        changes: {},
        args: ["--stack", "prd"],
        says: [
            /--stack prd: there is no Pulumi\.prd\.yaml; the stacks are 'dev', 'prod'\. Did you mean 'prod'\?/,
        ],
    },
    {
        what: "a stack without configuration",
        changes: { "Pulumi.prod.yaml": "config: {}\n" },
        says: [/Pulumi\.prod\.yaml: the stack has no configuration\. Copy the file of another environment/],
    },
    {
        what: "two environments with one account",
        changes: {
            "Pulumi.dev.yaml": appended('  strongroom:aws: {accountId: "210987654321", region: us-east-1}'),
        },
        says: [/the AWS account '210987654321' is also the one of dev\. Give each environment its own/],
    },
    {
        what: "a ledger that is not there",
        changes: { "ledger/prod.yaml": undefined },
        says: [
            /Pulumi\.prod\.yaml:6 strongroom:ledger: there is no file 'ledger\/prod\.yaml'\. Name it from the root/,
        ],
    },
    {
        what: "a ledger with impossible generations",
        changes: {
            "ledger/prod.yaml": withEntry(
                "marketplace/webhooks.amazon_hmac_secret",
                "next: { generation: 4, since: 2026-02-31, reason: schedule }",
                "current: { generation: 2, since: 2026-01-31, reason: schedule }",
            ),
        },
        says: [
            /ledger\/prod\.yaml:\d+ marketplace\/webhooks\.amazon_hmac_secret\.next\.since: a day is written YYYY-MM-DD and is in the calendar/,
        ],
    },
    {
        what: "a policy pack that is none",
        changes: {},
        args: ["--policy-pack", "ledger"],
        says: [
            /--policy-pack \S*ledger: there is no PulumiPolicy\.yaml\. Name the directory of a policy pack/,
        ],
    },
    {
        what: "an empty file",
        changes: { "Pulumi.prod.yaml": "" },
        says: [/Pulumi\.prod\.yaml: the file is empty/],
    },
    {
        what: "a tab as indentation",
        changes: { "Pulumi.prod.yaml": `config:\n\tstrongroom:environment: ${CANARY}\n` },
        says: [/Pulumi\.prod\.yaml:2: a tab indents the line\. Indent with spaces/],
    },
    {
        what: "a byte order mark",
        changes: { "Pulumi.prod.yaml": (before) => `\ufeff${before}` },
        says: [/Pulumi\.prod\.yaml:1: the file begins with a byte order mark\. Save it as UTF-8 without one/],
    },
    {
        what: "a file that is not UTF-8",
        changes: { "Pulumi.prod.yaml": Buffer.from(`config: "\xe4 ${CANARY}"\n`, "latin1") },
        says: [/Pulumi\.prod\.yaml: the file is not UTF-8\. Save it as UTF-8/],
    },
    {
        what: "a quote that is not closed",
        changes: { "Pulumi.prod.yaml": `config:\n  strongroom:environment: "${CANARY}\n` },
        says: [/Pulumi\.prod\.yaml:\d: a quote or bracket is not closed/],
    },
];

function assertRefused(run: Run, says: readonly RegExp[]): void {
    for (const sentence of says)
        assert.ok(sentence.test(run.text), `${String(sentence)} is not in:\n${run.text.slice(-3_000)}`);
    assert.equal(run.code, 1);
    assert.doesNotMatch(`${run.stdout}\n${run.stderr}`, /^\s+at .*(?::\d+|<anonymous>)/m, "a stack trace");
    assert.ok(!`${run.stdout}${run.stderr}`.includes(CANARY.slice(5)), "a value is echoed");
}

describe("the command line, given bad input", () => {
    for (const { what, changes, says, args = ["--stack", "prod"] } of ROWS) {
        it(`refuses ${what}, by place and rule, and writes nothing`, async () => {
            const workspace = new Workspace(changes);
            try {
                const before = workspace.contents();
                const run = await strongroom(
                    ["preview", ...(args.includes("--policy-pack") ? [] : ["--no-policies"]), ...args],
                    {
                        cwd: workspace.directory,
                    },
                );
                assertRefused(run, says);
                assert.deepEqual(workspace.contents(), before);
            } finally {
                workspace.remove();
            }
        });
    }

    it("tells the mistakes of all files in one run, each with its line", async () => {
        const workspace = new Workspace({
            "Pulumi.prod.yaml": (before) =>
                before
                    .replace("region: us-east-1", "region: virginia\n    regoin: us-east-1\n    acountId: x")
                    .replace("secrets: vault", `secrets: ${CANARY}`)
                    .replace("cluster: gke", "clustr: gke")
                    .replace("postgres_host:", "postgres_hst:")
                    .concat(`  strongroom:values: {devplatform/api-keys.mapbox_access_token: ${CANARY}}\n`),
            "ledger/prod.yaml": withEntry(
                "devplatform/db.password",
                "current: { generation: 0, since: 2026-01-31, reason: initial }",
            ),
        });
        try {
            const run = await strongroom(["preview"], { cwd: workspace.directory });
            assertRefused(run, [
                /The project has 9 mistakes:/,
                /Pulumi\.prod\.yaml:\d+: a value is not encrypted/,
                /Pulumi\.prod\.yaml:10 strongroom:aws\.region: must be a region/,
                /Pulumi\.prod\.yaml:11 strongroom:aws\.regoin: there is no such key\. Did you mean 'region'/,
                /Pulumi\.prod\.yaml:12 strongroom:aws\.acountId: there is no such key\. Did you mean 'accountId'/,
                /Pulumi\.prod\.yaml:\d+ strongroom:platforms\.yosai\.secrets: must be one of/,
                /Pulumi\.prod\.yaml:\d+ strongroom:platforms\.gcpplatform\.cluster: it is missing/,
                /Pulumi\.prod\.yaml:\d+ strongroom:platforms\.gcpplatform\.clustr: there is no such key/,
                /Pulumi\.prod\.yaml:\d+ strongroom:platforms\.devplatform\.settings\.postgres_hst: the platform has no such/,
                /ledger\/prod\.yaml:\d+ devplatform\/db\.password\.current\.generation: a generation is a whole number/,
            ]);
        } finally {
            workspace.remove();
        }
    });

    it("reads a file with the line ends of Windows as it reads any other", async () => {
        const workspace = new Workspace({
            "Pulumi.prod.yaml": (before) => before.replace(/\n/g, "\r\n"),
            "ledger/prod.yaml": (before) => before.replace(/\n/g, "\r\n"),
        });
        try {
            const args = ["preview", "--no-policies", "--stack", "prod"];
            const run = await strongroom(args, { cwd: workspace.directory });
            assert.equal(run.code, 0, run.text);
            assert.equal(run.stdout, (await strongroom(args)).stdout);
        } finally {
            workspace.remove();
        }
    });
});
