import assert from "node:assert/strict";
import type { RenderedResource, Rendering } from "../../../preview/rendering";
import { one, renderShop } from "../../support/render-shop";

const CLUSTERS = {
    main: { context: "main", distribution: "self-managed", vaultAuthMount: "kubernetes" },
    spare: { context: "spare", distribution: "self-managed" },
    rented: { context: "rented", distribution: "gke", name: "rented", location: "us-central1" },
};

/** The shop with a phase of the rotation of its etcd key, `ledgers/<phase>.yaml`. */
function renderPhase(phase: string, etcd: Readonly<Record<string, string>> = {}): Promise<Rendering> {
    const environment = {
        ledger: `ledgers/${phase}.yaml`,
        clusters: CLUSTERS,
        etcd: { store: "vault", ...etcd },
    };
    return renderShop({ secrets: "vault", config: "kubernetes", environment });
}

function migrations({ diagnostics, resources }: Rendering): RenderedResource[] {
    assert.deepEqual(diagnostics, []);
    return resources.filter(({ type }) => type.endsWith(":StorageVersionMigration"));
}

const typeAndName = ({ type, name }: RenderedResource): string => `${type} ${name}`;

/** What this does not prove: that a cluster serves the API, and that its controller runs. */
describe("the rewrite of all Secrets", function () {
    this.timeout("1 minute");

    it("is declared in each cluster with a control plane of its own, after the document", async () => {
        const rendering = await renderPhase("rewriting");
        const found = migrations(rendering);
        assert.deepEqual(found.map(typeAndName).sort(), [
            "kubernetes:storagemigration.k8s.io/v1:StorageVersionMigration main-encryption-g2",
            "kubernetes:storagemigration.k8s.io/v1:StorageVersionMigration spare-encryption-g2",
        ]);
        const document = one(rendering, "SecretV2 control-plane/encryption-config");
        for (const { inputs, dependencies } of found) {
            assert.deepEqual(inputs, {
                apiVersion: "storagemigration.k8s.io/v1",
                kind: "StorageVersionMigration",
                metadata: {
                    name: "encryption-g2",
                    labels: {
                        "app.kubernetes.io/managed-by": "strongroom",
                        "strongroom.io/class": "encryption",
                        "strongroom.io/environment": "prod",
                        "strongroom.io/owner": "security",
                        "strongroom.io/platform": "control-plane",
                    },
                },
                spec: { resource: { group: "", resource: "secrets" } },
            });
            assert.ok(dependencies.includes(document.urn));
        }
    });

    it("names the version of the resource where the API asks for it", async () => {
        const found = migrations(
            await renderPhase("rewriting", { migration: "storagemigration.k8s.io/v1alpha1" }),
        );
        assert.deepEqual(
            found.map(({ inputs }) => [inputs["apiVersion"], inputs["spec"]]),
            ["main", "spare"].map(() => [
                "storagemigration.k8s.io/v1alpha1",
                { resource: { group: "", resource: "secrets", version: "v1" } },
            ]),
        );
    });

    it("is left to somebody with kubectl where the clusters serve no such API", async () => {
        assert.deepEqual(migrations(await renderPhase("rewriting", { migration: "none" })), []);
    });

    it("does not begin with the promotion, when some servers still encrypt with the old key", async () => {
        assert.deepEqual(migrations(await renderPhase("promoted")), []);
    });

    it("is over once it is proved", async () => {
        assert.deepEqual(migrations(await renderPhase("rewritten")), []);
    });
});
