import path from "node:path";

import { renderStack } from "../../../preview/engine/render";
import type { StackConfiguration } from "../../../preview/project";
import type { RenderedResource, Rendering } from "../../../preview/rendering";

/** Previews a program of `programs/` with this configuration; `pack` is a directory beside it, `policies` configures it. */
export function renderProgram(
    name: string,
    given: Partial<StackConfiguration> = {},
    pack?: string,
    policies: Readonly<Record<string, unknown>> = {},
): Promise<Rendering> {
    const directory = path.join(__dirname, "programs", name);
    return renderStack({
        project: {
            directory,
            name: "try",
            programDirectory: directory,
            entryPoint: ".",
            nodeArguments: ["--require", path.resolve(__dirname, "../../../startup/register.js")],
            typescript: false,
            stacks: ["dev"],
        },
        configuration: {
            stack: "dev",
            values: {},
            secretKeys: [],
            opaqueKeys: [],
            secretTexts: [],
            ...given,
        },
        packs:
            pack === undefined
                ? []
                : [{ directory: path.join(__dirname, pack), config: { file: "none", policies } }],
    });
}

/** The resource of that name; there must be one. */
export function named(rendering: Rendering, name: string): RenderedResource {
    const found = rendering.resources.filter((resource) => resource.name === name);
    if (found.length !== 1 || found[0] === undefined)
        throw new Error(`${String(found.length)} resources named ${name}`);
    return found[0];
}
