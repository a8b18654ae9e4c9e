import assert from "node:assert/strict";
import * as path from "node:path";
import ts from "typescript";
import { kubernetesObjects } from "../support/kubernetes-objects";
import type { KubernetesObject } from "../support/kubernetes-objects";
import { renderLeases } from "../support/render-shop";
import { renderings } from "../support/renderings";

/**
 * Holds what both stacks declare in clusters against the published schemas: Kubernetes' OpenAPI and the CRDs of
 * External Secrets Operator, as the packages `kubernetes-models` and `@kubernetes-models/external-secrets` generate
 * them. Their validators judge values and formats; the compiler judges their types, and so refuses a property that no
 * schema has. Neither proves that an operator of another version agrees, nor anything beyond the schema.
 */

const ROOT = path.resolve(__dirname, "../..");

interface Model {
    validate: () => void;
}
type Models = Record<string, new (data: unknown) => Model>;

/** `external-secrets.io/v1` is in a package of its own; the core group has no name. */
function moduleOf({ apiVersion }: KubernetesObject): string {
    const base = /^(?:generators\.)?external-secrets\.io\//.test(apiVersion)
        ? "@kubernetes-models/external-secrets"
        : "kubernetes-models";
    return `${base}/${apiVersion}`;
}

async function schemaProblems(object: KubernetesObject): Promise<string[]> {
    const models = (await import(moduleOf(object))) as Models;
    const model = models[object.kind];
    if (model === undefined) return [`${object.apiVersion} has no ${object.kind}`];
    try {
        new model(object).validate();
        return [];
    } catch (error) {
        return [error instanceof Error ? error.message : String(error)];
    }
}

/** What the compiler says about the objects as literals of the published types. */
function typeProblems(objects: readonly KubernetesObject[]): string[] {
    const lines = objects.map(
        (object, at) =>
            `const o${String(at)}: import("${moduleOf(object)}").I${object.kind} = ${JSON.stringify(object)};`,
    );
    const file = path.join(ROOT, "test/judges/objects.mts");
    const options: ts.CompilerOptions = {
        module: ts.ModuleKind.Node16,
        moduleResolution: ts.ModuleResolutionKind.Node16,
        target: ts.ScriptTarget.ES2022,
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: [],
    };
    const host = ts.createCompilerHost(options);
    const onDisk = { ...host };
    const source = `${lines.join("\n")}\nexport {};\n`;
    host.getSourceFile = (name, ...rest) =>
        name === file
            ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022)
            : onDisk.getSourceFile(name, ...rest);
    host.fileExists = (name) => name === file || onDisk.fileExists(name);
    host.readFile = (name) => (name === file ? source : onDisk.readFile(name));
    const program = ts.createProgram([file], options, host);
    return ts
        .getPreEmitDiagnostics(program)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

describe("the objects in clusters", function () {
    this.timeout("2 minutes");

    it("of both stacks satisfy the published schemas", async () => {
        const found: string[] = [];
        let count = 0;
        for (const rendering of await renderings()) {
            for (const { name, object } of kubernetesObjects(rendering)) {
                count++;
                for (const problem of await schemaProblems(object))
                    found.push(`${rendering.stack} ${name}: ${problem}`);
            }
        }
        assert.deepEqual(found, []);
        assert.ok(count > 100, `only ${String(count)} objects were judged`);
    });

    it("of both stacks have no property that the published types lack", async () => {
        const all = (await renderings()).flatMap(kubernetesObjects).map(({ object }) => object);
        assert.deepEqual(typeProblems(all), []);
    });

    it("of leased accounts satisfy the schemas, and have no other property", async () => {
        const objects = kubernetesObjects(await renderLeases()).map(({ object }) => object);
        assert.ok(objects.some(({ kind }) => kind === "VaultDynamicSecret"));
        assert.deepEqual((await Promise.all(objects.map(schemaProblems))).flat(), []);
        assert.deepEqual(typeProblems(objects), []);
    });

    const secret = { apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", metadata: { name: "x" } };
    const wrong: [string, KubernetesObject][] = [
        ["a creation policy that there is not", { ...secret, spec: { target: { creationPolicy: "Mine" } } }],
        ["a property that there is not", { ...secret, spec: { target: { nmae: "x" } } }],
        [
            "a rule without verbs",
            { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", rules: [{ resources: ["secrets"] }] },
        ],
        ["a kind that there is not", { apiVersion: "v1", kind: "Sceret" }],
    ];
    for (const [title, object] of wrong) {
        it(`are refused with ${title}`, async () => {
            const problems = [...(await schemaProblems(object)), ...typeProblems([object])];
            assert.notDeepEqual(problems, []);
        });
    }
});
