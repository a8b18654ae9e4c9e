import { addTo } from "../../components/domain/grouped";
import { parseTemplate } from "../../components/domain/template";
import type { TemplatePart } from "../../components/domain/template";
import { formFault } from "../../components/domain/form-faults";
import { isKnownDefault } from "../known-defaults";
import { placeholderFault } from "../placeholders";
import type { SecretVariable } from "../variables";
import { renewal } from "./value";
import type { FaultKind, Finding } from "./fault";
import type { Given, Subject } from "./subject";

/** Secrets that have one value: whoever learns one of them has the others. */
export function* sharedFindings(given: ReadonlyMap<string, Given>): Generator<Finding> {
    const owners = new Map<string, Given[]>();
    for (const each of given.values()) {
        const { variable, value } = each;
        if (variable.kind !== "secret" || isComposed(variable)) continue;
        if (value === "" || isKnownDefault(value) || placeholderFault(value, undefined) !== undefined)
            continue;
        addTo(owners, value, each);
    }
    for (const [first, ...others] of owners.values()) {
        for (const { variable, line } of others) {
            if (first === undefined) continue;
            const where = first.line === undefined ? "" : ` on line ${first.line}`;
            const message = `its value is the one of ${first.variable.name}${where} as well`;
            const fix = "Give each its own: one that leaks then takes no other with it";
            yield { kind: "shared", line, variable: variable.name, message, fix };
        }
    }
}

const isComposed = (variable: SecretVariable): boolean => variable.field.kind === "composed";

/** Texts over other fields: whether they have the form, whether their parts are sound, and what their own variables say. */
export function* composedFindings(subject: Subject, given: ReadonlyMap<string, Given>): Generator<Finding> {
    for (const { variable, value, line } of given.values()) {
        if (variable.kind !== "secret" || variable.field.kind !== "composed") continue;
        if (placeholderFault(value, undefined) !== undefined) continue; // has been told
        const { template } = variable.field;
        const found = (kind: FaultKind, message: string, fix = renewal(variable)): Finding => ({
            kind,
            line,
            variable: variable.name,
            message,
            fix,
        });
        const parts = parseTemplate(template, variable.documentName);
        const [, scheme = ""] = /^([a-z][a-z0-9+.-]*:\/\/)/.exec(template) ?? [];
        if (!value.startsWith(scheme)) {
            yield found("malformed", `its value does not begin with '${scheme}'`);
            continue;
        }
        const values = valuesOf(value, parts);
        if (values === undefined) {
            // Another host, port or name of a database is nobody's mistake on somebody's own machine.
            yield found("differs", "its value is not made as the catalogue makes it");
            continue;
        }
        for (const [part, text] of values) {
            if ("config" in part) {
                if (text === subject.environment.settings[part.config]) continue;
                const message = `the ${part.config} in it is not the one of ${subject.environment.name}`;
                yield found("differs", message, "Change the one that is wrong");
                continue;
            }
            yield* partFindings(part, text, subject, given, found);
        }
    }
}

type Reference = Exclude<TemplatePart, { readonly text: string }>;

function* partFindings(
    part: Exclude<Reference, { readonly config: string }>,
    text: string,
    { platform }: Subject,
    given: ReadonlyMap<string, Given>,
    found: (kind: FaultKind, message: string, fix?: string) => Finding,
): Generator<Finding> {
    const field = platform.documents[part.document]?.fields[part.field];
    if (field === undefined || field.kind === "literal") return;
    const own = field.variable === undefined ? undefined : given.get(field.variable);
    if (own !== undefined) {
        if (own.value === text || own.value === decoded(text)) return;
        const where = own.line === undefined ? "" : ` on line ${own.line}`;
        const message = `its value has another ${part.field} than ${own.variable.name}${where}`;
        yield found("disagreeing", message, "Write the same value in both");
        return;
    }
    if (isKnownDefault(text)) {
        yield found("known default", `the ${part.field} in it is one that development set-ups come with`);
        return;
    }
    const wrong = field.kind === "generated" ? formFault(text, field.generated) : undefined;
    if (wrong !== undefined) yield found("weak", `the ${part.field} in it ${wrong}`);
}

/** The text in the place of each reference, or undefined where the value is none of this template. */
function valuesOf(
    value: string,
    parts: readonly TemplatePart[],
): readonly (readonly [Reference, string])[] | undefined {
    const source = parts.map((part) => ("text" in part ? escaped(part.text) : "(.+?)")).join("");
    const found = new RegExp(`^${source}$`, "s").exec(value);
    if (found === null) return undefined;
    const references = parts.filter((part): part is Reference => !("text" in part));
    return references.map((part, at) => [part, found[at + 1] ?? ""] as const);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function decoded(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}
