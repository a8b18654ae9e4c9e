import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { withChanges } from "../../policies/testing";
import type { Rendering } from "../../preview";
import type { PropertyMap } from "../../preview/engine/values";
import { iamDocuments } from "../support/iam-documents";
import { kubernetesObjects } from "../support/kubernetes-objects";
import { renderings } from "../support/renderings";
import { skip } from "../support/skip";
import { terraformPlan } from "../support/terraform-plan";

/**
 * What other people's linters say of both stacks: Checkov of the objects in clusters, and of what is declared at AWS and
 * Google Cloud as a plan of Terraform; parliament of the IAM policies. They know nothing of ours, so that they find what
 * our rules and our tests have in common forgotten. Each thing that they find is explained below, or mended.
 *
 * It does not prove anything of Vault, which neither reads, nor that the translation into a plan loses nothing: the
 * mutations show that it keeps what they look at. The linters are Python's; `.ci/run` installs them.
 */

const run = promisify(execFile);
const LINTERS = path.resolve(__dirname, "../../node_modules/.cache/linters/bin");

/** What Checkov finds and we mean as it is. */
const EXPLAINED: Readonly<Record<string, string>> = {
    CKV2_AWS_34: "plain parameters are configuration that the catalogue lists; SM-05 refuses any other",
    CKV2_AWS_57: "rotation is a step of the ledger, not of the store; SM-02 asks for one of both",
    CKV2_AWS_62: "the trail's bucket tells nobody of new objects: alerts are rules on the events, AUD-02",
    CKV_AWS_18: "the trail records who reads its own bucket",
    CKV_AWS_144: "the trail is multi-region and its log group keeps a second copy",
    CKV_AWS_252: "alerts are rules on the events, AUD-02; a notice of each log file would be noise",
    CKV_AWS_273: "access keys for what can't take a role, of a class that rotates; IAM-06 refuses any other",
    CKV_GCP_83: "notices of what is due hold names and no values",
    CKV_GCP_125:
        "the condition names exact subjects by 'in', where the check knows '==' alone; GCP-04 reads it",
};

interface CheckovReport {
    readonly results?: {
        readonly failed_checks: readonly { readonly check_id: string; readonly resource: string }[];
    };
    readonly summary?: { readonly passed: number };
}

/** Where the linters are; a test that needs one that is not there is skipped. */
async function linter(name: string, context: Mocha.Context): Promise<string> {
    const own = path.join(LINTERS, name);
    const found = fs.existsSync(own) ? own : name;
    try {
        await run(found, ["--version"], { timeout: 60_000 });
        return found;
    } catch {
        return skip(
            context,
            `'${name}' is not installed: python3 -m venv, pip install -r test/judges/requirements.txt`,
        );
    }
}

/** What Checkov says of one file: a line a finding, and how many checks passed. */
async function checkov(
    command: string,
    framework: string,
    name: string,
    content: string,
): Promise<{ readonly failed: readonly string[]; readonly passed: number }> {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-linters-"));
    try {
        fs.writeFileSync(path.join(directory, name), content);
        const args = [
            "--skip-download",
            "--quiet",
            "--framework",
            framework,
            "--output",
            "json",
            "-d",
            directory,
        ];
        // It ends with 1 where it finds something.
        const { stdout } = await run(command, args, { maxBuffer: 2 ** 28 }).catch(
            (error: unknown) => error as { stdout: string },
        );
        const report = JSON.parse(stdout) as CheckovReport | readonly CheckovReport[];
        const reports = [report].flat() as readonly CheckovReport[];
        return {
            failed: reports.flatMap(({ results }) =>
                (results?.failed_checks ?? []).map(({ check_id: id, resource }) => `${id} ${resource}`),
            ),
            passed: reports.reduce((sum, { summary }) => sum + (summary?.passed ?? 0), 0),
        };
    } finally {
        fs.rmSync(directory, { recursive: true, force: true });
    }
}

const unexplained = (failed: readonly string[]): readonly string[] =>
    failed.filter((each) => EXPLAINED[each.split(" ")[0] ?? ""] === undefined);

function manifests(rendering: Rendering): string {
    return kubernetesObjects(rendering)
        .map(({ object }) => JSON.stringify(object))
        .join("\n---\n");
}

const plan = (rendering: Rendering): string => JSON.stringify(terraformPlan(rendering));

