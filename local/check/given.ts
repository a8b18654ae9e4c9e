import type { Assignment } from "../dotenv";
import type { Finding } from "./fault";
import type { Given, GivenValues, SecretFile, Subject } from "./subject";

const UNUSABLE = {
    missing: ["is not there", "Create it, or correct the path"],
    unreadable: ["can't be read by this account", "Let the account that runs the application read it"],
    "no file": ["is no file", "Name a file"],
    "too large": ["is larger than any secret", "Name the file of this secret alone"],
    "no text": ["is no text", "Write the value as text, e.g. in base64"],
} as const satisfies Readonly<
    Record<Exclude<SecretFile["is"], "text" | "elsewhere">, readonly [string, string]>
>;

/** What an application would read: each variable's last value, or what is in the file that `<NAME>_FILE` names. */
export function givenValues(subject: Subject): GivenValues & { readonly findings: readonly Finding[] } {
    const last = new Map(subject.assignments.map((each) => [each.name, each]));
    const given = new Map<string, Given>();
    const unseen = new Set<string>();
    const findings: Finding[] = [];
    for (const variable of subject.variables.values()) {
        const own = last.get(variable.name);
        const named = last.get(`${variable.name}_FILE`);
        const isNamed = named !== undefined && named.value !== "";
        if (own !== undefined && own.value !== "") {
            given.set(variable.name, { variable, value: own.value, line: own.line, isFile: false });
            if (isNamed) findings.push(twice(variable.name, own, named));
        } else if (isNamed) {
            const file = subject.fileOf(named.value);
            const { line } = named;
            if (file.is === "text") {
                given.set(variable.name, { variable, value: file.text, line, isFile: true });
                findings.push(...openFile(variable.name, line, file.isOpen));
            } else {
                // What is wrong with a file is told once: it is not missing as well.
                unseen.add(variable.name);
                if (file.is !== "elsewhere") findings.push(unusable(variable.name, line, file.is));
            }
        }
    }
    return { given, unseen, findings };
}

function twice(variable: string, own: Assignment, named: Assignment): Finding {
    const where = own.line === undefined ? "" : ` on line ${own.line}`;
    return {
        kind: "twice",
        line: named.line,
        variable,
        message: `a file is named for it, and it is set itself${where}`,
        fix: "Keep one: the file where the application can read one",
    };
}

function unusable(variable: string, line: number | undefined, is: keyof typeof UNUSABLE): Finding {
    const [what, fix] = UNUSABLE[is];
    return { kind: "file", line, variable, message: `the file that ${variable}_FILE names ${what}`, fix };
}

function openFile(variable: string, line: number | undefined, isOpen: boolean): readonly Finding[] {
    if (!isOpen) return [];
    const message = `everybody on the machine may read the file that ${variable}_FILE names`;
    return [
        {
            kind: "open",
            line,
            variable,
            message,
            fix: "Leave it to the account of the application: chmod 600",
        },
    ];
}
