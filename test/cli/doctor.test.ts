import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { withSealedValues } from "../support/sealed";
import { strongroom, Workspace } from "./support";

const PASSPHRASE = "a passphrase of this test";
const CANARY = "wQ7rT2zKp9LxV4bN8cJm";

/**
 * Does not prove: what each check says, which is held by test/doctor; nor what a real cluster or store answers.
 */
describe("the command doctor", function () {
    this.timeout("2 minutes");
    const workspace = new Workspace({
        "Pulumi.prod.yaml": withSealedValues(PASSPHRASE, {
            "estuary/auth.jwks_urls": `https://app:${CANARY}@keys.example.com/jwks, http://keys.example.com/`,
            "estuary/convex.url": `https://${CANARY}.example.com`,
            "yosai/auth0.client_secret": CANARY,
        }),
    });
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-doctor-"));
    after(() => {
        workspace.remove();
        fs.rmSync(folder, { recursive: true });
    });
    const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
        strongroom(["doctor", ...args], { cwd: workspace.directory, env });
    const scripted = (name: string, script: string): NodeJS.ProcessEnv => {
        const bin = path.join(folder, name);
        fs.mkdirSync(bin);
        for (const program of ["kubectl", "aws", "gcloud", "vault"])
            fs.writeFileSync(path.join(bin, program), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
        return { PATH: `${bin}${path.delimiter}${String(process.env["PATH"])}` };
    };

    it("tells all mistakes of a call at once", async () => {
        const args = ["--stack", "prd", "--platform", "estary", "--document", "estuary/aut"];
        const { code, stderr, stdout } = await run([...args, "--consumer", "x/y", "--from", "none.json"]);
        assert.equal(code, 1);
        assert.equal(stdout, "");
        assert.match(stderr, /^The command has 6 mistakes:/);
        for (const word of [
            "'prod'",
            "'estuary'",
            "'estuary/auth'",
            "x/y",
            "no such file",
            "a document is named",
        ])
            assert.ok(stderr.includes(word), word);
    });

    it("names the contexts where one is of no cluster", async () => {
        const { code, stderr } = await run(["--stack", "prod", "--context", "eks-prd"]);
        assert.equal(code, 1);
        assert.match(stderr, /it does not say of which cluster it is\.\n {6}Did you mean 'eks-prod'\?/);
    });

    it("says what to set, what it did not look at, and ends with 2", async () => {
        const { code, text } = await run(["--stack", "prod", "--document", "yosai/auth0"]);
        assert.equal(code, 2);
        assert.match(
            text,
            /yosai\/auth0\.domain: Auth0 issues it pulumi config set --stack prod --secret --path/,
        );
        assert.match(
            text,
            /since no cluster was asked .*npm run doctor -- --stack prod --context eks=eks-prod/,
        );
        assert.match(text, /since it is encrypted, and no passphrase was given/);
        assert.match(text, /3 problems, /);
    });

    it("ends with 0 where it finds nothing", async () => {
        const all = ["--stack", "prod", "--consumer", "devplatform/minio"];
        const { code, text } = await run([...all, "--today", "2026-11-29"]);
        assert.equal(code, 0, text);
        assert.match(text, /no problem/);
        const late = await run([...all, "--today", "2027-07-01"]);
        assert.equal(late.code, 2);
        assert.match(late.text, /it was to be replaced by 2026-12-14/);
        const wrong = await run([...all, "--today", "2027-02-31"]);
        assert.equal(wrong.code, 1);
        assert.match(wrong.text, /--today 2027-02-31: a day is written YYYY-MM-DD/);
    });

    it("judges the form of addresses, and shows no part of a value", async () => {
        const env = { PULUMI_CONFIG_PASSPHRASE: PASSPHRASE };
        const { code, stdout, stderr } = await run(
            ["--stack", "prod", "--platform", "estuary", "--json"],
            env,
        );
        assert.equal(code, 2, stderr);
        assert.ok(!`${stdout}${stderr}`.includes(CANARY));
        assert.ok(!`${stdout}${stderr}`.includes("keys.example.com"));
        const { version, counts, findings } = JSON.parse(stdout) as {
            readonly version: number;
            readonly counts: Readonly<Record<string, number>>;
            readonly findings: readonly Readonly<Record<string, unknown>>[];
        };
        assert.equal(version, 1);
        assert.deepEqual(Object.keys(counts), ["problem", "warning", "skipped", "ok"]);
        assert.deepEqual(
            findings
                .filter(({ check }) => check === "key-address")
                .map(({ place, message }) => [place, message]),
            [
                [
                    "estuary/auth.jwks_urls, address 1 of 2",
                    "it holds credentials, which end up in logs of proxies and of applications",
                ],
                ["estuary/auth.jwks_urls, address 2 of 2", "it is not https"],
            ],
        );
        for (const finding of findings)
            assert.deepEqual(Object.keys(finding).sort(), [
                ...["check", "message", "next", "place", "stack", "status", "symptom", "why"],
            ]);
    });

    it("shows nothing of what command lines print, and skips what they don't say", async () => {
        const env = scripted("printing", `echo 'token=${CANARY}'; echo 'secret: "${CANARY}"' >&2; exit 1`);
        const args = ["--stack", "prod", "--stores", "--context", "eks-prod", "--context", "gke-prod"];
        const { stdout, stderr } = await run([...args, "--json"], {
            ...env,
            PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
        });
        assert.ok(!`${stdout}${stderr}`.includes(CANARY));
        const { findings } = JSON.parse(stdout) as {
            readonly findings: readonly { check: string; status: string }[];
        };
        const needing = findings.filter(({ check }) =>
            /^(?:entry|secret|pod|store|service|sync)-/.test(check),
        );
        assert.ok(needing.length > 50);
        assert.deepEqual([...new Set(needing.map(({ status }) => status))], ["skipped"]);
    });

    it("takes what kubectl recorded, and refuses the recording of a Secret without quoting it", async () => {
        const sync = {
            kind: "ExternalSecret",
            metadata: { name: "backend", namespace: "devplatform-prod", generation: 1 },
            spec: {},
            status: {
                conditions: [
                    {
                        type: "Ready",
                        status: "False",
                        reason: "SecretSyncedError",
                        message: `token=${CANARY}`,
                    },
                ],
            },
        };
        const file = workspace.path("doctor.json");
        fs.writeFileSync(file, JSON.stringify({ kind: "List", items: [sync] }));
        const args = ["--stack", "prod", "--consumer", "devplatform/backend", "--from", file];
        const { code, text } = await run(args);
        assert.equal(code, 2);
        assert.match(
            text,
            /ExternalSecret devplatform-prod\/backend .*it is not synced \(SecretSyncedError\)/,
        );
        assert.ok(!text.includes(CANARY));
        fs.writeFileSync(
            file,
            JSON.stringify({ kind: "List", items: [{ kind: "Secret", metadata: {}, data: { a: CANARY } }] }),
        );
        const refused = await run(args);
        assert.equal(refused.code, 1);
        assert.match(refused.text, /it has Secrets, with their values/);
        assert.ok(!refused.text.includes(CANARY));
        fs.rmSync(file);
    });

    it("tells a placeholder as such, with the configuration's other mistakes", async () => {
        const broken = new Workspace({
            "Pulumi.prod.yaml": (before) =>
                `${before}  strongroom:values:\n    yosai/auth0.domain: changeme\n    yosai/auth0.nope: x1\n`,
        });
        const { code, text } = await strongroom(["doctor", "--stack", "prod"], { cwd: broken.directory });
        broken.remove();
        assert.equal(code, 2);
        assert.match(text, /\[placeholder found, values-set\] its value is a placeholder/);
        assert.match(
            text,
            /\[configuration refused, configuration\] the catalogue has no such field\. Did you mean 'yosai\/auth0\.domain'\?/,
        );
    });
});
