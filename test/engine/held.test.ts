import { deepStrictEqual } from "node:assert/strict";
import path from "node:path";

import { renderStacks, type Rendering } from "../../preview";
import type { RenderedResource } from "../../preview/rendering";
import { realPreview, whyNoEngine, type RealPreview, type RealState } from "./real-engine";

const PROJECT = path.join(__dirname, "project");
const PACK = path.join(__dirname, "pack");
const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * Does not prove anything about providers that are not there: only random's outputs are compared, and of the inputs of
 * others nothing.
 */
describe("the offline preview, held to the real engine", () => {
    let offline: Rendering;
    let real: RealPreview;

    before(async function () {
        const why = await whyNoEngine();
        if (why !== undefined) {
            console.log(`      skipped: ${why}`);
            this.skip();
        }
        const previews = renderStacks({ directory: PROJECT, stacks: ["dev"], policyPacks: [PACK] });
        [real, [offline = unreachable()]] = await Promise.all([realPreview(PROJECT, "dev", PACK), previews]);
    });

    it("registers the same resources", () => {
        deepStrictEqual(
            owned(offline)
                .map(({ urn }) => urn)
                .sort(),
            real.states.map(({ urn }) => urn).sort(),
        );
    });

    it("gives each the same inputs, parent, provider, dependencies and options", () => {
        const theirs = new Map(real.states.map((state) => [state.urn, fromReal(state)]));
        const ours = new Map(owned(offline).map((resource) => [resource.urn, fromOurs(resource)]));
        deepStrictEqual(
            Object.fromEntries(ours),
            Object.fromEntries([...ours.keys()].map((urn) => [urn, theirs.get(urn)])),
        );
    });

    it("finds the same violations", () => {
        const root = offline.resources[0]?.urn ?? "";
        const ours = offline.violations.map(({ urn, policy, level, description, message }) =>
            [
                urn ?? root,
                policy,
                level,
                message.startsWith("can't run") ? message : `${description}\n${message}`,
            ].join(" | "),
        );
        const theirs = real.violations.map(({ urn, policy, level, message }) =>
            [urn, policy, level, message].join(" | "),
        );
        deepStrictEqual(ours.sort(), theirs.sort());
    });
});

function unreachable(): never {
    throw new Error("the stack was not previewed");
}

/** Default providers do not show up among the steps of the engine's preview; what it reads neither. */
function owned({ resources }: Rendering): RenderedResource[] {
    return resources.filter(
        ({ read, type, name }) =>
            !read && !(type.startsWith("pulumi:providers:") && name.startsWith("default")),
    );
}

function fromOurs({
    urn,
    custom,
    type,
    inputs,
    parent,
    provider,
    dependencies,
    propertyDependencies,
    options,
}: RenderedResource) {
    return plain({
        urn,
        custom,
        type,
        inputs: withoutEmpty(
            JSON.parse(JSON.stringify(inputs).replaceAll("[unknown]", UNKNOWN_STRING)) as object,
        ),
        parent,
        provider,
        dependencies,
        propertyDependencies,
        protect: options.protect,
        retainOnDelete: options.retainOnDelete,
        deletedWith: options.deletedWith,
        ignoreChanges: options.ignoreChanges,
        additionalSecretOutputs: options.additionalSecretOutputs,
    });
}

function fromReal(state: RealState) {
    const { urn, custom, type, parent, provider, dependencies, propertyDependencies } = state;
    return plain({
        urn,
        custom,
        type,
        inputs: withoutEmpty(state.inputs ?? {}),
        parent,
        provider: provider?.slice(0, provider.lastIndexOf("::")),
        dependencies: [...(dependencies ?? [])].sort(),
        propertyDependencies: Object.fromEntries(
            Object.entries(propertyDependencies ?? {}).map(([property, urns]) => [
                property,
                [...urns].sort(),
            ]),
        ),
        protect: state.protect,
        retainOnDelete: state.retainOnDelete,
        deletedWith: state.deletedWith,
        ignoreChanges: state.ignoreChanges,
        additionalSecretOutputs: state.additionalSecretOutputs,
    });
}

/** Without what is undefined, and the same prototype throughout. */
function plain(value: object): unknown {
    return JSON.parse(JSON.stringify(value));
}

function withoutEmpty(inputs: object): object {
    return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== "__internal"));
}
