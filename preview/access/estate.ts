import { addTo } from "../../components/domain/grouped";
import { Secret, Unknown } from "../engine/values";
import type { PropertyMap, PropertyValue } from "../engine/values";
import type { RenderedResource, Rendering } from "../rendering";

const DOCUMENT = "strongroom:secrets:Document";
const CONSUMER = "strongroom:delivery:Consumer";

/** The resources of all renderings, found by type, by URN and by the document that they belong to. */
export class Estate {
    readonly #byType = new Map<string, RenderedResource[]>();
    readonly #byUrn = new Map<string, RenderedResource>();
    readonly #documentByPath = new Map<string, string>();
    readonly #environments = new Map<string, string>();

    constructor(renderings: readonly Rendering[]) {
        for (const { stack, environment, resources } of renderings) {
            // Parts of one environment, `prod.devplatform`, are one.
            this.#environments.set(stack, environment ?? stack.split(".")[0] ?? stack);
            // Registrations come in another order in each run, and what is told must not.
            for (const resource of resources.toSorted((a, b) => order(a.urn, b.urn))) {
                this.#byUrn.set(resource.urn, resource);
                addTo(this.#byType, resource.type, resource);
            }
        }
        for (const document of this.ofType(DOCUMENT)) {
            const { store, path } = document.inputs;
            if (typeof store === "string" && typeof path === "string") {
                this.#documentByPath.set(`${stackOf(document)} ${store} ${path}`, document.name);
            }
        }
    }

    /** Which stack declares a resource, and for which environment. */
    home({ urn }: Pick<RenderedResource, "urn">): { readonly stack: string; readonly environment: string } {
        const stack = stackOf({ urn });
        return { stack, environment: this.environment(stack) };
    }

    environment(stack: string): string {
        return this.#environments.get(stack) ?? stack;
    }

    types(): readonly string[] {
        return [...this.#byType.keys()];
    }

    /** In the order of URNs, by type. */
    ofType(...types: readonly string[]): readonly RenderedResource[] {
        return types.flatMap((type) => this.#byType.get(type) ?? []);
    }

    /** For types that come in versions or variants. */
    ofTypeLike(pattern: RegExp): readonly RenderedResource[] {
        return this.ofType(...this.types().filter((type) => pattern.test(type)));
    }

    get(urn: string | undefined): RenderedResource | undefined {
        return urn === undefined ? undefined : this.#byUrn.get(urn);
    }

    /** The one resource of these types that a property's value came from: for values that are unknown themselves. */
    source(resource: RenderedResource, property: string, ...types: string[]): RenderedResource | undefined {
        const sources = (resource.propertyDependencies[property] ?? []).flatMap((urn) => {
            const found = this.get(urn);
            return found !== undefined && types.includes(found.type) ? [found] : [];
        });
        return sources.length === 1 ? sources[0] : undefined;
    }

    /** The document that a store's entry belongs to: the component it stands under, or the one that names its path. */
    documentsOf(resource: RenderedResource, store: string, path: string): readonly string[] {
        const document =
            this.above(resource, DOCUMENT)?.name ??
            this.#documentByPath.get(`${stackOf(resource)} ${store} ${path}`);
        return document === undefined ? [] : [document];
    }

    /** The service account of the consumer that a resource stands under, as `<namespace>/<name>`. */
    serviceAccountOf(resource: RenderedResource | undefined): string | undefined {
        const consumer = resource && this.consumerOf(resource);
        const { namespace, serviceAccount } = consumer?.inputs ?? {};
        return typeof namespace === "string" && typeof serviceAccount === "string"
            ? `${namespace}/${serviceAccount}`
            : undefined;
    }

    /** The consumer component that a resource stands under. */
    consumerOf(resource: RenderedResource): RenderedResource | undefined {
        return this.above(resource, CONSUMER);
    }

    above(resource: RenderedResource, type: string): RenderedResource | undefined {
        let above = this.get(resource.parent);
        while (above !== undefined && above.type !== type) above = this.get(above.parent);
        return above;
    }
}

/** The stack of a URN: `prod` of `urn:pulumi:prod::strongroom::…`. */
export const stackOf = ({ urn }: { readonly urn: string }): string => urn.split("::")[0]?.split(":")[2] ?? "";

/** A resource as a finding names it. */
export const placeOf = ({ type, name }: RenderedResource): string => `${type} '${name}'`;

/**
 * A property as the evaluation sees it: the input, or the known output where the input is not known or not given.
 * An output that is unknown for want of an input says nothing: the cloud computes it, and it grants nothing of ours.
 * Secrets are opened: never print what it returns.
 */
export function opened(resource: RenderedResource, property: string): PropertyValue | undefined {
    const input = open(resource.inputs[property]);
    if (input !== undefined && !(input instanceof Unknown)) return input;
    const output = open(resource.outputs[property]);
    return output instanceof Unknown ? input : (output ?? input);
}

function open(value: PropertyValue | undefined): PropertyValue | undefined {
    return value instanceof Secret ? open(value.reveal()) : value;
}

/** The property where it is a known string that is no secret: fit for being a name in the matrix. */
export function nameOf(resource: RenderedResource, property: string): string | undefined {
    for (const value of [resource.outputs[property], resource.inputs[property]]) {
        if (typeof value === "string") return value;
    }
    return undefined;
}

/** A plain object: not a list, and none of the kinds of value that JSON has no word for. */
export const isMap = (value: unknown): value is PropertyMap =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);

/** One string or a list of them, as JSON policies and tags have it; undefined where anything else is in it. */
export function strings(value: PropertyValue | undefined): readonly string[] | undefined {
    const bare = open(value);
    const list = Array.isArray(bare) ? (bare as readonly PropertyValue[]).map(open) : [bare];
    return list.every((each) => typeof each === "string") ? list : undefined;
}

/** True if there is an unknown anywhere in it. */
export function hasUnknown(value: PropertyValue | undefined): boolean {
    const bare = open(value);
    if (bare instanceof Unknown) return true;
    if (Array.isArray(bare)) return bare.some(hasUnknown);
    return isMap(bare) && Object.values(bare).some(hasUnknown);
}

/** Code-unit order, the same on every machine. */
export const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A plain object, or an empty one where it is none. */
export const mapOf = (value: PropertyValue | undefined): PropertyMap => {
    const bare = open(value);
    return isMap(bare) ? bare : {};
};

/** A list, or an empty one where it is none. */
export const listOf = (value: PropertyValue | undefined): readonly PropertyValue[] => {
    const bare = open(value);
    return Array.isArray(bare) ? (bare as readonly PropertyValue[]) : [];
};

/** Tags or labels whose values are known. */
export function textsOf(value: PropertyValue | undefined): ReadonlyMap<string, string> {
    const pairs = Object.entries(mapOf(value)).map(([key, each]) => [key, open(each)] as const);
    return new Map(pairs.filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}
