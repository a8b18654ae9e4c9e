import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { isMap, isScalar, type Node, type Pair, type YAMLMap } from "yaml";

import { suggest } from "../../components/domain/problems";
import type { Project } from "./types";
import { YamlFile } from "./yaml-file";

/** @see The Pulumi project file reference. */
const FIELDS = [
    "name",
    "runtime",
    "main",
    "description",
    "author",
    "website",
    "license",
    "config",
    "stackConfigDir",
    "template",
    "backend",
    "options",
    "plugins",
    "packages",
];
const RUNTIME_OPTIONS = ["typescript", "nodeargs", "packagemanager", "tsconfig", "nodePath"];

/** Reads Pulumi.yaml; its mistakes are in `file.problems`. */
export function readProject(directory: string): {
    project: Project;
    file: YamlFile;
    declared: YAMLMap | undefined;
} {
    const file = new YamlFile(path.join(directory, "Pulumi.yaml"), directory);
    const fields = fieldsOf(file, file.contents, FIELDS, "Pulumi.yaml");
    const name = textOf(file, fields.get("name"), "name");
    if (file.contents !== null && name === undefined)
        file.problems.add(file.name, "the field 'name' is required");
    const runtime = fields.get("runtime")?.value as Node | null | undefined;
    const runtimeFields = isMap(runtime)
        ? fieldsOf(file, runtime, ["name", "options"], "runtime")
        : undefined;
    const runtimeName = isScalar(runtime)
        ? String(runtime.value)
        : textOf(file, runtimeFields?.get("name"), "runtime.name");
    if (file.contents !== null && runtimeName !== "nodejs") {
        file.problems.add(file.at(runtime), "an offline preview runs programs with 'runtime: nodejs' only");
    }
    const options = fieldsOf(
        file,
        runtimeFields?.get("options")?.value as Node,
        RUNTIME_OPTIONS,
        "runtime.options",
    );
    const typescript = options.get("typescript")?.value;
    const tsconfig = textOf(file, options.get("tsconfig"), "runtime.options.tsconfig");
    const declared = fields.get("config")?.value;
    const { programDirectory, entryPoint } = programOf(file, directory, fields.get("main"));
    const project: Project = {
        directory,
        name: name ?? "",
        programDirectory,
        entryPoint,
        nodeArguments: splitArguments(
            textOf(file, options.get("nodeargs"), "runtime.options.nodeargs") ?? "",
        ),
        typescript: !(isScalar(typescript) && typescript.value === false),
        ...(tsconfig === undefined ? {} : { tsconfig }),
        stacks: stacksIn(directory),
    };
    return { project, file, declared: isMap(declared) ? declared : undefined };
}

/** The fields of a map by name; one that nobody knows is a mistake. */
export function fieldsOf(
    file: YamlFile,
    node: Node | null | undefined,
    allowed: readonly string[],
    subject: string,
): ReadonlyMap<string, Pair> {
    const fields = new Map<string, Pair>();
    if (!isMap(node)) {
        if (node !== null && node !== undefined && !(isScalar(node) && node.value === null)) {
            file.problems.add(file.at(node), `'${subject}' must hold fields ('name: value')`);
        }
        return fields;
    }
    for (const pair of node.items) {
        const name = isScalar(pair.key) ? String(pair.key.value) : "";
        if (allowed.includes(name)) fields.set(name, pair);
        else
            file.problems.add(
                file.at(pair.key),
                `there is no field '${name}' in ${subject}`,
                suggest(name, allowed),
            );
    }
    return fields;
}

function textOf(file: YamlFile, pair: Pair | undefined, name: string): string | undefined {
    if (pair === undefined) return undefined;
    if (isScalar(pair.value) && typeof pair.value.value === "string") return pair.value.value;
    file.problems.add(file.at(pair.key), `'${name}' must be a text`);
    return undefined;
}

/** `main` names a directory, or a file in it that is to be run. */
function programOf(
    file: YamlFile,
    directory: string,
    main: Pair | undefined,
): { programDirectory: string; entryPoint: string } {
    const text = textOf(file, main, "main");
    if (text === undefined) return { programDirectory: directory, entryPoint: "." };
    const target = path.resolve(directory, text);
    const isDirectory = statSync(target, { throwIfNoEntry: false })?.isDirectory();
    if (isDirectory === undefined) {
        file.problems.add(file.at(main?.value), `'main' names '${text}', which does not exist`);
    }
    return isDirectory === false
        ? { programDirectory: path.dirname(target), entryPoint: path.basename(target) }
        : { programDirectory: target, entryPoint: "." };
}

function stacksIn(directory: string): readonly string[] {
    return readdirSync(directory)
        .map((file) => /^Pulumi\.([\w.-]+)\.yaml$/.exec(file)?.[1])
        .filter((name) => name !== undefined)
        .sort();
}

/** As a shell splits words, quotes included. */
function splitArguments(text: string): readonly string[] {
    return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
        ([, double, single, bare]) => double ?? single ?? bare ?? "",
    );
}
