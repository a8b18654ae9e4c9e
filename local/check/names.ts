import { variableNameFault } from "../../components/domain/names";
import { nearest } from "../../components/domain/problems";
import type { Finding } from "./fault";
import type { Subject } from "./subject";

/** Names that tools set for themselves, beside those that platforms and runtimes do. */
const OF_TOOLS = /^(?:COMPOSE|DOCKER|NODE|PYTHON|TZ|LANG|LC|HTTPS?_PROXY|NO_PROXY|CI)(?:_|$)/;
const FILE = /_FILE$/;

/**
 * Names that no variable has, and names that are set twice. A name that nobody knows is not repeated: a key that was
 * pasted without its name looks like one.
 */
export function* nameFindings({ assignments, variables, isProcess }: Subject): Generator<Finding> {
    if (isProcess) return;
    const lines = new Map<string, number>();
    for (const { name, line } of assignments) {
        const base = name.replace(FILE, "");
        const isKnown = variables.has(name) || variables.has(base);
        const before = lines.get(name);
        if (before !== undefined) {
            const message = `the line sets what line ${before} has set, and this one counts`;
            const variable = isKnown ? name : undefined;
            yield { kind: "duplicate", line, variable, message, fix: "Remove one of them" };
        }
        if (line !== undefined) lines.set(name, line);
        if (isKnown || OF_TOOLS.test(name) || isReserved(name)) continue;
        const near = nearest(base, variables.keys());
        const message = "the line sets a variable that the catalogue does not have";
        if (near === undefined) {
            const fix = "Remove it, or put it into the catalogue";
            yield { kind: "unknown", line, variable: undefined, message, fix };
        } else {
            const fix = `Did you mean '${FILE.test(name) ? `${near}_FILE` : near}'?`;
            yield { kind: "misspelt", line, variable: undefined, message, fix };
        }
    }
}

const isReserved = (name: string): boolean =>
    /^[A-Z]/.test(name) && variableNameFault(name)?.includes("sets itself") === true;
