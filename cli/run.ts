import type { ExitCode } from "./exit-code";

/** What a command does with its arguments and, last, its options; the code that it ends with. */
export type Work<Arguments extends readonly unknown[]> = (
    ...given: Arguments
) => ExitCode | Promise<ExitCode>;

/**
 * The action of a command: loads what does the work when the command is called and not before, hands it what was given,
 * and keeps the code that it ends with. An error goes on to whoever parses the line.
 *
 * @param load requires the module, so that the other commands start without it.
 */
export function runs<Arguments extends readonly unknown[]>(
    load: () => Work<Arguments>,
): (...given: readonly unknown[]) => Promise<void> {
    return async (...given) => {
        // Commander hands over the arguments, the options and itself, typed by what the command declares of them.
        process.exitCode = await load()(...(given.slice(0, -1) as unknown as Arguments));
    };
}
