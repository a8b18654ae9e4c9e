import { existsSync } from "node:fs";
import path from "node:path";

import type { Day } from "../../components/domain/rotation/day";
import { renderStacks, type Turns } from "../../preview";
import { isolationFindings, type IsolationFinding } from "../../preview/isolation";
import type { Rendering } from "../../preview/rendering";

export interface RenderSideOptions {
    /** All that it has, when empty. */
    readonly stacks: readonly string[];
    /** False to check no policies, and not to compare environments. */
    readonly policies: boolean;
    readonly passphrase: string | undefined;
    readonly today: Day;
    readonly turns: Turns;
}

export interface RenderedSide {
    readonly renderings: readonly Rendering[];
    readonly isolation: readonly IsolationFinding[];
}

/** Renders the stacks of one side with its own program and its own policies. */
export async function renderSide(
    directory: string,
    { stacks, policies, passphrase, today, turns }: RenderSideOptions,
    onProgress: (stack: string, resources: number) => void,
): Promise<RenderedSide> {
    const renderings = await renderStacks({
        directory,
        stacks,
        policyPacks: policies ? packOf(directory) : [],
        passphrase,
        today,
        onProgress,
        turns,
    });
    return { renderings, isolation: policies ? isolationFindings(renderings) : [] };
}

/** A project has one pack of its own, in the folder that this one has it in. */
function packOf(directory: string): readonly string[] {
    const own = path.join(directory, "policies");
    return existsSync(path.join(own, "PulumiPolicy.yaml")) ? [own] : [];
}
