/**
 * References to a field of a document, as applications write them in their own configuration, e.g.
 * `vault:secret/data/db#password` or `aws-secrets:prod/db_password`.
 */
export const SCHEMES = ["vault", "aws-secrets", "aws-parameter", "gcp-secrets", "kubernetes"] as const;
export type Scheme = (typeof SCHEMES)[number];

export interface StoreReference {
    readonly scheme: Scheme;
    /** The name of the document in its store, as the store's own API takes it. */
    readonly path: string;
    /** Absent when the entry is the value itself. */
    readonly field?: string;
}

export function formatReference({ scheme, path, field }: StoreReference): string {
    return `${scheme}:${path}${field === undefined ? "" : `#${field}`}`;
}

/**
 * @throws {SyntaxError} for an unknown scheme, an empty path, two `#`, an empty field, and for a Vault reference
 * without a field: an entry of KV v2 always has fields.
 */
export function parseReference(text: string): StoreReference {
    const [, scheme, rest] = /^([a-z-]+):(.*)$/s.exec(text) ?? [];
    if (scheme === undefined || rest === undefined || !isScheme(scheme)) {
        throw new SyntaxError(`a reference begins with one of ${SCHEMES.map((s) => `'${s}:'`).join(", ")}`);
    }
    const [path = "", field, ...more] = rest.split("#");
    if (path === "") throw new SyntaxError("a reference names a path after its scheme");
    if (/\s|^\/\/|\.\.|\/$/.test(path))
        throw new SyntaxError("the path of a reference has no space, '..' or '/' at its end");
    if (more.length > 0) throw new SyntaxError("a reference has at most one '#'");
    if (field === "") throw new SyntaxError("a field follows the '#' of a reference");
    if (scheme === "vault") {
        if (field === undefined) throw new SyntaxError("a Vault reference names a field after '#'");
        if ((path.match(/(?:^|\/)data(?=\/)/g) ?? []).length !== 1) {
            throw new SyntaxError("a Vault reference has 'data' once, after the mount");
        }
    }
    return field === undefined ? { scheme, path } : { scheme, path, field };
}

function isScheme(text: string): text is Scheme {
    return (SCHEMES as readonly string[]).includes(text);
}
