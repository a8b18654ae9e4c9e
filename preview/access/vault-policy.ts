import type { PropertyMap, PropertyValue } from "../engine/values";
import { isMap, order, strings } from "./estate";
import { vaultPattern } from "./wildcards";
import type { Pattern } from "./wildcards";
import type { Answer } from "./types";
import type { VaultAction } from "./vault-actions";

/** One path of a Vault policy. */
export interface VaultRule {
    readonly policy: string;
    readonly pattern: Pattern;
    readonly capabilities: readonly string[];
    /** Why the rule's answer depends on the request: a template in the path, or parameter constraints. */
    readonly doubt?: string;
    /** True where the path is a template, so that it may be more specific than any other. */
    readonly isTemplate?: boolean;
}

/**
 * The rules of a policy text, JSON or the plain part of HCL (`path "…" { capabilities = […] }`). Undefined if it
 * can't be read, so that it is never mistaken for one that grants nothing.
 *
 * @param namespace what its paths stand under, without a slash at its end
 * @see HashiCorp Vault, "Policies"
 */
export function parseVaultPolicy(
    policy: string,
    text: string,
    namespace = "",
): readonly VaultRule[] | undefined {
    const paths = text.trimStart().startsWith("{") ? fromJson(text) : fromHcl(text);
    if (paths === undefined) return undefined;
    const rules = paths.map(([path, body]) => rule(policy, path, body, namespace));
    return rules.every((each) => each !== undefined) ? rules : undefined;
}

type PathBody = readonly [path: string, body: PropertyMap];

function fromJson(text: string): readonly PathBody[] | undefined {
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch {
        return undefined;
    }
    if (!isMap(value) || Object.keys(value).some((key) => key !== "path" && key !== "name")) return undefined;
    const paths: PropertyValue = value.path ?? {};
    if (!isMap(paths)) return undefined;
    const bodies = Object.entries(paths);
    return bodies.every((each): each is [string, PropertyMap] => isMap(each[1])) ? bodies : undefined;
}

const PATH_BLOCK = /^path\s+"((?:[^"\\]|\\.)*)"\s*\{([^{}]*)\}/u;
const ATTRIBUTE = /^(\w+)\s*=\s*(\[[^\]]*\]|"[^"]*")\s*/u;

/** Nested blocks, heredocs and escapes are left alone: a policy that has them counts as one that can't be read. */
function fromHcl(text: string): readonly PathBody[] | undefined {
    let rest = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)(?:#|\/\/).*$/gmu, "").trim();
    const bodies: PathBody[] = [];
    while (rest !== "") {
        const [block, path, inside] = PATH_BLOCK.exec(rest) ?? [];
        if (block === undefined || path === undefined || inside === undefined || path.includes("\\"))
            return undefined;
        const body = attributes(inside.trim());
        if (body === undefined) return undefined;
        bodies.push([path, body]);
        rest = rest.slice(block.length).trim();
    }
    return bodies;
}

function attributes(text: string): PropertyMap | undefined {
    const body: Record<string, PropertyValue> = {};
    let rest = text;
    while (rest !== "") {
        const [whole, key, value] = ATTRIBUTE.exec(rest) ?? [];
        if (whole === undefined || key === undefined || value === undefined) return undefined;
        try {
            // HCL lists of strings are JSON but for a trailing comma.
            body[key] = JSON.parse(value.replace(/,\s*\]$/u, "]")) as PropertyValue;
        } catch {
            return undefined;
        }
        rest = rest.slice(whole.length).trim();
    }
    return body;
}

/** The shorthand that Vault had before capabilities. */
const OLD_WORDS: Readonly<Record<string, readonly string[]>> = {
    deny: ["deny"],
    read: ["read", "list"],
    write: ["create", "read", "update", "delete", "list"],
    sudo: ["create", "read", "update", "delete", "list", "sudo"],
};

