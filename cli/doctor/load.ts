import type { Problem, Problems } from "../../components/domain/problems";
import { suggest } from "../../components/domain/problems";
import type { Facts, RefusedConfiguration } from "../../doctor/facts";
import type { Declared, DeclaredStack } from "../../doctor/readers/declared";
import { refusedFacts } from "../../doctor/readers/declared";
import { renderStacks, UserError } from "../../preview";
import type { Rendering } from "../../preview";
import { loadProject, placedProblems } from "../../preview/project";
import { assess, Redactor } from "../../preview/report";
import { readRotatingStack } from "../../rotation/stack";
import { catalogue } from "../../stacks/catalogue";
import { Progress } from "../progress";

export interface LoadedStacks {
    readonly stacks: readonly DeclaredStack[];
    /** What is refused of a project that could not be rendered at all. */
    readonly refused: readonly Declared[];
    /** Masks what the configuration holds. */
    readonly hide: (text: string) => string;
}

/**
 * Renders all stacks, since grants of one may reach another. A configuration that is refused is a finding and no
 * mistake of the call, so it is told with the others; the name of a stack that there is not goes into `problems`.
 */
export async function loadStacks(
    directory: string,
    names: readonly string[],
    now: string,
    problems: Problems,
): Promise<LoadedStacks> {
    const passphrase = process.env["PULUMI_CONFIG_PASSPHRASE"];
    const progress = new Progress(process.stderr);
    let renderings: readonly Rendering[];
    try {
        renderings = await renderStacks({
            directory,
            stacks: [],
            policyPacks: [],
            passphrase,
            onProgress: (stack, resources) => {
                progress.show(stack, resources);
            },
        });
    } catch (error) {
        if (!(error instanceof UserError) || error.problems.some(({ place }) => !isInFile(place)))
            throw error;
        return { stacks: [], refused: refusedProject(error.problems, names, now), hide: (text) => text };
    } finally {
        progress.end();
    }
    const stacks = renderings.map(({ stack }) => stack);
    for (const name of names)
        if (!stacks.includes(name))
            problems.add(`--stack ${name}`, "there is no such stack", suggest(name, stacks));
    const { project, configurations } = await loadProject(directory, [], passphrase);
    const chosen = assess(renderings).filter(
        ({ rendering }) => names.length === 0 || names.includes(rendering.stack),
    );
    const declared = chosen.flatMap((assessed): readonly DeclaredStack[] => {
        const { stack, diagnostics } = assessed.rendering;
        const configuration = configurations.find((each) => each.stack === stack);
        if (configuration === undefined) return [];
        const refused = diagnostics
            .filter(({ severity }) => severity === "error")
            .flatMap(({ message }): readonly RefusedConfiguration[] => {
                const told = placedProblems(message, project, configuration);
                return told?.problems ?? [{ place: `the program of ${stack}`, message }];
            });
        const { stack: rotating } = readRotatingStack(directory, configuration, catalogue);
        return [{ assessed, rotating, refused }];
    });
    const redactor = new Redactor(renderings);
    return { stacks: declared, refused: [], hide: (text) => redactor.message(text) };
}

const FILE = /^Pulumi\.([a-z0-9.-]+)\.yaml/;

/** A place in the files of the project; what is elsewhere is no matter of its configuration. */
const isInFile = (place: string): boolean => /^(?:Pulumi\.|ledger\/)/.test(place);

function refusedProject(
    problems: readonly Problem[],
    names: readonly string[],
    now: string,
): readonly Declared[] {
    const of = ({ place }: Problem): string => FILE.exec(place)?.[1] ?? "project";
    const stacks = [...new Set(problems.map(of))];
    const facts = stacks.map((stack): Facts =>
        refusedFacts(
            stack,
            now,
            problems.filter((each) => of(each) === stack),
        ),
    );
    const isNamed = ({ stack }: Facts): boolean =>
        names.length === 0 || stack === "project" || names.includes(stack);
    return facts.filter(isNamed).map((each) => ({ facts: each, addresses: new Map() }));
}
