import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readFacts } from "../../../policies/facts";
import { PackOnStack, UNKNOWN, type StackResource } from "../../../policies/testing";
import { renderStacks } from "../../../preview";
import {
    Asset,
    ResourceReference,
    Secret,
    Unknown,
    type PropertyValue,
} from "../../../preview/engine/values";
import { loadProject } from "../../../preview/project";
import type { Rendering } from "../../../preview/rendering";

const ROOT = resolve(__dirname, "../../..");

/** A stack of this project with the pack on it, as the offline preview would run it. */
export interface CleanStack {
    readonly name: string;
    readonly resources: readonly StackResource[];
    readonly pack: PackOnStack;
}

let rendered: Promise<readonly CleanStack[]> | undefined;

/** Both stacks, rendered once. */
export function cleanStacks(): Promise<readonly CleanStack[]> {
    rendered ??= render();
    return rendered;
}

async function render(): Promise<readonly CleanStack[]> {
    const renderings = await renderStacks({ directory: ROOT, stacks: [], policyPacks: [] });
    const { configurations } = await loadProject(ROOT, [], undefined, () => Promise.resolve([]));
    return Promise.all(
        renderings.map(async (rendering) => {
            const { stack } = rendering;
            const values = configurations.find((each) => each.stack === stack)?.values ?? {};
            const { facts, mistakes } = readFacts((key) => values[`strongroom:${key}`]);
            assert.ok(facts, mistakes);
            const resources = resourcesOf(rendering);
            return {
                name: stack,
                resources,
                pack: await PackOnStack.of(resources, facts, settingsOf(stack)),
            };
        }),
    );
}

/** What the pack is sent of each resource that the stack owns. */
function resourcesOf({ resources }: Rendering): StackResource[] {
    const providers = new Map(resources.map((each) => [each.urn, each]));
    return resources
        .filter(({ read }) => !read)
        .map((resource) => {
            const { urn, type, name, inputs, outputs, parent, propertyDependencies, options } = resource;
            const by = providers.get(resource.provider ?? "");
            return {
                ...{ urn, type, name, parent, propertyDependencies },
                inputs: plain(inputs) as StackResource["inputs"],
                outputs: plain(outputs) as StackResource["outputs"],
                protect: options.protect === true,
                ignoreChanges: options.ignoreChanges ?? [],
                ...(by === undefined
                    ? {}
                    : {
                          provider: {
                              type: by.type,
                              name: by.name,
                              props: plain(by.inputs) as StackResource["inputs"],
                          },
                      }),
            };
        });
}

/** As a policy gets it: secrets in clear, and an unknown as the engine's own mark. */
function plain(value: PropertyValue): unknown {
    if (value instanceof Secret) return plain(value.reveal());
    if (value instanceof Unknown) return UNKNOWN;
    if (value instanceof ResourceReference) return value.urn;
    if (value instanceof Asset || value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return (value as readonly PropertyValue[]).map(plain);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** Settings by policy, of the file that configures the pack for the stack. */
function settingsOf(stack: string): Record<string, Record<string, unknown>> {
    const file = join(ROOT, "policies", `config.${stack}.json`);
    if (!existsSync(file)) return {};
    const given = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    return Object.fromEntries(
        Object.entries(given).flatMap(([name, value]): [string, Record<string, unknown>][] =>
            typeof value === "object" && value !== null ? [[name, value as Record<string, unknown>]] : [],
        ),
    );
}
