import * as v from "valibot";
import { fieldsOf } from "../../components/domain/catalogue";
import type { Catalogue } from "../../components/domain/catalogue";
import { issueText } from "../../components/domain/ledger";
import { Problems, suggest } from "../../components/domain/problems";
import type { Problem } from "../../components/domain/problems";
import { stackSchema } from "./schema";
import type { StackConfig } from "./schema";

const NAMESPACE = "strongroom";

/**
 * Reads the configuration of a stack.
 *
 * @param raw the values below the namespace, by key without it; texts as Pulumi hands them out.
 * @param encryptedKeys the keys whose values Pulumi keeps encrypted.
 * @returns the configuration, or undefined when it is too wrong to go on with; and all that is wrong with it.
 */
export function readStackConfig(
    raw: Readonly<Record<string, string>>,
    encryptedKeys: ReadonlySet<string>,
): { readonly config: StackConfig | undefined; readonly problems: readonly Problem[] } {
    const problems = new Problems();
    const schemas = stackSchema.entries as Record<string, v.GenericSchema | undefined>;
    const source: Record<string, unknown> = {};
    for (const [key, text] of Object.entries(raw)) {
        if (schemas[key] === undefined) {
            problems.add(
                `${NAMESPACE}:${key}`,
                "there is no such configuration key",
                suggest(key, Object.keys(schemas)),
            );
        } else {
            source[key] = parseValue(text);
        }
    }
    if (raw["values"] !== undefined && !encryptedKeys.has("values")) {
        problems.add(
            `${NAMESPACE}:values`,
            "the values in it are not encrypted",
            `Set each with 'pulumi config set --secret --path '${NAMESPACE}:values["<platform>/<document>.<field>"]''`,
        );
    }
    const parsed = v.safeParse(stackSchema, source);
    for (const issue of parsed.issues ?? []) {
        const path = v.getDotPath(issue) ?? "";
        // The keys themselves were looked at above, with a suggestion.
        if (issue.type === "strict_object" && issue.expected === "never" && !path.includes(".")) continue;
        const [place, fix] = placeOf(issue, path);
        problems.add(place, issueText(issue), fix);
    }
    return { config: parsed.success ? parsed.output : undefined, problems: problems.all };
}

/** Pulumi hands out objects and lists as JSON, and everything else as text. */
function parseValue(text: string): unknown {
    if (!/^\s*[[{]/.test(text)) return text === "true" ? true : text === "false" ? false : text;
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

/** The key and path an issue is about, and for an unknown key in an object the one that was probably meant. */
function placeOf(issue: v.BaseIssue<unknown>, path: string): [string, string | undefined] {
    const place = `${NAMESPACE}:${path}`;
    const last = issue.path?.at(-1);
    if (issue.type === "picklist" && typeof issue.input === "string") {
        const options = [...(issue.expected ?? "").matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? "");
        return [place, suggest(issue.input, options)];
    }
    if (issue.type !== "strict_object" || issue.expected !== "never" || last === undefined)
        return [place, undefined];
    const known = knownKeys(issue.path?.slice(0, -1).map((item) => String(item.key)) ?? []);
    return [place, known.length === 0 ? undefined : suggest(String(last.key), known)];
}

/** The keys that the schema has at a path. */
function knownKeys(path: readonly string[]): string[] {
    let schema: unknown = stackSchema;
    for (const key of path) {
        const inner = unwrap(schema) as { entries?: Record<string, unknown>; value?: unknown };
        schema = inner.entries?.[key] ?? inner.value;
    }
    return Object.keys((unwrap(schema) as { entries?: object } | undefined)?.entries ?? {});
}

/** What an optional schema wraps. */
function unwrap(schema: unknown): unknown {
    let inner = schema;
    while (typeof inner === "object" && inner !== null && "wrapped" in inner) inner = inner.wrapped;
    return inner;
}

/** Names of fields that a value can be set for. */
export function externalFields(catalogue: Catalogue): string[] {
    return [...fieldsOf(catalogue)].flatMap(({ id, field }) => (field.kind === "external" ? [id] : []));
}
