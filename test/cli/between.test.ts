import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { forms, withSealedValues } from "../support/sealed";
import { runsProgram, strongroom, Workspace } from "./support";

const PASSPHRASE = "a passphrase of this test";
const VALUE = createHash("sha256").update("between").digest("base64url");
const OTHER = createHash("sha256").update("other").digest("base64url");

/**
 * Both stacks as people preview them. Does not prove: that two drawn values differ, which is for the drawing to
 * ensure and unknown in a preview.
 */
describe("a value that dev and prod were both given", () => {
    const workspace = new Workspace({
        "Pulumi.dev.yaml": withSealedValues(PASSPHRASE, {
            "devplatform/api-keys.anthropic_api_key": VALUE,
            "gcpplatform/openai-api-key.value": OTHER,
        }),
        "Pulumi.prod.yaml": withSealedValues(PASSPHRASE, {
            "devplatform/api-keys.anthropic_api_key": VALUE,
            "gcpplatform/github-token.value": OTHER,
        }),
    });
    after(() => {
        workspace.remove();
    });
    const options = { cwd: workspace.directory, env: { PULUMI_CONFIG_PASSPHRASE: PASSPHRASE } };

    const assertNone = (text: string): void => {
        for (const value of [VALUE, OTHER]) {
            const digests = (["hex", "base64", "base64url"] as const).map((encoding) =>
                createHash("sha256").update(value).digest(encoding).slice(0, 12),
            );
            for (const form of [...forms(value), ...digests]) assert.ok(!text.includes(form));
        }
    };

    it("is caught, with both fields and what to do, and is shown nowhere", async () => {
        const { code, stdout, stderr, text } = await strongroom(["preview", "--verbose"], options);
        assertNone(stdout + stderr);
        assert.match(text, /Between environments \(2\) Values that are used twice \(2\)/);
        assert.match(
            text,
            /'devplatform\/api-keys\.anthropic_api_key' in dev and 'devplatform\/api-keys\.anthropic_api_key' in prod have the same value\. Give each/,
        );
        assert.match(
            text,
            /'gcpplatform\/openai-api-key\.value' in dev and 'gcpplatform\/github-token\.value' in prod have/,
        );
        assert.match(text, /2 stacks, 2 findings between environments: violated/);
        assert.equal(code, 2, stderr);
    });

    it("is caught in JSON, and is not there either", async () => {
        const { code, stdout, stderr } = await strongroom(["preview", "--json"], options);
        assertNone(stdout + stderr);
        const { isolation, verdict } = JSON.parse(stdout) as {
            isolation: { kind: string; places: object[] }[];
            verdict: string;
        };
        assert.deepEqual(
            isolation.map(({ kind, places }) => [kind, places]),
            [
                [
                    "equal-value",
                    [
                        { stack: "dev", what: "devplatform/api-keys.anthropic_api_key" },
                        { stack: "prod", what: "devplatform/api-keys.anthropic_api_key" },
                    ],
                ],
                [
                    "equal-value",
                    [
                        { stack: "dev", what: "gcpplatform/openai-api-key.value" },
                        { stack: "prod", what: "gcpplatform/github-token.value" },
                    ],
                ],
            ],
        );
        assert.equal(verdict, "violated");
        assert.equal(code, 2);
    });

    it("is not told without the passphrase: nobody can know", async () => {
        const { code, text } = await strongroom(["preview"], { cwd: workspace.directory });
        assert.match(text, /2 stacks: clean/);
        assert.equal(code, 0);
    });
});

describe("one stack alone", () => {
    it("is refused where its state has the key of another environment's, which needs no rendering of that", async () => {
        const shared = (before: string): string =>
            `secretsprovider: awskms://alias/state?region=us-east-1\n${before}`;
        const workspace = new Workspace({ "Pulumi.dev.yaml": shared, "Pulumi.prod.yaml": shared });
        try {
            const { code, text } = await strongroom(["preview", "--stack", "prod"], {
                cwd: workspace.directory,
            });
            assert.match(
                text,
                /Pulumi\.prod\.yaml: the key of the state 'awskms:\/\/alias\/state in us-east-1' is also/,
            );
            assert.equal(code, 1);
        } finally {
            workspace.remove();
        }
    });
});

describe("a reference to another stack", () => {
    it("is shown to the policies, which refuse one of another environment alone", async () => {
        const workspace = new Workspace({ "Pulumi.yaml": runsProgram("referring") });
        try {
            const { code, text } = await strongroom(["preview", "--stack", "prod"], {
                cwd: workspace.directory,
            });
            assert.match(text, /iso-11-\S+ .*StackReference acme\/network\/dev name/);
            assert.doesNotMatch(text, /StackReference acme\/network\/prod/);
            assert.equal(code, 2);
        } finally {
            workspace.remove();
        }
    });
});
