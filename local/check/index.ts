import { isNeeded } from "../variables";
import type { Variable } from "../variables";
import { composedFindings, sharedFindings } from "./between";
import { levelOf } from "./fault";
import type { Fault, Finding } from "./fault";
import { givenValues } from "./given";
import { nameFindings } from "./names";
import type { Given, Subject } from "./subject";
import { environmentFindings, renewal, settingFindings, valueFinding } from "./value";

export interface Checked {
    /** By line; what is not in the file comes last. */
    readonly faults: readonly Fault[];
    /** How many of the platform's variables are given, by value or by file. */
    readonly given: number;
    /** Those whose files are on another machine, and were not looked at. */
    readonly unseen: readonly string[];
}

/** Everything that is wrong with the values that somebody has set for a platform in an environment. */
export function check(subject: Subject): Checked {
    const { environment, variables } = subject;
    const { given, unseen, findings } = givenValues(subject);
    const found: Finding[] = [...lineFindings(subject), ...nameFindings(subject), ...findings];
    for (const each of given.values()) {
        const own = valueFinding(each);
        if (own !== undefined) found.push(own);
        if (own?.kind !== "placeholder") found.push(...environmentFindings(each, subject));
    }
    found.push(...composedFindings(subject, given), ...sharedFindings(given));
    const misformed = new Set(
        found.filter(({ kind }) => kind === "malformed").map(({ variable }) => variable),
    );
    found.push(...settingFindings(subject, given).filter(({ variable }) => !misformed.has(variable)));
    found.push(...missingFindings(subject, given, unseen));
    const faults = found.flatMap((finding): Fault[] => {
        const level = levelOf(finding.kind, environment.isProtected);
        return level === undefined ? [] : [{ ...finding, level }];
    });
    const order = [...variables.keys()];
    faults.sort(
        (one, other) =>
            (one.line ?? Infinity) - (other.line ?? Infinity) ||
            order.indexOf(one.variable ?? "") - order.indexOf(other.variable ?? ""),
    );
    const elsewhere = [...unseen].filter((name) => !findings.some(({ variable }) => variable === name));
    return { faults, given: given.size + elsewhere.length, unseen: elsewhere };
}

function* lineFindings({ lineFaults, variables, isOpen }: Subject): Generator<Finding> {
    if (isOpen) {
        const message = "everybody on the machine may read the file";
        yield {
            kind: "open itself",
            line: undefined,
            variable: undefined,
            message,
            fix: "Leave it to its owner: chmod 600",
        };
    }
    for (const { line, kind, message, fix, name } of lineFaults) {
        const variable = name !== undefined && variables.has(name) ? name : undefined;
        yield { kind, line, variable, message: `the line ${message}`, fix };
    }
}

/** What applications need and nobody gives, where features that are switched on need it. */
function* missingFindings(
    { platform, assignments, variables }: Subject,
    given: ReadonlyMap<string, Given>,
    unseen: ReadonlySet<string>,
): Generator<Finding> {
    const settings: Record<string, string> = {};
    for (const [name, { variable, default: byDefault }] of Object.entries(platform.config)) {
        const value = (variable === undefined ? undefined : given.get(variable)?.value) ?? byDefault;
        if (value !== undefined) settings[name] = value;
    }
    for (const variable of variables.values()) {
        const { name, required } = variable;
        if (given.has(name) || unseen.has(name) || !isNeeded(variable, settings)) continue;
        const empty = assignments.findLast((each) => each.name === name);
        const why =
            typeof required === "boolean" ? "" : `, and ${conditionOf(variable, platform.config)} needs it`;
        const message = `${empty === undefined ? "it is missing" : "it is empty"}${why}`;
        yield { kind: "missing", line: empty?.line, variable: name, message, fix: renewal(variable) };
    }
}

function conditionOf({ required }: Variable, config: Subject["platform"]["config"]): string {
    if (typeof required === "boolean") return "";
    return `${config[required.config]?.variable ?? required.config} '${required.is}'`;
}
