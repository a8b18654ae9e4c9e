import { addTo } from "../../components/domain/grouped";
import type { Rendering, Violation } from "../rendering";
import { counted } from "../../components/domain/counted";
import { filled, wordsOf } from "./layout";
import type { Redactor } from "./redact";
import type { Style } from "./style";
import { kindOf } from "./summary";

/** Violations by what comes of them. */
export function sorted({ violations }: Rendering): {
    readonly mandatory: readonly Violation[];
    readonly advisory: readonly Violation[];
    readonly exempt: readonly Violation[];
} {
    const exempt = violations.filter(({ exemption }) => exemption !== undefined);
    const others = violations.filter(({ exemption }) => exemption === undefined);
    return {
        mandatory: others.filter(({ level }) => level === "mandatory"),
        advisory: others.filter(({ level }) => level !== "mandatory" && level !== "disabled"),
        exempt,
    };
}

/** Violations by policy, what stops a deployment first, then what an exemption lets pass. The fix stands in the messages. */
export function violationsSection(rendering: Rendering, redactor: Redactor, style: Style): readonly string[] {
    const { mandatory, advisory, exempt } = sorted(rendering);
    return [
        ...levelLines("Mandatory violations", mandatory, style.bad, redactor, style),
        ...levelLines("Advisory violations", advisory, style.warn, redactor, style),
        ...levelLines("Exempt violations", exempt, style.warn, redactor, style),
    ];
}

/** The policies of one level, each with its violations, by name. */
function levelLines(
    title: string,
    violations: readonly Violation[],
    paint: (text: string) => string,
    redactor: Redactor,
    style: Style,
): readonly string[] {
    if (violations.length === 0) return [];
    const byPolicy = new Map<string, Violation[]>();
    for (const violation of violations) addTo(byPolicy, violation.policy, violation);
    const policies = [...byPolicy].sort(([a], [b]) => (a < b ? -1 : 1));
    return [
        style.bold(
            paint(`${title} (${violations.length} of ${counted(policies.length, "policy", "policies")})`),
        ),
        ...policies.flatMap(([policy, group]) => policyLines(policy, group, paint, redactor, style)),
        "",
    ];
}

/** Resources of one message that a folded report names. */
const FOLDED_RESOURCES = 8;

/** One policy: what it asks for, then each message once with all the resources that it is about. */
function policyLines(
    policy: string,
    violations: readonly Violation[],
    paint: (text: string) => string,
    redactor: Redactor,
    style: Style,
): readonly string[] {
    const severity = violations.find((each) => each.severity !== undefined)?.severity;
    const description = redactor.message(violations[0]?.description ?? "");
    const byMessage = new Map<string, string[]>();
    for (const violation of violations) {
        const { subject, said } = splitMessage(redactor.message(violation.message), violation.urn);
        addTo(byMessage, `${said}${standing(violation, redactor)}`, subject);
    }
    return [
        ...filled(
            "  ",
            "    ",
            [paint(policy), ...(severity === undefined ? [] : [style.faint(`(${severity})`)])],
            style.columns,
        ),
        ...filled("    ", "    ", wordsOf(description).map(style.faint), style.columns),
        ...[...byMessage].flatMap(([message, resources]) => {
            const shown = style.full ? resources : resources.slice(0, FOLDED_RESOURCES);
            const more = resources.length - shown.length;
            const names = [...shown, ...(more === 0 ? [] : [`${more} more`])].join(", ");
            return [
                ...filled("    - ", "      ", wordsOf(names).map(style.bold), style.columns),
                ...filled("      ", "      ", wordsOf(message), style.columns),
            ];
        }),
    ];
}

/** What to do about what can't be decided; who lets a violation pass, why, and until when. */
function standing({ undecided, exemption }: Violation, redactor: Redactor): string {
    if (undecided === true)
        return ". What can't be decided counts as violated here: declare the value, or make it from what is known";
    if (exemption === undefined) return "";
    const { owner, reason, until } = exemption;
    return ` Exempt until ${until} by ${redactor.message(owner)}: ${redactor.message(reason)}`;
}

/** `IAM-03: 'name': "path" text`: how the policies of this project begin a message. */
const OWN_FORM = /^[A-Z0-9]+-\d+: '([^']*)':(?: "([^"]*)")? (.*)$/s;

/** Takes the resource and the property out of a message, so that one said of many resources is printed once. */
function splitMessage(message: string, urn: string | undefined): { subject: string; said: string } {
    const resource = resourceText(urn);
    const [, name, path, said] = OWN_FORM.exec(message) ?? [];
    if (name === undefined || said === undefined || !resource.endsWith(name))
        return { subject: resource, said: message };
    return { subject: path === undefined ? resource : `${resource} ${path}`, said: capitalized(said) };
}

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** `Secret devplatform/prod/db` of a URN; the stack where a violation is about all of it. */
function resourceText(urn: string | undefined): string {
    if (urn === undefined) return "the stack";
    const [, , types = "", ...name] = urn.split("::");
    return `${kindOf(types.split("$").pop() ?? "")} ${name.join("::")}`;
}

/** What the program, the pack and the preview had to say. Debugging messages only where everything is wanted. */
export function diagnosticsSection(
    { diagnostics }: Rendering,
    redactor: Redactor,
    style: Style,
): readonly string[] {
    const shown = diagnostics.filter(({ severity }) => style.full || severity !== "debug");
    if (shown.length === 0) return [];
    const lines = shown.flatMap(({ severity, message }) => {
        const paint = severity === "error" ? style.bad : severity === "warning" ? style.warn : style.faint;
        // Lines of a message stay apart: they may be a list of mistakes, or a stack trace.
        const [first = "", ...rest] = redactor.message(message.trimEnd()).split("\n");
        return [
            ...filled(`  ${paint(severity)}  `, "    ", wordsOf(first), style.columns),
            ...rest.flatMap((line) => {
                const indent = `    ${/^\s*/u.exec(line)?.[0].slice(0, 8) ?? ""}`;
                return filled(indent, `${indent}  `, wordsOf(line), style.columns);
            }),
        ];
    });
    return [style.bold("Messages"), ...lines, ""];
}
