import path from "node:path";

import { exampleText } from "../../local/example";
import { choosePlatform, chooseStack, settingsIn } from "../../local/environments";
import { readIfThere, replaceFiles } from "../../rotation/files";
import { catalogue } from "../../stacks/catalogue";
import { ExitCode } from "../exit-code";
import { loadRotation } from "../rotate/load";
import { refused } from "./load";

/** Where the committed examples are, from the root of the project. */
export const EXAMPLES = "local/examples";

export interface ExampleOptions {
    readonly environment?: string;
    readonly write?: boolean;
}

/** Runs `env example`: prints the examples of platforms, or writes those that are committed anew. */
export async function example(names: readonly string[], options: ExampleOptions): Promise<ExitCode> {
    const { directory, examples } = await examplesOf(names, options.environment);
    if (options.write !== true) {
        process.stdout.write([...examples.values()].join("\n"));
        return ExitCode.clean;
    }
    const changes = [...examples].map(([name, after]) => {
        const file = path.join(directory, EXAMPLES, name);
        return { name, file, before: readIfThere(file), after };
    });
    replaceFiles(changes.filter(({ before, after }) => before !== after));
    for (const { name, before, after } of changes)
        process.stdout.write(`${before === after ? "unchanged" : "written  "} ${EXAMPLES}/${name}\n`);
    return ExitCode.clean;
}

/**
 * The examples of platforms by the names of their files.
 *
 * @param names the platforms; all that the environment has, when empty.
 */
export async function examplesOf(names: readonly string[], environment?: string) {
    const { directory, stacks } = await loadRotation([]);
    const examples = new Map<string, string>();
    const problems = [];
    for (const name of names.length === 0 ? catalogue.map((platform) => platform.name) : names) {
        const platform = choosePlatform(catalogue, name);
        const own = "problem" in platform ? platform : chooseStack(stacks, name, environment);
        if ("problem" in platform) problems.push(platform.problem);
        else if ("problem" in own) problems.push(own.problem);
        else {
            const settings = settingsIn(own.chosen.config, platform.chosen);
            examples.set(
                `${name}.env.example`,
                exampleText(platform.chosen, own.chosen.environment, settings),
            );
        }
    }
    if (problems.length > 0) throw refused(problems);
    return { directory, examples };
}
