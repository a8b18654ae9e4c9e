import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Property names, by whether inputs can hold them. */
export interface SdkOutputs {
    /** Only a cloud gives these. */
    readonly computed: readonly string[];
    /** May be given; a cloud chooses where they are not. */
    readonly chosen: readonly string[];
}

const NONE: SdkOutputs = { computed: [], chosen: [] };

/**
 * Which outputs a resource type has, read from the source of its class in the installed SDK: it marks what is an
 * output only, and its declarations say which properties are never undefined.
 */
export class SdkTypes {
    readonly #require: NodeJS.Require;
    readonly #known = new Map<string, SdkOutputs>();

    constructor(programDirectory: string) {
        this.#require = createRequire(`${programDirectory}/package.json`);
    }

    outputsOf(type: string): SdkOutputs {
        let outputs = this.#known.get(type);
        if (outputs === undefined) {
            outputs = this.#read(type);
            this.#known.set(type, outputs);
        }
        return outputs;
    }

    #read(type: string): SdkOutputs {
        const path = modulePath(type);
        if (path === undefined) return NONE;
        try {
            const file = this.#require.resolve(path);
            const source = readFileSync(file, "utf8");
            const computed = names(source, /resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g);
            const inputs = names(source, /resourceInputs\["(\w+)"\] = \(?args/g);
            const declarations =
                readFileSync(file.replace(/\.js$/, ".d.ts"), "utf8").split("\nexport interface", 1)[0] ?? "";
            const declared = [...declarations.matchAll(/readonly (\w+): pulumi\.Output<(.*)>;/g)];
            const always = new Set(
                declared.filter(([, , of]) => !of?.endsWith("| undefined")).map(([, name]) => name),
            );
            return { computed, chosen: inputs.filter((name) => always.has(name)) };
        } catch {
            // A type of no installed SDK, e.g. of a custom resource definition: nothing is known of its outputs.
            return NONE;
        }
    }
}

function names(source: string, pattern: RegExp): string[] {
    return [...new Set([...source.matchAll(pattern)].map(([, name]) => name ?? ""))];
}

/** Where the SDK of a package has the class: `aws:iam/role:Role` in `@pulumi/aws/iam/role`. */
function modulePath(type: string): string | undefined {
    const [packageName = "", module = "", name = ""] = type.split(":");
    if (packageName === "" || name === "" || packageName === "pulumi") return undefined;
    if (packageName === "kubernetes") {
        const [group = "", version = ""] = module.split("/");
        const directory = group.split(".", 1)[0] ?? "";
        return `@pulumi/kubernetes/${directory}/${version}/${name.charAt(0).toLowerCase()}${name.slice(1)}.js`;
    }
    const inPackage = module.startsWith("index/") ? module.slice("index/".length) : module;
    return `@pulumi/${packageName}/${inPackage}.js`;
}
