import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ApiServer, METADATA, METADATA_LIST, OBJECT } from "../../../rotation/verify/api-server";
import { ClusterFault } from "../../../rotation/verify/cluster-fault";
import { startProxy } from "../../../rotation/verify/kubectl";
import type { Proxy } from "../../../rotation/verify/kubectl";
import { PlayedApiServer } from "../../support/api-server";
import { CANARY } from "../../support/estuary";
import { skip } from "../../support/skip";
import { cluster, PATHS } from "./shop";

describe("kubectl proxy", function () {
    this.timeout("30 seconds");
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-kubectl-"));
    after(() => {
        fs.rmSync(folder, { recursive: true });
    });

    async function faultOf(context: string, env: NodeJS.ProcessEnv): Promise<ClusterFault["problem"]> {
        try {
            await (await startProxy(context, env)).stop();
        } catch (error) {
            assert.ok(error instanceof ClusterFault, String(error));
            return error.problem;
        }
        assert.fail("it started");
    }
    function scripted(name: string, script: string): NodeJS.ProcessEnv {
        const bin = path.join(folder, name);
        fs.mkdirSync(bin);
        fs.writeFileSync(path.join(bin, "kubectl"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
        return { ...process.env, PATH: `${bin}${path.delimiter}/bin${path.delimiter}/usr/bin` };
    }
    const rooms = (): string[] =>
        fs.readdirSync(os.tmpdir()).filter((name) => /^strongroom-[A-Za-z0-9]{6}$/.test(name));

    it("is told to be missing where it is not on the PATH", async () => {
        const before = rooms();
        const { message } = await faultOf("main", { ...process.env, PATH: folder });
        assert.equal(message, "kubectl is not on the PATH");
        assert.deepEqual(rooms(), before, "its folder is removed");
    });

    it("is told to lack a context, by kubectl's own words for it", async () => {
        const env = scripted("no-context", `echo 'error: context "main" does not exist' >&2; exit 1`);
        const { place, message } = await faultOf("main", env);
        assert.equal(place, "kubectl proxy --context=main");
        assert.equal(message, "the kubeconfig has no context 'main'");
    });

    it("is quoted where it ends for another reason", async () => {
        const env = scripted("ends", "echo 'error: no credentials' >&2; echo 'more' >&2; exit 1");
        assert.equal((await faultOf("main", env)).message, "kubectl ended: error: no credentials");
    });

    describe("as it is installed", () => {
        let server: PlayedApiServer;
        let proxy: Proxy;
        let api: ApiServer;
        let env: NodeJS.ProcessEnv;

        before(async function () {
            if (spawnSync("kubectl", ["version", "--client"]).status !== 0)
                skip(this, "kubectl is not on the PATH");
            server = new PlayedApiServer({ objects: cluster() });
            const { host, port } = await server.start();
            const config = path.join(folder, "config");
            fs.writeFileSync(
                config,
                JSON.stringify({
                    apiVersion: "v1",
                    kind: "Config",
                    clusters: [{ name: "played", cluster: { server: `http://${host}:${String(port)}` } }],
                    users: [{ name: "somebody", user: {} }],
                    contexts: [{ name: "main", context: { cluster: "played", user: "somebody" } }],
                }),
            );
            env = { ...process.env, KUBECONFIG: config };
            proxy = await startProxy("main", env);
            api = new ApiServer(proxy.address, 5000);
        });
        after(async () => {
            api.close();
            await proxy.stop();
            await server.stop();
        });

        it("listens where nobody else may enter", () => {
            assert.ok("socketPath" in proxy.address);
            const { mode } = fs.statSync(path.dirname(proxy.address.socketPath));
            assert.equal((mode & 0o777).toString(8), "700");
        });

        it("hands the request for metadata on, and lets every path through that is read", async () => {
            for (const [where, accept] of [
                ["/version", OBJECT],
                [PATHS.externalSecret, OBJECT],
                [PATHS.secret, METADATA],
                [PATHS.scale, OBJECT],
                [PATHS.replicaSets, METADATA_LIST],
                [`${PATHS.pods}?limit=500&fieldSelector=status.phase%21%3DFailed`, METADATA_LIST],
            ] as const) {
                const reply = await api.get(where, accept);
                assert.equal(reply.is, "answer", where);
                const [path = ""] = where.split("?");
                // The last one: kubectl may have asked for the version on its own account.
                const sent = server.requests.filter((request) => request.path === path).at(-1);
                assert.equal(sent?.accept, accept);
                if (accept === METADATA)
                    assert.ok(!JSON.stringify(reply).includes(Buffer.from(CANARY).toString("base64")));
            }
        });

        it("lets nothing else through", async () => {
            const asked = server.requests.length;
            for (const where of [
                "/api/v1/namespaces/shop-prod/secrets",
                "/api/v1/secrets",
                "/apis/apps/v1/deployments",
            ]) {
                assert.deepEqual(await api.get(where, METADATA_LIST), { is: "refusal", status: 403 }, where);
            }
            assert.equal(server.requests.length, asked);
        });

        it("says that it has no context of another name", async () => {
            const { message } = await faultOf("elsewhere", env);
            assert.equal(message, "the kubeconfig has no context 'elsewhere'");
        });
    });
});
