import { comparableSides } from "../../review/base";
import { costOf } from "../../review/cost";
import { reviewOf } from "../../review/meaning";
import type * as Sources from "../../review/meaning/sources";
import { catalogue } from "../../stacks/catalogue";
import { dayOf } from "../day";
import { ExitCode } from "../exit-code";
import { withProgress } from "../progress";
import { projectDirectory } from "../project-directory";
import { terminalOf } from "../terminal";
import { readOutputs, writeOutputs } from "./outputs";

export interface ReviewCommand {
    /** A branch, a tag or a commit. */
    readonly base?: string;
    readonly exact?: boolean;
    readonly stack: readonly string[];
    readonly format: string;
    /** Each `<form>=<file>`. */
    readonly out: readonly string[];
    readonly policies: boolean;
    readonly cache: boolean;
    readonly today?: string;
    /** Long lists as a whole. */
    readonly verbose?: boolean;
    /** The first line alone. */
    readonly quiet?: boolean;
}

const CODES = { clean: ExitCode.clean, failed: ExitCode.wrong, violated: ExitCode.violated } as const;

/**
 * Runs `review` for the project around this file: renders the working tree and its base, and tells what differs.
 *
 * @throws {UserError} for a wrong option, a base that Git does not know, or a head whose configuration is wrong.
 */
export async function review(command: ReviewCommand): Promise<ExitCode> {
    const { base, exact = false, stack: stacks, policies, cache, today } = command;
    const outputs = readOutputs(command.format, command.out);
    const directory = projectDirectory();
    const day = dayOf(today);
    const sides = await withProgress((onProgress) =>
        comparableSides({
            ...{ directory, base, exact, stacks, policies, cache, today: day },
            passphrase: process.env["PULUMI_CONFIG_PASSPHRASE"],
            onProgress: (stack, resources, side) => {
                onProgress(side === undefined ? stack : `${stack} of ${side}`, resources);
            },
        }),
    );
    const sources = once(() => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- it loads a compiler, which most reviews don't need
        const { catalogueSources } = require("../../review/meaning/sources") as typeof Sources;
        return catalogueSources(directory, sides.prefix);
    });
    const found = reviewOf(sides.base, sides.head, {
        ...sides.sides,
        catalogue,
        today: day,
        costOf,
        sourceOf: (urn, stack) => sources()(urn, stack),
    });
    const { verbose = false, quiet = false } = command;
    writeOutputs(outputs, found, { ...terminalOf(), verbose, quiet });
    return CODES[found.verdict];
}

function once<T>(make: () => T): () => T {
    let made: { readonly value: T } | undefined;
    return () => (made ??= { value: make() }).value;
}
