import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";

import type { Problem } from "../components/domain/problems";
import { UserError } from "./errors";
import type { PolicyPackConfig } from "./engine/policy-config";
import { checkProtocol } from "./engine/protocol";
import { renderStack } from "./engine/render";
import { Secret } from "./engine/values";
import { loadProject, placedMessage, placedProblems } from "./project";
import type { LoadedProject, StackConfiguration } from "./project";
import type { Rendering } from "./rendering";
import { encodings } from "./report/redact";
import { Turns } from "./turns";

export { PreviewFault, UserError } from "./errors";
export { locate } from "./project";
export type { Rendering } from "./rendering";
export { Turns } from "./turns";

export interface PreviewOptions {
    /** Where Pulumi.yaml is. */
    readonly directory: string;
    /** All stacks that have a file, when empty. */
    readonly stacks: readonly string[];
    /** Directories of policy packs; a pack's `config.<stack>.json` configures it. */
    readonly policyPacks: readonly string[];
    /** For encrypted configuration; without it such values take part as opaque secrets. */
    readonly passphrase?: string | undefined;
    /** The day that decides which exemptions have ended, YYYY-MM-DD; the clock's where it is absent. */
    readonly today?: string | undefined;
    readonly onProgress?: (stack: string, resources: number) => void;
    /** Shared by previews that run side by side, so that they don't take more of the machine than one. */
    readonly turns?: Turns;
}

/**
 * Previews stacks side by side, as many at once as there are processors.
 *
 * @throws {UserError} when the project or its configuration is wrong. What goes wrong in a program or a policy is told in
 * the rendering, beside what came before it.
 * @throws {PreviewFault} when the installed SDK is not one that this preview speaks with.
 */
export async function renderStacks(options: PreviewOptions): Promise<Rendering[]> {
    const { project, configurations } = await loadProject(
        options.directory,
        options.stacks,
        options.passphrase,
        programProblems,
    );
    const packs = options.policyPacks.map((directory) => path.resolve(directory));
    checkPacks(packs);
    checkProtocol(project.programDirectory);
    const turns = options.turns ?? turnsOfThisMachine();
    const work = async (configuration: StackConfiguration): Promise<Rendering> => {
        const rendering = await renderStack({
            project,
            configuration: withDisguises(configuration),
            packs: packs.map((directory) => ({
                directory,
                config: packConfig(directory, configuration.stack),
            })),
            today: options.today,
            onProgress: (resources) => options.onProgress?.(configuration.stack, resources),
        });
        const diagnostics = rendering.diagnostics.map((told) =>
            told.severity === "error"
                ? { ...told, message: placedMessage(told.message, project, configuration) }
                : told,
        );
        return { ...rendering, ...ownFacts(project.name, configuration), diagnostics };
    };
    return Promise.all(configurations.map((each) => turns.take(() => work(each))));
}

/** As many stacks at once as there are processors: each is a program and its packs, which mostly wait for another. */
export const turnsOfThisMachine = (): Turns => new Turns(Math.max(2, availableParallelism()));

/** Which environment a stack is, and what others issued for it: what a comparison of stacks needs of their files. */
function ownFacts(
    project: string,
    { values, opaqueKeys, ciphertexts = {} }: StackConfiguration,
): Pick<Rendering, "environment" | "issued" | "ciphertexts"> {
    const { [`${project}:environment`]: environment, [`${project}:values`]: issued } = values;
    const opaque = new Set(opaqueKeys);
    const known = Object.entries(objectOf(issued)).filter(
        ([field, value]) => typeof value === "string" && !opaque.has(`${project}:values.${field}`),
    );
    return {
        ...(environment === undefined ? {} : { environment }),
        issued: Object.fromEntries(known.map(([field, value]) => [field, new Secret(value as string)])),
        ciphertexts,
    };
}

/** Of another shape it is the program's to refuse. */
function objectOf(text = "{}"): object {
    try {
        const value: unknown = JSON.parse(text);
        return typeof value === "object" && value !== null ? value : {};
    } catch {
        return {};
    }
}

/** The mistakes that the programs find in a configuration that is already refused; nothing else of them is kept. */
async function programProblems({ project, configurations }: LoadedProject): Promise<readonly Problem[]> {
    checkProtocol(project.programDirectory);
    const problems: Problem[] = [];
    for (const configuration of configurations) {
        const { diagnostics } = await renderStack({
            project,
            configuration: withDisguises(configuration),
            packs: [],
        });
        for (const { severity, message } of diagnostics) {
            if (severity !== "error") continue;
            problems.push(...(placedProblems(message, project, configuration)?.problems ?? []));
        }
    }
    return problems;
}

/** What a program says of its secrets may be encoded, or come line by line as it was printed. */
function withDisguises(configuration: StackConfiguration): StackConfiguration {
    const secretTexts = configuration.secretTexts.flatMap((text) => [
        ...encodings(text),
        ...text.split(/\r?\n/).flatMap(encodings),
    ]);
    return { ...configuration, secretTexts };
}

function checkPacks(packs: readonly string[]): void {
    const problems = packs
        .filter((directory) => !existsSync(path.join(directory, "PulumiPolicy.yaml")))
        .map((directory) => ({
            place: `--policy-pack ${directory}`,
            message: "there is no PulumiPolicy.yaml",
            fix: "Name the directory of a policy pack",
        }));
    if (problems.length > 0) throw new UserError("The command", problems);
}

function packConfig(directory: string, stack: string): PolicyPackConfig {
    const file = path.join(directory, `config.${stack}.json`);
    if (!existsSync(file)) return { file, policies: {} };
    const policies = parsed(readFileSync(file, "utf8"));
    if (typeof policies === "object" && policies !== null && !Array.isArray(policies))
        return { file, policies: policies as Record<string, unknown> };
    const message = policies === undefined ? "the file is not JSON" : "the file must hold an object";
    const fix = 'Write levels and settings by policy, such as {"all": "mandatory"}';
    throw new UserError("The policy pack's configuration", [{ place: file, message, fix }]);
}

/** Undefined where it is no JSON, which has no word for that. */
function parsed(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}