function rule(policy: string, written: string, body: PropertyMap, namespace: string): VaultRule | undefined {
    const { capabilities, policy: word, ...others } = body;
    const path = `${namespace === "" ? "" : `${namespace}/`}${written.replace(/^\//u, "")}`;
    const old = typeof word === "string" ? OLD_WORDS[word] : [];
    const listed = capabilities === undefined ? [] : strings(capabilities);
    // Vault reads a plus that is part of a name as it is, and reckons its place in the order as that of a wildcard.
    const strange = path.split("/").some((segment) => segment.includes("+") && segment !== "+");
    if (old === undefined || listed === undefined || strange) return undefined;
    const constraint = Object.keys(others)[0];
    const template = path.includes("{{");
    const doubt = template
        ? `the path of a rule in '${policy}' is a template`
        : constraint && `a rule in '${policy}' has '${constraint}'`;
    // A template stands for some text: what it covers can't be more than the same path with a star there.
    const pattern = vaultPattern(template ? `${path.split("{{")[0] ?? ""}*` : path);
    return {
        policy,
        pattern,
        capabilities: [...listed, ...old],
        ...(doubt ? { doubt } : {}),
        ...(template ? { isTemplate: true } : {}),
    };
}

/** What a set of rules says about one action; undefined where none that matches gives the capability. */
export function vaultAnswer(rules: readonly VaultRule[], action: VaultAction): Answer | undefined {
    const matching = matchingRules(rules, action);
    const gives = ({ capabilities }: VaultRule): boolean =>
        action.capabilities.some((each) => capabilities.includes(each));
    if (!matching.some(gives)) return undefined;
    const deciding = mostSpecific(matching);
    // An exact path wins over whatever a template turns out to be.
    const isExact = deciding.every(({ pattern, isTemplate }) => pattern.exact && isTemplate !== true);
    const template = isExact ? undefined : matching.find(({ isTemplate }) => isTemplate);
    const deny = deciding.find(({ capabilities }) => capabilities.includes("deny"));
    if (deny !== undefined && template === undefined)
        return { decision: "denied", by: [label(deny)], reason: "the most specific path denies" };
    const doubtful = template ?? deciding.find(({ doubt }) => doubt !== undefined);
    if (doubtful?.doubt !== undefined)
        return { decision: "undecided", by: [label(doubtful)], reason: doubtful.doubt };
    const allow = deciding.filter(gives);
    if (allow.length > 0) return { decision: "allowed", by: [...new Set(allow.map(label))] };
    const [capability = ""] = action.capabilities;
    return {
        decision: "denied",
        by: [...new Set(deciding.map(label))],
        reason: `the most specific path does not ${capability}`,
    };
}

const label = ({ policy, pattern }: VaultRule): string => `${policy} "${pattern.text}"`;

/**
 * The rules that count for an action. A list is asked of a path with a slash at its end: an exact rule without it counts
 * all the same, and wildcards are tried without it first.
 *
 * @see `AllowOperation` in Vault's `acl.go`
 */
function matchingRules(rules: readonly VaultRule[], { path, isList }: VaultAction): readonly VaultRule[] {
    const matching = (asked: string): readonly VaultRule[] =>
        rules.filter(({ pattern }) => pattern.matches(asked));
    const here = matching(path);
    if (isList !== true || here.some(({ pattern }) => pattern.exact)) return here;
    const bare = matching(path.replace(/\/$/u, ""));
    const exact = bare.filter(({ pattern }) => pattern.exact);
    if (exact.length > 0) return exact;
    return bare.length > 0 ? [...bare, ...here.filter(({ isTemplate }) => isTemplate)] : here;
}

/**
 * Of the rules that match a path, those that count: the most specific path, from all policies of a token.
 * An exact path wins. Else the later first wildcard, then one without a star at its end, then fewer `+`, then the
 * longer, then the lexicographically greater.
 */
export function mostSpecific(rules: readonly VaultRule[]): readonly VaultRule[] {
    const [first, ...rest] = rules;
    if (first === undefined) return [];
    const best = rest.reduce((a, b) => (bySpecificity(a.pattern, b.pattern) >= 0 ? a : b), first);
    return rules.filter(({ pattern }) => pattern.text === best.pattern.text);
}

/** Greater than zero where `a` is the more specific path. */
function bySpecificity(a: Pattern, b: Pattern): number {
    const plus = ({ text }: Pattern): number => text.split("/").filter((segment) => segment === "+").length;
    return (
        Number(a.exact) - Number(b.exact) ||
        a.prefix.length - b.prefix.length ||
        Number(b.text.endsWith("*")) - Number(a.text.endsWith("*")) ||
        plus(b) - plus(a) ||
        a.text.length - b.text.length ||
        order(a.text, b.text)
    );
}
