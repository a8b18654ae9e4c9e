import { Property } from "./property";

/** One `path` of a Vault policy. */
export interface VaultPath {
    readonly path: string;
    readonly capabilities: readonly string[];
}

/**
 * Reads Vault's two ways of writing a policy: JSON, and of HCL the part that states paths and capabilities. Parameter
 * constraints, templates and all else are not understood, and a caller must treat that as a violation: a policy whose
 * meaning is unknown is not known to be narrow.
 *
 * @returns undefined when the text is not wholly understood.
 */
export function parseVaultPolicy(text: string): VaultPath[] | undefined {
    return text.trimStart().startsWith("{") ? parseJson(text) : parseHcl(text);
}

/** What a token may do with itself. */
export const OWN_TOKEN = /^auth\/token\/(?:lookup|renew|revoke)-self$/;

/**
 * The paths that a policy lets a token read values of, and those where it lets it change them.
 *
 * @returns undefined when the text is not wholly understood.
 */
export function vaultRights(text: string): { reads: string[]; writes: string[] } | undefined {
    const paths = parseVaultPolicy(text)?.filter(
        ({ path, capabilities }) => !capabilities.includes("deny") && !OWN_TOKEN.test(path),
    );
    const has = (...words: readonly string[]): string[] =>
        (paths ?? [])
            .filter(({ capabilities }) => capabilities.some((word) => words.includes(word)))
            .map(({ path }) => path);
    if (paths === undefined) return undefined;
    const reads = has("read", "sudo", "root").filter((path) => !/^[^/]+\/metadata\//.test(path));
    return { reads, writes: has("create", "update", "patch", "delete", "sudo", "root") };
}

function parseJson(text: string): VaultPath[] | undefined {
    const document = Property.root(text).parsed();
    if (document === undefined || document.entries().some(({ key }) => key !== "path")) return undefined;
    const paths: VaultPath[] = [];
    for (const { key, property } of document.at("path").entries()) {
        if (property.entries().some((entry) => entry.key !== "capabilities")) return undefined;
        paths.push({ path: key, capabilities: property.at("capabilities").texts() });
    }
    // JSON.parse keeps the last of two equal keys, and Vault's own reader joins them: then not all of it was seen.
    const written = text.match(/"capabilities"\s*:/g)?.length ?? 0;
    return written === paths.length && paths.length > 0 ? paths : undefined;
}

const TOKEN = /\s+|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/|"([^"\\\n$%]*)"|path\b|capabilities\b|[{}[\],=]/y;

function parseHcl(text: string): VaultPath[] | undefined {
    const tokens = tokenize(text);
    if (tokens === undefined) return undefined;
    const paths: VaultPath[] = [];
    let position = 0;
    const next = (): string => tokens[position++] ?? "";
    while (position < tokens.length) {
        if (next() !== "path") return undefined;
        const path = next();
        if (!path.startsWith('"') || next() !== "{" || next() !== "capabilities") return undefined;
        if (next() !== "=" || next() !== "[") return undefined;
        const capabilities: string[] = [];
        for (let token = next(); token !== "]"; token = next()) {
            if (!token.startsWith('"')) return undefined;
            capabilities.push(token.slice(1));
            if (tokens[position] === ",") position++;
            else if (tokens[position] !== "]") return undefined;
        }
        if (next() !== "}") return undefined;
        paths.push({ path: path.slice(1), capabilities });
    }
    return paths.length > 0 ? paths : undefined;
}

/** Words and signs as they are, strings with a leading quote; undefined at the first thing it does not know. */
function tokenize(text: string): string[] | undefined {
    const tokens: string[] = [];
    const token = new RegExp(TOKEN);
    while (token.lastIndex < text.length) {
        const match = token.exec(text);
        if (match === null) return undefined;
        if (match[1] !== undefined) tokens.push(`"${match[1]}`);
        else if (!/^(?:\s|#|\/)/.test(match[0])) tokens.push(match[0]);
    }
    return tokens;
}
