import * as v from "valibot";
import { issueText } from "../../components/domain/rotation/ledger";
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
 * @returns all that is wrong with it, and the configuration: without the platforms that are wrong, so that the rest can
 *     still be judged, or undefined when too little is left for that. Only a complete one is to be declared.
 */
export function readStackConfig(
    raw: Readonly<Record<string, string>>,
    encryptedKeys: ReadonlySet<string>,
): {
    readonly config: StackConfig | undefined;
    readonly isComplete: boolean;
    readonly problems: readonly Problem[];
} {
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
            `Set each: pulumi config set --secret --path '${NAMESPACE}:values["<platform>/<document>.<field>"]'`,
        );
    }
    const parsed = v.safeParse(stackSchema, source);
    for (const issue of parsed.issues ?? []) {
        for (const { place, fix } of placesOf(issue)) problems.add(place, issueText(issue), fix);
    }
    return {
        config: parsed.success ? parsed.output : soundPart(source, parsed.issues),
        isComplete: parsed.success,
        problems: problems.all,
    };
}

/** What is left without wrong platforms and unknown keys, which say nothing about the rest. */
function soundPart(
    source: Readonly<Record<string, unknown>>,
    issues: readonly v.BaseIssue<unknown>[],
): StackConfig | undefined {
    const wrong = new Set(
        issues.flatMap(({ path }) => (path?.[0]?.key === "platforms" ? String(path[1]?.key) : [])),
    );
    const { platforms } = source;
    if (typeof platforms !== "object" || platforms === null) return undefined;
    const rest: Record<string, unknown> = structuredClone({
        ...source,
        platforms: Object.fromEntries(Object.entries(platforms).filter(([name]) => !wrong.has(name))),
    });
    for (const issue of issues.filter(isUnknownKey)) {
        const { above, unknown } = unknownKeys(issue);
        let at: unknown = rest;
        for (const key of above) at = (at as Record<string, unknown> | undefined)?.[key];
        for (const key of unknown) delete (at as Record<string, unknown> | undefined)?.[key];
    }
    const parsed = v.safeParse(stackSchema, rest);
    // Values of the right type that break a rule leave an output of the right shape.
    return parsed.typed ? parsed.output : undefined;
}

const isUnknownKey = ({ type, expected }: v.BaseIssue<unknown>): boolean =>
    type === "strict_object" && expected === "never";

/** An object of the configuration, as text or as what is in such a one; empty when it is something else. */
export function objectOf(source: unknown): Readonly<Record<string, unknown>> {
    const value = typeof source === "string" ? parseValue(source) : source;
    return typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as Record<string, unknown>)
        : {};
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

interface IssuePlace {
    readonly place: string;
    readonly fix?: string | undefined;
}

/** What an issue is about: a path, or each unknown key of an object, of which the schema names only the first. */
function placesOf(issue: v.BaseIssue<unknown>): readonly IssuePlace[] {
    const place = `${NAMESPACE}:${v.getDotPath(issue) ?? ""}`;
    if (issue.type === "picklist" && typeof issue.input === "string") {
        const options = [...(issue.expected ?? "").matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? "");
        return [{ place, fix: suggest(issue.input, options) }];
    }
    if (!isUnknownKey(issue)) return [{ place }];
    const { above, known, unknown } = unknownKeys(issue);
    return unknown.map((key) => ({
        place: `${NAMESPACE}:${[...above, key].join(".")}`,
        fix: suggest(key, known),
    }));
}

/** The object that an issue about an unknown key is in: the path to it, the keys it may have, and those it may not. */
function unknownKeys(issue: v.BaseIssue<unknown>) {
    const path: readonly v.IssuePathItem[] = issue.path ?? [];
    const above = path.slice(0, -1).map((item) => String(item.key));
    const known = knownKeys(path);
    const unknown = Object.keys(path.at(-1)?.input ?? {}).filter((key) => !known.includes(key));
    return { above, known, unknown };
}

/** The keys that the schema has at a path, whose items also hold the objects on it. */
function knownKeys(path: readonly v.IssuePathItem[]): string[] {
    let schema: unknown = stackSchema;
    for (const { key, input } of path.slice(0, -1)) {
        const inner = entriesOf(schema, input);
        schema = inner.entries?.[String(key)] ?? inner.value;
    }
    return Object.keys(entriesOf(schema, path.at(-1)?.input).entries ?? {});
}

interface Entries {
    readonly entries?: Record<string, unknown>;
    readonly value?: unknown;
}

/** Of a schema with variants, the one that the object says it is. */
function entriesOf(schema: unknown, input: unknown): Entries {
    const inner = (unwrap(schema) ?? {}) as Entries & { key?: string; options?: readonly Entries[] };
    const { key, options } = inner;
    if (key === undefined || options === undefined) return inner;
    const is = (input as Record<string, unknown> | undefined)?.[key];
    return options.find(({ entries }) => (entries?.[key] as { literal?: unknown }).literal === is) ?? inner;
}

/** What an optional schema wraps. */
function unwrap(schema: unknown): unknown {
    let inner = schema;
    while (typeof inner === "object" && inner !== null && "wrapped" in inner) inner = inner.wrapped;
    return inner;
}