/** The rendering with one resource changed. */
function withChange(
    rendering: Rendering,
    type: string,
    change: Readonly<Record<string, unknown>>,
): Rendering {
    const at = rendering.resources.findIndex((each) => each.type === type);
    const resource = rendering.resources[at];
    assert.ok(resource, `no ${type}`);
    const resources = [...rendering.resources];
    const [inputs, outputs] = [resource.inputs, resource.outputs].map(
        (each) => withChanges(each, change) as PropertyMap,
    );
    assert.ok(inputs && outputs);
    resources[at] = { ...resource, inputs, outputs };
    return { ...rendering, resources };
}

/** What Checkov must find, in the first resource of a type, changed in one place. */
const MUTATIONS: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
    ["CKV_AWS_7", "aws:kms/key:Key", { enableKeyRotation: false }],
    ["CKV_AWS_149", "aws:secretsmanager/secret:Secret", { kmsKeyId: undefined }],
    [
        "CKV_AWS_60",
        "aws:iam/role:Role",
        {
            "assumeRolePolicy#Statement.0": {
                Effect: "Allow",
                Principal: { AWS: "*" },
                Action: "sts:AssumeRole",
            },
        },
    ],
    ["CKV_AWS_36", "aws:cloudtrail/trail:Trail", { enableLogFileValidation: false }],
    ["CKV_GCP_43", "gcp:kms/cryptoKey:CryptoKey", { rotationPeriod: undefined }],
];

describe("other people's linters", function () {
    this.timeout("5 minutes");

    it("find nothing in the objects in clusters", async function () {
        const command = await linter("checkov", this);
        for (const rendering of await renderings()) {
            const { failed, passed } = await checkov(
                command,
                "kubernetes",
                "objects.yaml",
                manifests(rendering),
            );
            assert.deepEqual(failed, [], rendering.stack);
            assert.ok(passed > 100, `${String(passed)} checks passed`);
        }
    });

    it("find nothing at AWS and Google Cloud that is not explained, and all that is", async function () {
        const command = await linter("checkov", this);
        const found = new Set<string>();
        for (const rendering of await renderings()) {
            const { failed } = await checkov(command, "terraform_plan", "tfplan.json", plan(rendering));
            assert.deepEqual(unexplained(failed), [], rendering.stack);
            for (const each of failed) found.add(each.split(" ")[0] ?? "");
        }
        assert.deepEqual([...found].sort(), Object.keys(EXPLAINED).sort());
    });

    it("would find what is made wrong there", async function () {
        const command = await linter("checkov", this);
        const prod = (await renderings()).find(({ resources }) =>
            resources.some(({ type }) => type.startsWith("aws:")),
        );
        assert.ok(prod);
        const wrong = MUTATIONS.reduce(
            (rendering, [, type, change]) => withChange(rendering, type, change),
            prod,
        );
        const { failed } = await checkov(command, "terraform_plan", "tfplan.json", plan(wrong));
        const ids = new Set(unexplained(failed).map((each) => each.split(" ")[0]));
        assert.deepEqual([...ids].sort(), MUTATIONS.map(([id]) => id).sort());
    });

    it("would find a role that reads every Secret", async function () {
        const command = await linter("checkov", this);
        const object = {
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "ClusterRole",
            metadata: { name: "all" },
            rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
        };
        const { failed } = await checkov(command, "kubernetes", "objects.yaml", JSON.stringify(object));
        assert.ok(
            failed.some((each) => each.startsWith("CKV_K8S_49 ")),
            failed.join(", "),
        );
    });

    it("find nothing in the IAM policies", async function () {
        const command = await linter("parliament", this);
        const documents = (await renderings()).flatMap(iamDocuments).filter((each) => each.isIdentityPolicy);
        assert.ok(documents.length > 10);
        for (const { place, document } of documents)
            assert.equal(await parliament(command, document), "", place);
        const typo = { Effect: "Allow", Action: "secretsmanager:GetSecretValues", Resource: "*" };
        const misspelt = await parliament(command, { Version: "2012-10-17", Statement: [typo] });
        assert.match(misspelt, /GetSecretValues/);
    });
});

async function parliament(command: string, document: object): Promise<string> {
    const { stdout } = await run(command, ["--string", JSON.stringify(document)]).catch(
        (error: unknown) => error as { stdout: string },
    );
    return stdout.trim();
}
