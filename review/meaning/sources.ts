import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import type { SourcePlace } from "../review";
import type { SnapshotResource, StackSnapshot } from "../snapshot";
import { textOf } from "./declared";

/** The names that lead from a platform's object to what is declared there. */
type Names = readonly string[];

/**
 * Where in the catalogue a resource of a platform is declared: its document, field or consumer, else the platform.
 * Reads the head's files, and only those that are asked for; loads the compiler, so load this module when there is
 * something to look for.
 *
 * @param directory the project's folder.
 * @param prefix what leads there from the root of the repository, with a slash at the end; "" where they are one.
 * @returns undefined for what no platform declares, and where a file is not written as expected: no line is better than
 *     a wrong one.
 */
export function catalogueSources(
    directory: string,
    prefix = "",
): (urn: string, stack: StackSnapshot) => SourcePlace | undefined {
    const objects = new Map<string, PlatformSource | undefined>();
    const stacks = new WeakMap<StackSnapshot, ReadonlyMap<string, SnapshotResource>>();
    return (urn, stack) => {
        const byUrn = stacks.get(stack) ?? new Map(stack.resources.map((each) => [each.urn, each]));
        stacks.set(stack, byUrn);
        const declared = placeOf(byUrn.get(urn), byUrn);
        if (declared === undefined) return undefined;
        const [platform, names] = declared;
        const file = `stacks/catalogue/${platform}.ts`;
        if (!objects.has(file)) objects.set(file, platformIn(path.join(directory, file), platform));
        const line = objects.get(file)?.lineOf(names);
        return line === undefined ? undefined : { file: `${prefix}${file}`, line };
    };
}

const COMPONENTS: Readonly<Record<string, "documents" | "consumers">> = {
    "strongroom:secrets:Document": "documents",
    "strongroom:delivery:Consumer": "consumers",
};

/** The platform that declares a resource, and the way to it from there. */
function placeOf(
    resource: SnapshotResource | undefined,
    byUrn: ReadonlyMap<string, SnapshotResource>,
): readonly [platform: string, names: Names] | undefined {
    for (let at = resource; at !== undefined; at = byUrn.get(at.parent ?? "")) {
        if (at.type === "strongroom:stacks:Platform") return [at.name, []];
        const part = COMPONENTS[at.type];
        const platform = textOf(at.inputs["platform"]);
        const name = textOf(at.inputs[part === "documents" ? "document" : "consumer"]);
        if (part === undefined || platform === undefined || name === undefined) continue;
        // A drawn value has its field's name in its own: `shop/db.password-g3`.
        const [, field] = /^\.(.+)-g\d+$/.exec((resource?.name ?? "").slice(at.name.length)) ?? [];
        const isField =
            part === "documents" && field !== undefined && resource?.name.startsWith(at.name) === true;
        return [platform, [part, name, ...(isField ? ["fields", field] : [])]];
    }
    return undefined;
}

interface PlatformSource {
    /** From 1; undefined where one of the names is not there, or there twice. */
    readonly lineOf: (names: Names) => number | undefined;
}

function platformIn(file: string, platform: string): PlatformSource | undefined {
    if (!existsSync(file)) return undefined;
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
    const found = source.statements
        .filter(ts.isVariableStatement)
        .flatMap(({ declarationList }) => declarationList.declarations)
        .filter(({ initializer }) => isNamed(initializer, platform));
    const [declaration] = found;
    if (declaration?.initializer === undefined || found.length > 1) return undefined;
    const { initializer } = declaration;
    const lineAt = (node: ts.Node): number =>
        source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    return {
        lineOf: (names) => {
            let at: ts.Node = declaration;
            let value: ts.Expression | undefined = initializer;
            for (const name of names) {
                const next = propertyOf(value, name);
                if (next === undefined) return undefined;
                [at, value] = [next, next.initializer];
            }
            return lineAt(at);
        },
    };
}

function isNamed(expression: ts.Expression | undefined, name: string): boolean {
    const value = propertyOf(expression, "name")?.initializer;
    return value !== undefined && ts.isStringLiteral(value) && value.text === name;
}

function propertyOf(expression: ts.Expression | undefined, name: string): ts.PropertyAssignment | undefined {
    if (expression === undefined || !ts.isObjectLiteralExpression(expression)) return undefined;
    const found = expression.properties
        .filter(ts.isPropertyAssignment)
        .filter(({ name: own }) => (ts.isIdentifier(own) || ts.isStringLiteral(own)) && own.text === name);
    return found.length === 1 ? found[0] : undefined;
}
