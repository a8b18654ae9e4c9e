import path from "node:path";
import { isMap, isScalar, isSeq, type Node } from "yaml";

import { YamlFile, type Place } from "./yaml-file";

/**
 * Where a configuration value stands in a stack's file or in Pulumi.yaml.
 *
 * @param configPath `strongroom:aws.accountId`, or its parts where a name holds a dot; a path that goes deeper than the
 *     file leads to the last part that is there.
 */
export function locate(file: string, configPath: string | readonly (string | number)[]): Place | undefined {
    const yaml = opened(file);
    const config = isMap(yaml.contents) ? yaml.contents.get("config", true) : undefined;
    return follow(yaml, config, configPath);
}

/** As `locate`, with a path that begins at the top of the file: that of a ledger's entry. */
export function locateField(file: string, fieldPath: string): Place | undefined {
    const yaml = opened(file);
    return follow(yaml, yaml.contents ?? undefined, fieldPath);
}

function opened(file: string): YamlFile {
    return new YamlFile(path.resolve(file), path.dirname(path.resolve(file)));
}

function follow(
    yaml: YamlFile,
    top: Node | undefined,
    keys: string | readonly (string | number)[],
): Place | undefined {
    let at = top;
    let found: unknown;
    let rest: Rest = typeof keys === "string" ? keys : keys.map(String);
    while (rest.length > 0) {
        const step = next(at, rest);
        if (step === undefined) break;
        [found, at, rest] = step;
    }
    return found === undefined ? undefined : yaml.placeOf(found);
}

type Rest = string | readonly string[];

/** Follows the longest name that the path begins with, since names may hold the characters that separate them. */
function next(at: Node | undefined, rest: Rest): [unknown, Node | undefined, Rest] | undefined {
    if (isSeq(at)) {
        const index = typeof rest === "string" ? /^\[?(\d+)\]?/.exec(rest) : /^(\d+)$/.exec(rest[0] ?? "");
        if (index === null) return undefined;
        const item = at.items[Number(index[1])] as Node | undefined;
        if (item === undefined) return undefined;
        return [
            item,
            item,
            typeof rest === "string" ? withoutDot(rest.slice(index[0].length)) : rest.slice(1),
        ];
    }
    if (!isMap(at)) return undefined;
    // A name may be written in brackets and quotes: values["a/b.c"].
    if (typeof rest === "string" && /^\["[^"]*"\]/.test(rest)) {
        return next(at, rest.replace(/^\["([^"]*)"\]/, "$1"));
    }
    const named = at.items
        .map(({ key, value }) => ({
            key,
            name: String(isScalar(key) ? key.value : ""),
            value: value as Node | undefined,
        }))
        .sort((a, b) => b.name.length - a.name.length);
    for (const { key, name, value } of named) {
        if (typeof rest !== "string") {
            if (rest[0] === name) return [key, value, rest.slice(1)];
        } else if (rest === name || (rest.startsWith(name) && /^[.[]/.test(rest.slice(name.length)))) {
            return [key, value, withoutDot(rest.slice(name.length))];
        }
    }
    return undefined;
}

function withoutDot(text: string): string {
    return text.startsWith(".") ? text.slice(1) : text;
}
