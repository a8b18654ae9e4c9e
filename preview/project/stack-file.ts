import path from "node:path";
import { isMap, isScalar, type Node, type YAMLMap } from "yaml";

import { suggest } from "../../components/domain/problems";
import { ConfigReader, type ConfigValue } from "./config-values";
import { Decrypter } from "./passphrase";
import type { StackEncryption } from "../../stacks/config/wall";
import { findPlainSecrets } from "./plain-secrets";
import { fieldsOf } from "./project-file";
import type { Project, StackConfiguration } from "./types";
import { YamlFile } from "./yaml-file";

/** @see The Pulumi stack settings file reference. */
const FIELDS = ["config", "secretsprovider", "encryptionsalt", "encryptedkey", "environment"];
const DECLARED_FIELDS = ["type", "description", "secret", "default", "value", "items"];
const TYPES = ["string", "integer", "number", "boolean", "array", "object"];

/** The configuration of a stack, merged as Pulumi merges it: what the stack's file has wins over what the project declares. */
export async function readStackConfiguration(
    project: Project,
    projectFile: YamlFile,
    declared: YAMLMap | undefined,
    stack: string,
    passphrase: string | undefined,
): Promise<{ configuration: StackConfiguration; file: YamlFile }> {
    const file = new YamlFile(path.join(project.directory, `Pulumi.${stack}.yaml`), project.directory);
    const fields = fieldsOf(file, file.contents, FIELDS, file.name);
    const plain = findPlainSecrets(file, fields.get("config")?.value as Node | null | undefined, stack);
    const decrypter = await decrypterOf(file, fields.get("encryptionsalt")?.value, passphrase);
    const own = readKeys(
        file,
        fields.get("config")?.value as Node | null,
        project,
        new ConfigReader(file, decrypter),
    );
    const values = new Map<string, ConfigValue>();
    const reader = new ConfigReader(projectFile, undefined);
    for (const { key, node, name } of declaredKeys(projectFile, declared, project)) {
        const type = declarationIn(node);
        const given = own.get(key);
        const fallback =
            type === undefined
                ? node
                : ((type.get("value", true) ?? type.get("default", true)) as Node | undefined);
        const declaredType = type?.get("type");
        if (given !== undefined) checkType(file, key, given, declaredType);
        else if (fallback !== undefined) {
            values.set(key, { ...reader.read(key, fallback), secret: type?.get("secret") === true });
        } else {
            const fix = `Set it: pulumi config set --stack ${stack} ${name} <value>`;
            file.problems.add(
                file.name,
                `the configuration value '${name}' is missing, which Pulumi.yaml declares`,
                fix,
            );
        }
    }
    for (const [key, { value }] of own) values.set(key, value);
    const encryption = {
        ...textUnder(fields, "secretsprovider", "provider"),
        ...textUnder(fields, "encryptionsalt", "salt"),
        ...textUnder(fields, "encryptedkey", "encryptedKey"),
    };
    return { configuration: { ...configurationOf(stack, values, plain), encryption }, file };
}

function textUnder(
    fields: ReadonlyMap<string, { readonly value: unknown }>,
    field: string,
    name: keyof StackEncryption,
): StackEncryption {
    const value = fields.get(field)?.value;
    return isScalar(value) && typeof value.value === "string" ? { [name]: value.value } : {};
}

function configurationOf(
    stack: string,
    values: ReadonlyMap<string, ConfigValue>,
    plainSecrets: readonly string[],
): StackConfiguration {
    const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
        stack,
        values: Object.fromEntries(sorted.map(([key, { text }]) => [key, text])),
        secretKeys: sorted.filter(([, { secret }]) => secret).map(([key]) => key),
        opaqueKeys: sorted.flatMap(([, { opaque }]) => opaque),
        ciphertexts: Object.assign({}, ...sorted.map(([, value]) => value.ciphertexts)) as Record<
            string,
            string
        >,
        secretTexts: [...plainSecrets, ...sorted.flatMap(([, { decrypted }]) => decrypted)],
    };
}

interface Given {
    readonly value: ConfigValue;
    readonly node: Node | null;
}

