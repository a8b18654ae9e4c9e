import assert from "node:assert/strict";
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { rules } from "../../policies/pack";
import { request } from "./support/analyze";

const ROOT = join(__dirname, "../..");
const PACK = join(ROOT, "policies");
const CONFIG = {
    "strongroom:environment": "prod",
    "strongroom:environments": '["dev","prod"]',
    "strongroom:platforms": '{"devplatform":{}}',
    "strongroom:aws": '{"accountId":"222222222222","region":"us-east-1"}',
};

/** As the engine and the offline preview start a pack; the address of the engine is one that nobody listens on. */
function command(): string[] {
    const runner = join(ROOT, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
    return ["--require", join(ROOT, "startup/register.js"), runner, "127.0.0.1:1", PACK];
}

function environment(config: object): NodeJS.ProcessEnv {
    return {
        PATH: process.env["PATH"],
        PULUMI_CONFIG: JSON.stringify(config),
        PULUMI_NODEJS_PROJECT: "strongroom",
        PULUMI_NODEJS_STACK: "prod",
        PULUMI_NODEJS_DRY_RUN: "true",
    };
}

describe("the pack's process", () => {
    let child: ChildProcess;
    let client: AnalyzerClient;
    const lines: string[] = [];

    before(async () => {
        child = spawn(process.execPath, command(), {
            cwd: PACK,
            env: environment(CONFIG),
            stdio: ["ignore", "pipe", "inherit"],
        });
        assert.ok(child.stdout);
        const reader = createInterface(child.stdout);
        reader.on("line", (line) => lines.push(line));
        const [port] = (await once(reader, "line")) as [string];
        client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
    });

    after(async () => {
        client.close();
        child.kill();
        await once(child, "exit");
    });

    const analyze = (props: Record<string, string>): Promise<analyzer.AnalyzeResponse> =>
        new Promise((resolve, reject) => {
            client.analyze(
                request({ type: "aws:secretsmanager/secret:Secret", props }),
                (error, response) => {
                    if (error) reject(error);
                    else resolve(response);
                },
            );
        });

    const configure = (...disabled: string[]): Promise<void> => {
        const message = new analyzer.ConfigureAnalyzerRequest();
        for (const name of disabled) {
            const config = new analyzer.PolicyConfig();
            config.setEnforcementlevel(analyzer.EnforcementLevel.DISABLED);
            config.setProperties(Struct.fromJavaScript({}));
            message.getPolicyconfigMap().set(name, config);
        }
        return new Promise((resolve, reject) => {
            client.configure(message, (error) => {
                if (error) reject(error);
                else resolve();
            });
        });
    };

    const policiesOf = (response: analyzer.AnalyzeResponse): string[] =>
        response.getDiagnosticsList().map((diagnostic) => diagnostic.getPolicyname());

    it("tells which policies it has, mandatory but for two", async () => {
        const info = await new Promise<analyzer.AnalyzerInfo>((resolve, reject) => {
            client.getAnalyzerInfo(new Empty(), (error, response) => {
                if (error) reject(error);
                else resolve(response);
            });
        });
        assert.equal(info.getName(), "strongroom-policies");
        const told = info.getPoliciesList();
        assert.deepEqual(
            told.map((policy) => policy.getName()),
            [...rules.map(({ name }) => name), "exm-01-exemptions-hold"],
        );
        const advisory = told.filter(
            (policy) => policy.getEnforcementlevel() === analyzer.EnforcementLevel.ADVISORY,
        );
        assert.deepEqual(
            advisory.map((policy) => policy.getName()),
            ["enc-02-etcd-provider-is-strong", "k8s-08-secrets-are-mounted-as-files"],
        );
    });

    it("finds what violates, by the facts of the stack's configuration, and leaves the rest alone", async () => {
        const name = "iso-02-names-carry-the-environment";
        assert.ok(policiesOf(await analyze({ name: "devplatform/dev/db" })).includes(name));
        assert.ok(!policiesOf(await analyze({ name: "devplatform/prod/db" })).includes(name));
    });

    it("takes levels from the configuration of policies", async () => {
        const name = "iso-02-names-carry-the-environment";
        const others = new Set(policiesOf(await analyze({ name: "devplatform/dev/db" })));
        await configure(name);
        const found = new Set(policiesOf(await analyze({ name: "devplatform/dev/db" })));
        assert.ok(others.delete(name));
        assert.deepEqual(found, others);
        await configure();
    });

    it("writes its port to stdout and nothing else", () => {
        assert.equal(lines.length, 1);
        assert.match(lines[0] ?? "", /^\d+$/);
    });
});

describe("the pack's process without configuration", () => {
    it("names what is missing, without a stack trace, and ends", async () => {
        const run = promisify(execFile)(process.execPath, command(), { cwd: PACK, env: environment({}) });
        await assert.rejects(run, (error: { code: number; stdout: string; stderr: string }) => {
            assert.notEqual(error.code, 0);
            assert.equal(error.stdout, "");
            assert.match(error.stderr, /strongroom:environment: /);
            assert.doesNotMatch(error.stderr, /\n\s+at /);
            return true;
        });
    });
});
