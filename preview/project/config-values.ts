import { createHash } from "node:crypto";
import { isMap, isScalar, isSeq, type Node } from "yaml";

import type { Decrypter } from "./passphrase";
import type { YamlFile } from "./yaml-file";

/** JSON as a configuration value holds it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A value as the program gets it. */
export interface ConfigValue {
    /** Objects and lists as JSON. */
    readonly text: string;
    readonly secret: boolean;
    /** The paths of encrypted values that an opaque one stands in for. */
    readonly opaque: readonly string[];
    readonly decrypted: readonly string[];
    /** As the file has them, by the path of the value. */
    readonly ciphertexts: Readonly<Record<string, string>>;
}

/** Reads configuration values, those under `secure:` decrypted where there is a passphrase. */
export class ConfigReader {
    constructor(
        readonly file: YamlFile,
        readonly decrypter: Decrypter | undefined,
    ) {}

    read(key: string, node: Node | null): ConfigValue {
        const opaque: string[] = [];
        const decrypted: string[] = [];
        const ciphertexts: Record<string, string> = {};
        let secret = false;
        const walk = (path: string, at: Node | null): Json => {
            const ciphertext = ciphertextOf(at);
            if (ciphertext !== undefined) {
                secret = true;
                ciphertexts[path] = ciphertext;
                const text = this.#reveal(path, at, ciphertext);
                if (text === undefined) opaque.push(path);
                else decrypted.push(text);
                return text ?? opaqueText(path);
            }
            if (isSeq(at)) return at.items.map((item, index) => walk(`${path}[${index}]`, item as Node));
            if (isMap(at)) {
                const entries = at.items.map(({ key: name, value }): [string, Json] => {
                    const text = String(isScalar(name) ? name.value : name);
                    return [text, walk(`${path}.${text}`, value as Node | null)];
                });
                return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
            }
            return isScalar(at) ? scalarJson(at.value) : null;
        };
        const json = walk(key, node);
        // A number keeps the digits it was written with, as it does under the engine.
        const text =
            typeof json === "string"
                ? json
                : typeof json === "number" && isScalar(node)
                  ? (node.source ?? String(json))
                  : JSON.stringify(json);
        return { text: json === null ? "" : text, secret, opaque, decrypted, ciphertexts };
    }

    #reveal(path: string, node: Node | null, ciphertext: string): string | undefined {
        if (this.decrypter === undefined) return undefined;
        const text = this.decrypter.decrypt(ciphertext);
        if (text === undefined) {
            this.file.problems.add(
                this.file.at(node),
                `the value of '${path}' was not encrypted with this stack's passphrase`,
                "Set it anew with 'pulumi config set --secret'",
            );
        }
        return text;
    }
}

/** An object whose single key is `secure` holds ciphertext. */
function ciphertextOf(node: Node | null): string | undefined {
    if (!isMap(node) || node.items.length !== 1) return undefined;
    const value = node.get("secure");
    return typeof value === "string" ? value : undefined;
}

function scalarJson(value: unknown): Json {
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? value
        : null;
}

/**
 * Stands in for a value that can't be decrypted: the same in each preview, long, and recognizable wherever it shows up.
 */
function opaqueText(path: string): string {
    return `opaque-${createHash("sha256").update(path).digest("base64url").slice(0, 32)}`;
}