function readKeys(
    file: YamlFile,
    node: Node | null,
    project: Project,
    reader: ConfigReader,
): Map<string, Given> {
    const values = new Map<string, Given>();
    if (!isMap(node)) {
        if (node && !(isScalar(node) && node.value === null))
            file.problems.add(file.at(node), "'config' must hold fields ('namespace:name: value')");
        return values;
    }
    for (const { key: nameNode, value } of node.items) {
        const name = String(isScalar(nameNode) ? nameNode.value : nameNode);
        const key = fullKey(name, project.name);
        if (key === undefined) {
            file.problems.add(
                file.at(nameNode),
                `'${name}' is not a configuration key`,
                "Write it as 'namespace:name'",
            );
        } else if (values.has(key)) {
            file.problems.add(
                file.at(nameNode),
                `'${key}' is set twice, under two ways to write it`,
                "Keep one",
            );
        } else {
            const valueNode = value as Node | null;
            values.set(key, { value: reader.read(key, valueNode), node: valueNode ?? (nameNode as Node) });
        }
    }
    return values;
}

function* declaredKeys(
    file: YamlFile,
    declared: YAMLMap | undefined,
    project: Project,
): Generator<{ key: string; name: string; node: Node | undefined }> {
    for (const { key: nameNode, value } of declared?.items ?? []) {
        const name = String(isScalar(nameNode) ? nameNode.value : nameNode);
        const key = fullKey(name, project.name);
        if (key === undefined) {
            file.problems.add(
                file.at(nameNode),
                `'${name}' is not a configuration key`,
                "Write it as 'namespace:name'",
            );
            continue;
        }
        const type = declarationIn(value as Node | undefined);
        if (type !== undefined) {
            fieldsOf(file, type, DECLARED_FIELDS, `the declaration of '${name}'`);
            const of: unknown = type.get("type");
            if (typeof of === "string" && !TYPES.includes(of)) {
                const message = `'${of}' is not a type of configuration`;
                file.problems.add(file.at(type.get("type", true)), message, suggest(of, TYPES));
            }
        }
        yield { key, name: key.slice(key.indexOf(":") + 1), node: value as Node | undefined };
    }
}

/** A declaration says of a value what it is; anything else under a key is the value itself. */
function declarationIn(node: Node | undefined): YAMLMap | undefined {
    return isMap(node) && DECLARED_FIELDS.some((field) => node.has(field)) ? node : undefined;
}

/** `namespace:name`; a name alone is the project's own. The old form with `:config:` between is read, too. */
function fullKey(name: string, project: string): string | undefined {
    const parts = name
        .split(":")
        .filter((part, index, all) => !(all.length === 3 && index === 1 && part === "config"));
    if (parts.some((part) => part === "")) return undefined;
    if (parts.length === 1) return `${project}:${name}`;
    return parts.length === 2 ? parts.join(":") : undefined;
}

function checkType(file: YamlFile, key: string, { value, node }: Given, type: unknown): void {
    if (typeof type !== "string" || value.secret) return;
    const shape = isScalar(node) ? typeof node.value : isMap(node) ? "object" : "array";
    const fits: Readonly<Record<string, boolean>> = {
        string: shape === "string",
        integer: /^-?\d+$/.test(value.text),
        number: value.text !== "" && !Number.isNaN(Number(value.text)),
        boolean: value.text === "true" || value.text === "false",
        array: shape === "array",
        object: shape === "object",
    };
    if (fits[type] === false) {
        const article = /^[aio]/.test(type) ? "an" : "a";
        file.problems.add(file.at(node), `'${key}' must be ${article} ${type}, as Pulumi.yaml declares it`);
    }
}

async function decrypterOf(
    file: YamlFile,
    salt: unknown,
    passphrase: string | undefined,
): Promise<Decrypter | undefined> {
    if (passphrase === undefined || passphrase === "" || !isScalar(salt) || typeof salt.value !== "string")
        return undefined;
    const decrypter = await Decrypter.open(passphrase, salt.value);
    if (decrypter === undefined) {
        file.problems.add(
            file.at(salt),
            "PULUMI_CONFIG_PASSPHRASE is not the passphrase of this stack",
            "Correct it, or leave it unset: encrypted values then take part as opaque secrets",
        );
    }
    return decrypter;
}
