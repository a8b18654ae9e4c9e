import { formFault } from "../../components/domain/form-faults";
import { isPlainAddress, shapeFault } from "../../components/domain/value-shape";
import type { ValueShape } from "../../components/domain/value-shape";
import { drawCommand } from "../draw-command";
import { isKnownDefault } from "../known-defaults";
import { placeholderFault } from "../placeholders";
import type { Variable } from "../variables";
import type { FaultKind, Finding } from "./fault";
import type { Given, Subject } from "./subject";

/** What is wrong with one value by itself: the first of what would be told about it, since the rest follows from that. */
export function valueFinding({ variable, value, line, isFile }: Given): Finding | undefined {
    const found = (kind: FaultKind, what: string): Finding => ({
        kind,
        line,
        variable: variable.name,
        message: isFile ? `the value in its file ${what}` : `its value ${what}`,
        fix: renewal(variable),
    });
    if (isFile && /[\r\n]$/.test(value)) {
        const fix = "Write it without one: printf %s, or tr -d '\\n'";
        return { ...found("disputed", "ends with a line break, which not every application takes off"), fix };
    }
    const wrong = placeholderFault(value, shapeOf(variable));
    if (wrong !== undefined && !(variable.kind === "config" && wrong.includes("repeated")))
        return found(wrong.includes("placeholder") ? "placeholder" : "malformed", wrong);
    if (variable.kind !== "config" && isKnownDefault(value))
        return found("known default", "is one that development set-ups come with");
    const shape = shapeOf(variable);
    const malformed = shape === undefined ? undefined : shapeFault(value, shape);
    if (malformed !== undefined) return found("malformed", malformed);
    if (variable.kind !== "secret" || variable.field.kind !== "generated") return undefined;
    const misformed = formFault(value, variable.field.generated);
    if (misformed === undefined) return undefined;
    return found(misformed.startsWith("is shorter") ? "weak" : "malformed", misformed);
}

/** What is wrong with a value in the light of its environment. */
export function* environmentFindings({ variable, value, line }: Given, subject: Subject): Generator<Finding> {
    const { environment } = subject;
    const found = (kind: FaultKind, message: string, fix: string): Finding => ({
        kind,
        line,
        variable: variable.name,
        message,
        fix,
    });
    const shape = shapeOf(variable);
    if (shape !== undefined && isPlainAddress(value, shape))
        yield found("plain", "its value is an address without TLS", "Use https://");
    const lower = value.toLowerCase();
    for (const [host, of] of environment.foreignHosts) {
        const at = lower.indexOf(host);
        if (at < 0 || /[a-z0-9.-]/.test((lower[at - 1] ?? " ") + (lower[at + host.length] ?? " "))) continue;
        yield found("foreign", `its value names a host of ${of}`, `Use what ${environment.name} has`);
        break;
    }
    if (!environment.isProtected && /^(?:sk|rk)_live_/.test(value))
        yield found("foreign", "its value is a vendor's key for live data", "Use the vendor's key for tests");
}

/** Settings that are for development, whether they are written down or the application's own default. */
export function settingFindings(
    { environment, variables }: Subject,
    given: ReadonlyMap<string, Given>,
): readonly Finding[] {
    const findings: Finding[] = [];
    for (const variable of variables.values()) {
        if (variable.kind !== "config") continue;
        const { name, configName, value: config } = variable;
        const line = given.get(name)?.line;
        const value = given.get(name)?.value ?? config.default;
        const expected = environment.settings[configName];
        const isUnsafe = config.unsafe?.some((word) => hasWord(value ?? "", word)) === true;
        if (isUnsafe) {
            const message = given.has(name)
                ? "its value is for development"
                : "it is not set, and the application's default is for development";
            const fix =
                expected === undefined ? "Set another" : "Set it as the environment's configuration does";
            findings.push({ kind: "unsafe", line, variable: name, message, fix });
        } else if (expected !== undefined && value !== undefined && value !== expected) {
            const message = `it is not what Pulumi.${environment.stack}.yaml and the catalogue say`;
            const fix = "Change the one that is wrong";
            findings.push({ kind: "differs", line, variable: name, message, fix });
        }
    }
    return findings;
}

const hasWord = (value: string, word: string): boolean =>
    value
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .includes(word);

function shapeOf(variable: Variable): ValueShape | undefined {
    if (variable.kind === "config") return variable.value.shape;
    if (variable.kind === "managed") return undefined;
    return variable.field.kind === "external" ? variable.field.shape : undefined;
}

/** How to come by a value. */
export function renewal(variable: Variable): string | undefined {
    if (variable.kind === "config") return variable.value.description;
    if (variable.kind === "managed") return undefined;
    const { field } = variable;
    switch (field.kind) {
        case "generated":
            return `Draw one: ${drawCommand(field.generated)}`;
        case "external":
            return `Issued by: ${field.issuer}${field.issuerUrl === undefined ? "" : `, ${field.issuerUrl}`}`;
        case "access-key":
            return `Issued by: ${field.issuer}`;
        case "composed":
            return `Made of: ${field.template}`;
        case "literal":
            return undefined;
    }
}
