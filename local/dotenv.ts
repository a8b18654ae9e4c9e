import { parse } from "dotenv";

/** One variable as a file sets it. */
export interface Assignment {
    /** From 1; undefined for a variable of the process. */
    readonly line: number | undefined;
    readonly name: string;
    /** As dotenv reads it. */
    readonly value: string;
}

/** What readers of `.env` files do not agree on, or can't read, and where. */
export interface LineFault {
    readonly line: number;
    /** `unreadable` for what no reader takes, `disputed` for what some read otherwise. */
    readonly kind: "unreadable" | "disputed" | "cut";
    /** As the end of a sentence that begins with the line. Never holds what is in it. */
    readonly message: string;
    readonly fix: string;
    /** What the line sets, where it sets something. */
    readonly name?: string;
}

export interface EnvFile {
    /** In the order of the file; the last of a name counts. */
    readonly assignments: readonly Assignment[];
    readonly faults: readonly LineFault[];
}

const SKIPPED = /^\s*(?:#.*)?$/;
const ASSIGNMENT = /^(\s*(?:export\s+)?)([\w.-]+)(\s*=\s*|:\s+)(.*)$/;
const BOM = "\uFEFF";

/**
 * Reads the text of a `.env` file. Values are what dotenv makes of them; it gives no lines and only the last of a name,
 * so each assignment is cut out and handed to it alone.
 */
export function readEnvText(text: string): EnvFile {
    const assignments: Assignment[] = [];
    const faults: LineFault[] = [];
    const dispute = (line: number, message: string, fix: string, name?: string): void => {
        faults.push({ line, kind: "disputed", message, fix, ...(name === undefined ? {} : { name }) });
    };
    if (text.startsWith(BOM))
        dispute(
            1,
            "begins with a byte order mark, which shells take for a part of it",
            "Save it without one",
        );
    if (text.includes("\r"))
        dispute(
            text.slice(0, text.indexOf("\r")).split("\n").length,
            "ends as Windows ends lines, and shells and Docker take that for a part of the value",
            "Save the file with the line ends of Unix",
        );
    const lines = text.replace(BOM, "").replace(/\r\n?/g, "\n").split("\n");
    for (let at = 0; at < lines.length; at++) {
        const line = at + 1;
        const first = lines[at] ?? "";
        if (SKIPPED.test(first)) continue;
        const [, before = "", name, equals = "", rest = ""] = ASSIGNMENT.exec(first) ?? [];
        if (name === undefined) {
            const message = "is neither an assignment nor a comment";
            faults.push({ line, kind: "unreadable", message, fix: "Write it as NAME=value" });
            continue;
        }
        const end = endOf(lines, at, rest);
        if (end === undefined) {
            const message = "opens a quote that nothing closes";
            faults.push({ line, kind: "unreadable", message, fix: "Close the quote", name });
        }
        // Under a name of ours, since `__proto__` would not come back from an object.
        const alone = [`VALUE${equals}${rest}`, ...lines.slice(at + 1, (end ?? at) + 1)].join("\n");
        const value = parse(alone)["VALUE"] ?? "";
        assignments.push({ line, name, value });
        const isQuoted = end !== undefined && /^["'`]/.test(rest);
        if (equals !== "=" || /^\s/.test(before))
            dispute(
                line,
                "has a space or a colon where shells and Docker allow none",
                "Write it as NAME=value",
                name,
            );
        if (isQuoted) {
            if (rest.startsWith('"') && value.includes("$"))
                dispute(
                    line,
                    "has a '$', which shells and Docker Compose replace",
                    "Use single quotes",
                    name,
                );
        } else disputeBare(line, name, rest, faults);
        at = end ?? at;
    }
    const whole = Object.entries(parse(text.replace(BOM, "")));
    const last = new Map(assignments.map((each) => [each.name, each]));
    for (const [name, value] of whole) {
        const known = last.get(name);
        if (known !== undefined && known.value !== value)
            dispute(known.line ?? 1, "is read in two ways", "Put its value on one line, in quotes", name);
    }
    return { assignments, faults };
}

/** What readers make differently of a value without quotes. */
function disputeBare(line: number, name: string, rest: string, faults: LineFault[]): void {
    if (/(?:^|\S)#/.test(rest)) {
        const message = "has a '#' in its value, where dotenv cuts it off";
        faults.push({ line, kind: "cut", message, fix: "Put the value in single quotes", name });
        return;
    }
    const bare = rest.replace(/\s#.*$/, "");
    const message = /\s$/.test(rest)
        ? "ends with a space, which Docker keeps as a part of the value"
        : /\$[A-Za-z_{]/.test(bare)
          ? "has a '$', which shells and Docker Compose replace"
          : /[\s;&|<>()`'"\\]/.test(bare.trim())
            ? "has characters that mean something to a shell"
            : undefined;
    if (message !== undefined)
        faults.push({ line, kind: "disputed", message, fix: "Put the value in single quotes", name });
}

/** The line on which the value ends: the same, or the one that closes its quote; undefined when none does. */
function endOf(lines: readonly string[], at: number, rest: string): number | undefined {
    const quote = rest[0];
    if (quote !== '"' && quote !== "'" && quote !== "`") return at;
    const closing = new RegExp(`^(?:\\\\${quote}|[^${quote}])*${quote}\\s*(?:#.*)?$`);
    // A quote that closes within the line and is followed by more is text like any other, as dotenv has it.
    if (closing.test(rest.slice(1)) || rest.slice(1).includes(quote)) return at;
    for (let end = at + 1; end < lines.length; end++) {
        const line = lines[end] ?? "";
        if (line.includes(quote)) return closing.test(line) ? end : undefined;
    }
    return undefined;
}
