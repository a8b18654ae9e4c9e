/** What decides whether and how wide something is shown: a part of `process`. */
export interface Surroundings {
    readonly argv: readonly string[];
    readonly env: NodeJS.ProcessEnv;
    readonly stdout: { readonly isTTY?: boolean; readonly columns?: number };
}

/**
 * Whether stdout gets colours, and its width: on a terminal that knows them, unless `--no-color` or NO_COLOR says no;
 * elsewhere only where `--color` or FORCE_COLOR asks for them. What was typed goes before what the environment says, and no
 * before yes. A pipe has no width.
 *
 * @see https://no-color.org for the variable, which counts unless it is empty.
 */
export function terminalOf({ argv, env, stdout }: Surroundings = process): {
    readonly color: boolean;
    readonly columns?: number;
} {
    const isTerminal = stdout.isTTY === true;
    const wanted = [
        argv.includes("--no-color") ? false : undefined,
        argv.includes("--color") ? true : undefined,
        isSet(env["NO_COLOR"]) ? false : undefined,
        isSet(env["FORCE_COLOR"]) ? env["FORCE_COLOR"] !== "0" : undefined,
        isTerminal && env["TERM"] !== "dumb",
    ].find((each) => each !== undefined);
    const columns = isTerminal ? stdout.columns : undefined;
    return { color: wanted === true, ...(columns === undefined ? {} : { columns }) };
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== "";
