import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { renderStacks } from "../../preview";
import { Secret } from "../../preview/engine/values";
import { goldenFiles } from "../../preview/golden";
import { forms, withSealedValues } from "../support/sealed";
import { runsProgram, strongroom, Workspace } from "./support";

const PASSPHRASE = "a passphrase of this test";

/** Text that nothing else prints, the same in each run. */
function drawn(seed: string, lengthChars: number): string {
    let text = "";
    for (let at = 0; text.length < lengthChars; at++)
        text += createHash("sha256")
            .update(`${seed}${String(at)}`)
            .digest("base64url");
    return text.slice(0, lengthChars);
}

/** By field, in documents of AWS, GCP and Vault, and one of each odd shape. */
const CANARIES: Readonly<Record<string, string>> = {
    "devplatform/api-keys.anthropic_api_key": drawn("short", 16),
    "devplatform/api-keys.mapbox_access_token": drawn("long", 4_096),
    "gcpplatform/openai-api-key.value": `${drawn("q", 14)}"${drawn("r", 14)}'${drawn("s", 14)}\\${drawn("t", 14)}`,
    "yosai/auth0.client_secret": `${drawn("line", 20)}\n${drawn("next", 20)}\n${drawn("last", 20)}`,
    "yosai/auth0.audience": drawn("audience", 16),
    "yosai/auth0.client_id": drawn("client", 17),
    "yosai/auth0.domain": drawn("domain", 18),
    "gcpplatform/github-token.value": `${drawn("u", 14)}žluťoučký-кот-密钥-🔐${drawn("v", 14)}`,
};

const encrypted = withSealedValues(PASSPHRASE, CANARIES);

function assertNone(text: string): void {
    for (const [field, value] of Object.entries(CANARIES)) {
        for (const [at, form] of forms(value).entries())
            assert.ok(!text.includes(form), `form ${String(at)} of ${field} shows`);
    }
}

/** Every text in a value, secrets opened. */
function texts(value: unknown): readonly string[] {
    if (typeof value === "string") return [value];
    if (value instanceof Secret) return texts(value.reveal());
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

/**
 * Does not prove: what `pulumi up` keeps in its state, or prints; compressed forms; a program that sends a value
 * elsewhere than to its output; the data of a native Secret, which is unknown while one of its parts is; values that a program derives from these and says, such as a hash.
 */
describe("values that are encrypted in a stack's file", () => {
    const workspace = new Workspace({ "Pulumi.prod.yaml": encrypted });
    after(() => {
        workspace.remove();
    });
    const options = { cwd: workspace.directory, env: { PULUMI_CONFIG_PASSPHRASE: PASSPHRASE } };

    for (const args of [[], ["--verbose"], ["--json"]]) {
        it(`show in nothing that '${["preview", ...args].join(" ")}' prints or writes`, async () => {
            const before = workspace.contents();
            const { code, stdout, stderr } = await strongroom(
                ["preview", "--stack", "prod", ...args],
                options,
            );
            assertNone(`${stdout}\n${stderr}`);
            assert.equal(code, 0, stderr);
            assert.doesNotMatch(stdout, /opaque-/);
            assert.deepEqual(workspace.contents(), before);
        });
    }

    it("are in what is rendered, so that there was something to hide, and not in what is committed of it", async () => {
        const [rendering] = await renderStacks({
            directory: workspace.directory,
            stacks: ["prod"],
            policyPacks: [],
            passphrase: PASSPHRASE,
        });
        assert.ok(rendering);
        const inputs = texts(rendering.resources.map((resource) => resource.inputs)).join("\n");
        for (const [field, value] of Object.entries(CANARIES)) {
            const escaped = JSON.stringify(value).slice(1, -1);
            const encoded = Buffer.from(value).toString("base64");
            assert.ok(
                [value, escaped, encoded].some((form) => inputs.includes(form)),
                `${field} is nowhere`,
            );
        }
        assertNone(
            goldenFiles([rendering])
                .map(([, text]) => text)
                .join("\n"),
        );
    });

    it("are opaque without the passphrase, and said to be", async () => {
        const run = await strongroom(["preview", "--stack", "prod"], { cwd: workspace.directory });
        assertNone(run.stdout + run.stderr);
        assert.equal(run.code, 0, run.stderr);
        assert.match(run.text, /PULUMI_CONFIG_PASSPHRASE/);
        for (const field of Object.keys(CANARIES))
            assert.ok(run.text.includes(`strongroom:values.${field}`), field);
    });

    it("are refused with another passphrase, which is not shown either", async () => {
        const env = { PULUMI_CONFIG_PASSPHRASE: "another passphrase" };
        const run = await strongroom(["preview", "--stack", "prod"], { ...options, env });
        assert.match(
            run.stderr,
            /Pulumi\.prod\.yaml:1: PULUMI_CONFIG_PASSPHRASE is not the passphrase of this stack/,
        );
        assert.ok(!run.text.includes("another passphrase"));
        assert.equal(run.code, 1);
    });

    for (const args of [[], ["--json"]]) {
        it(`are masked where a program prints, logs and throws them: '${["preview", ...args].join(" ")}'`, async () => {
            const leaking = new Workspace({
                "Pulumi.prod.yaml": encrypted,
                "Pulumi.yaml": runsProgram("leaking"),
            });
            try {
                const run = await strongroom(["preview", "--stack", "prod", "--no-policies", ...args], {
                    ...options,
                    cwd: leaking.directory,
                });
                assertNone(run.stdout + run.stderr);
                assert.match(run.text, /printed: /);
                assert.match(run.text, /thrown: /);
                assert.equal(run.code, 1);
            } finally {
                leaking.remove();
            }
        });
    }
});
