import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT, runsProgram, strongroom, Workspace } from "./support";

/** Runs with a workspace of these changes, and removes it. */
async function withWorkspace<T>(
    changes: ConstructorParameters<typeof Workspace>[0],
    use: (workspace: Workspace) => Promise<T>,
): Promise<T> {
    const workspace = new Workspace(changes);
    try {
        return await use(workspace);
    } finally {
        workspace.remove();
    }
}

describe("the command line", () => {
    it("ends with 0 when all is well, and says nothing on stderr where nobody watches", async () => {
        const { code, stdout, stderr } = await strongroom(["preview", "--stack", "dev", "--no-policies"]);
        assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
        assert.match(stdout, /^dev: .*: clean$/m);
        assert.ok(!stdout.includes("\u001b"), "colours in a pipe");
    });

    it("ends with 2 when a mandatory policy is violated, and says which, where and what to do", async () => {
        await withWorkspace({ "Pulumi.yaml": runsProgram("violating") }, async ({ directory }) => {
            const { code, text } = await strongroom(["preview", "--stack", "prod"], { cwd: directory });
            assert.match(text, /k8s-01-\S+ .*Role reader .*'get'/);
            assert.match(text, /prod: 1 resource, \d+ violations?.*: violated/);
            assert.equal(code, 2);
        });
    });

    it("ends with 3 when the installed SDK is not one it speaks with", async () => {
        const sdk = "program/node_modules/@pulumi/pulumi";
        const changes = {
            "Pulumi.yaml": (before: string) => before.replace("main: stacks/", "main: program/"),
            "program/index.js": "",
            [`${sdk}/package.json`]: '{"name":"@pulumi/pulumi","version":"1.0.0"}',
            ...Object.fromEntries(
                ["resource", "engine", "callback", "analyzer"].map((each) => [
                    `${sdk}/proto/${each}_grpc_pb.js`,
                    "",
                ]),
            ),
        };
        await withWorkspace(changes, async ({ directory }) => {
            const { code, stdout, stderr } = await strongroom(["preview"], { cwd: directory });
            assert.match(
                stderr,
                /^The installed @pulumi\/pulumi lacks ResourceMonitor\/\S+, .*package-lock\.json/,
            );
            assert.doesNotMatch(stderr, /^\s+at /m);
            assert.deepEqual({ code, stdout }, { code: 3, stdout: "" });
        });
    });

    it("prints JSON and nothing else with --json, also of a program that fails", async () => {
        const changes = {
            "Pulumi.prod.yaml": (before: string) => before.replace("region: us-east-1", "region: x"),
        };
        await withWorkspace(changes, async ({ directory }) => {
            const { code, stdout, stderr } = await strongroom(["preview", "--stack", "prod", "--json"], {
                cwd: directory,
            });
            const { stacks } = JSON.parse(stdout) as {
                stacks: { verdict: string; diagnostics: { message: string }[] }[];
            };
            assert.equal(stacks[0]?.verdict, "failed");
            assert.match(
                stacks[0].diagnostics[0]?.message ?? "",
                /Pulumi\.prod\.yaml:10 strongroom:aws\.region/,
            );
            assert.deepEqual({ code, stderr }, { code: 1, stderr: "" });
        });
    });

    it("keeps stdout empty with --json when there is no rendering to print", async () => {
        const { code, stdout, stderr } = await strongroom(["preview", "--stack", "prd", "--json"]);
        assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
        assert.match(stderr, /there is no Pulumi\.prd\.yaml/);
    });

    const misuses: readonly (readonly [what: string, args: readonly string[], says: RegExp])[] = [
        [
            "an unknown option",
            ["preview", "--stak", "prod"],
            /unknown option '--stak'.*Did you mean --stack\?/s,
        ],
        ["an unknown command", ["preveiw"], /unknown command 'preveiw'.*Did you mean preview\?/s],
        ["an option without its value", ["preview", "--stack"], /--stack <name>' argument missing/],
        ["an argument too many", ["preview", "prod"], /too many arguments/],
    ];
    for (const [what, args, says] of misuses) {
        it(`refuses ${what}`, async () => {
            const { code, stdout, stderr } = await strongroom(args);
            assert.match(stderr, says);
            assert.doesNotMatch(stderr, /^\s+at /m);
            assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
        });
    }

    for (const args of [["--help"], ["preview", "--help"]]) {
        it(`shows examples and exit codes with '${args.join(" ")}'`, async () => {
            const { code, stdout, stderr } = await strongroom(args);
            assert.match(
                stdout,
                /Examples:\n {2}npm run preview .*Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 /s,
            );
            assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
        });
    }

    it("says when Node.js is too old, before it loads anything newer", async () => {
        const node = ["--require", path.join(__dirname, "old-node.js")];
        const { code, stdout, stderr } = await strongroom(["preview"], { node });
        assert.equal(
            stderr,
            "Strongroom needs Node.js >=20.19.0, and this is 18.12.1: install a newer one.\n",
        );
        assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
    });

    it("says when the dependencies are not installed", async () => {
        await withWorkspace({ node_modules: undefined }, async (workspace) => {
            const installation = workspace.path("installation");
            fs.mkdirSync(installation);
            for (const part of ["cli", "startup", "package.json"])
                fs.cpSync(path.join(ROOT, part), path.join(installation, part), { recursive: true });
            const { code, stdout, stderr } = await strongroom(["preview"], {
                main: path.join(installation, "cli/main.js"),
            });
            assert.match(stderr, /^The dependencies are not installed: run 'npm ci' in \S+installation\.\n$/);
            assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
        });
    });
});
