import type { Exemption } from "./exemptions/exemption";
import type { Undecided, Violation } from "./rule";

/** One line a violation, since the command line shows neither the remediation steps nor, always, the resource. */
export function violationText(id: string, name: string, { path, problem, fix }: Violation): string {
    const place = path === "" ? "" : ` "${path}"`;
    return `${id}: '${name}':${place} ${problem}. ${fix}.`;
}

/** Of a violation that an exemption lets pass. The offline preview reads it back: `preview/engine/policy-pack.ts`. */
export function exemptText(
    id: string,
    name: string,
    { until, owner, reason }: Exemption,
    { path, problem }: Violation,
): string {
    const place = path === "" ? "" : `"${path}" `;
    const who = `owner ${JSON.stringify(owner)}, reason ${JSON.stringify(reason)}`;
    return `${id}: '${name}': exempt until ${until}, ${who}: ${place}${problem}.`;
}

/** What a rule about the stack makes of a value that it must know and does not. */
export function undecidedViolation({ path, resource }: Undecided, subject: string): Violation {
    const of = resource === "" || resource === subject ? "" : `, of '${resource}'`;
    return {
        path,
        problem: `can't be decided before the deployment: its value is not known${of}`,
        fix: "Declare the value, or make it from configuration and names instead of another resource's output",
    };
}
