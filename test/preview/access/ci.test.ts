import assert from "node:assert/strict";
import { accessMatrix } from "../../../preview/access";
import type { AccessMatrix, Cell } from "../../../preview/access";
import type { PropertyMap } from "../../../preview/engine/values";
import type { RenderedResource, Rendering } from "../../../preview/rendering";
import { renderings } from "../../support/renderings";

/**
 * What the identities of pipelines reach, by evaluation of both stacks. What this does not prove: what other stacks,
 * people or an organization grant them, and that they can do all that a deployment takes.
 */

const isPreview = (name: string): boolean => name.includes("ci-preview");
const isDeployer = (name: string): boolean => name.includes("ci-deploy");
const cellsOf = ({ cells }: AccessMatrix, is: (name: string) => boolean): Cell[] =>
    cells.filter(({ identity }) => is(identity.name));
/** By itself: whom it could become with every right there is, is another question. */
const readsOf = (matrix: AccessMatrix, is: (name: string) => boolean): Cell[] =>
    cellsOf(matrix, is).filter(({ verb, via }) => verb === "read" && via.length === 0);

const PREVIEW_ROLE = "strongroom-prod-ci-preview";
const [READ, DECRYPT] = ["secretsmanager:GetSecretValue", "kms:Decrypt"];

interface Statement {
    readonly Effect: string;
    readonly Action: readonly string[];
}

/** The stack with an IAM policy more, and with some of the resources that it has changed. */
function tamperedWith(
    { resources, ...rest }: Rendering,
    more: RenderedResource[],
    change: (resource: RenderedResource) => RenderedResource = (resource) => resource,
): AccessMatrix {
    return accessMatrix({ ...rest, resources: [...resources.map(change), ...more] });
}

/** A policy that somebody attaches besides: everything on everything. */
function everything(rendering: Rendering): RenderedResource {
    const own = rendering.resources.find(({ name }) => name === `${PREVIEW_ROLE}-look`);
    assert.ok(own !== undefined);
    const statement = { Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" };
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const name = `${PREVIEW_ROLE}-everything`;
    return {
        ...own,
        name,
        urn: `${own.urn}-everything`,
        inputs: { ...own.inputs, name: "everything", policy },
        outputs: { ...own.outputs, name: "everything", policy },
    };
}

/** Takes actions out of the denials of policies with these names. */
const withoutDenial =
    (actions: readonly string[], names: readonly string[]) =>
    (resource: RenderedResource): RenderedResource => {
        if (!names.includes(resource.name)) return resource;
        const document = JSON.parse(resource.inputs["policy"] as string) as { Statement: Statement[] };
        const Statement = document.Statement.map((statement) =>
            statement.Effect === "Deny"
                ? { ...statement, Action: statement.Action.filter((action) => !actions.includes(action)) }
                : statement,
        );
        const policy = JSON.stringify({ ...document, Statement });
        return {
            ...resource,
            inputs: { ...resource.inputs, policy },
            outputs: { ...resource.outputs, policy },
        };
    };

const decisionsOn = (matrix: AccessMatrix, store: string): ReadonlySet<string> =>
    new Set(
        readsOf(matrix, isPreview)
            .filter(({ entry }) => entry.store === store)
            .map(({ decision }) => decision),
    );

describe("a pipeline that looks", function () {
    this.timeout("2 minutes");

    it("has an identity in each system that keeps documents, in both environments", async () => {
        const found = (await renderings()).map((rendering) => {
            const { identities } = accessMatrix(rendering);
            const own = identities.filter(({ name }) => isPreview(name)).map(({ system }) => system);
            return [rendering.stack, own.sort()];
        });
        assert.deepEqual(found, [
            ["dev", ["vault"]],
            ["prod", ["aws", "gcp", "vault"]],
        ]);
    });

    it("may look and do nothing else, with nothing that leaves a doubt", async () => {
        for (const rendering of await renderings()) {
            const open = cellsOf(accessMatrix(rendering), isPreview).filter(
                ({ decision }) => decision !== "denied",
            );
            const told = new Set(open.map(({ verb, decision }) => `${verb} ${decision}`));
            assert.deepEqual([...told], ["list allowed"]);
        }
    });

    it("may not read either when somebody grants it everything", async () => {
        const rendering = (await renderings()).find(({ stack }) => stack === "prod");
        assert.ok(rendering !== undefined);
        const matrix = tamperedWith(rendering, [everything(rendering)]);
        assert.deepEqual([...decisionsOn(matrix, "aws-secrets-manager")], ["denied"]);
        assert.deepEqual([...decisionsOn(matrix, "aws-parameter-store")], ["denied"]);
    });

    it("is held back thrice: by its own denial, by its boundary, and by the key", async () => {
        const rendering = (await renderings()).find(({ stack }) => stack === "prod");
        assert.ok(rendering !== undefined);
        const own = `${PREVIEW_ROLE}-look`;
        const boundary = `${PREVIEW_ROLE}-boundary`;
        const granted = everything(rendering);
        const left = (...changes: ((resource: RenderedResource) => RenderedResource)[]): string[] => [
            ...decisionsOn(
                tamperedWith(rendering, [granted], (resource) =>
                    changes.reduce((changed, change) => change(changed), resource),
                ),
                "aws-secrets-manager",
            ),
        ];
        const actions = [READ, DECRYPT];
        assert.deepEqual(left(withoutDenial(actions, [own])), ["denied"]);
        assert.deepEqual(left(withoutDenial(actions, [boundary])), ["denied"]);
        // Without either denial the boundary still allows no reading.
        assert.deepEqual(left(withoutDenial(actions, [own, boundary])), ["denied"]);
        const unbounded = (resource: RenderedResource): RenderedResource => {
            if (resource.name !== PREVIEW_ROLE) return resource;
            const without = (properties: PropertyMap): PropertyMap =>
                Object.fromEntries(
                    Object.entries(properties).filter(([name]) => name !== "permissionsBoundary"),
                );
            const [inputs, outputs] = [without(resource.inputs), without(resource.outputs)];
            return { ...resource, inputs, outputs };
        };
        // With no denial and no boundary the key stays closed: its policy names readers and deployers.
        const matrix = tamperedWith(rendering, [granted], (resource) =>
            unbounded(withoutDenial(actions, [own])(resource)),
        );
        const secrets = readsOf(matrix, isPreview).filter(
            ({ entry }) => entry.store === "aws-secrets-manager",
        );
        assert.deepEqual([...new Set(secrets.map(({ decision }) => decision))], ["denied"]);
        assert.match(secrets[0]?.reason ?? "", /cannot decrypt/);
    });
});

describe("a pipeline that deploys", function () {
    this.timeout("2 minutes");

    it("reads the documents of its environment, and no configuration and no Secret of a cluster", async () => {
        for (const rendering of await renderings()) {
            const matrix = accessMatrix(rendering);
            const read = readsOf(matrix, isDeployer)
                .filter(({ decision }) => decision === "allowed")
                .map(({ entry }) => `${entry.store} ${entry.path}`);
            const documents = matrix.entries
                .filter(({ kind, isReplica }) => kind === "document" && isReplica !== true)
                .filter(({ store, isSecret }) => isSecret && store !== "kubernetes")
                // What API servers write down is no value, and no rotation changes it.
                .filter(({ path }) => !path.endsWith("/audit-policy"))
                .map(({ store, path }) => `${store} ${path}`);
            assert.deepEqual([...read].sort(), [...documents].sort(), rendering.stack);
        }
    });
});
