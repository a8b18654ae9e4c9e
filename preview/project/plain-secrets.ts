import { isMap, isScalar, visit, type Node } from "yaml";

import { looksLikeSecret } from "../../components/domain/secret-shapes";
import { ENCRYPTED_KEY } from "../../stacks/config/encrypted-key";
import type { YamlFile } from "./yaml-file";

/**
 * Adds a problem for each secret that a stack's file holds in plain text: what looks like one anywhere, and whatever
 * is not under `secure:` among the values that others issued. The program itself can't tell: Pulumi hands it an object
 * as encrypted when any part of it is.
 *
 * @returns the values, so that nothing shows them.
 */
export function findPlainSecrets(
    file: YamlFile,
    config: Node | null | undefined,
    stack: string,
): readonly string[] {
    if (!isMap(config)) return [];
    const found: string[] = [];
    for (const { key, value } of config.items) {
        const name = String(isScalar(key) ? key.value : key);
        const mustBeEncrypted = name === ENCRYPTED_KEY;
        visit(value as Node | null, {
            Map: (_, map) => (map.items.length === 1 && map.has("secure") ? visit.SKIP : undefined),
            Scalar: (position, scalar) => {
                if (position === "key" || typeof scalar.value !== "string") return;
                if (!mustBeEncrypted && !looksLikeSecret(scalar.value)) return;
                found.push(scalar.value);
                const what = mustBeEncrypted
                    ? "a value is not encrypted"
                    : "a plain value looks like a secret";
                const instead = mustBeEncrypted
                    ? `set it: pulumi config set --stack ${stack} --secret --path '${name}["<platform>/<document>.<field>"]'`
                    : "make it an external field of a document";
                file.problems.add(
                    file.at(scalar),
                    `${what}, below '${name}'`,
                    `Replace it, since Git remembers it, and ${instead}`,
                );
            },
        });
    }
    return found;
}
