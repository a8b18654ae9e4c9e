import { elsewhere } from "../support/mutations";

/** What is done to a value, in words. */
type Kind =
    | "the other environment's"
    | "a wildcard"
    | "with a wildcard"
    | "the contrary"
    | "zero"
    | "a thousand times"
    | "empty"
    | "gone";

/** One change to one place of a resource's properties. */
export interface Edit {
    /** `policy#Statement.0.Action`: names and places in lists, and `#` where a JSON text begins. */
    readonly path: string;
    readonly kind: Kind;
    readonly apply: (props: unknown) => unknown;
}

/** What says nothing of security: words for people, and what is only ever repeated. */
const OTHER =
    /(?:^|[.#])(?:description|displayName|apiVersion|kind|annotations\["strongroom|__internal|version|keepers|Sid)|app\.kubernetes\.io|managed-by|\["?strongroom\.io\/platform|tags\.platform|labels\.platform|(?:tags|labels|data)\.(?:due|rotated|generations)$|^data\.[A-Z]/;

/** Every edit of every place that may matter. */
export function editsOf(props: unknown): Edit[] {
    return placesOf(props, "").filter(({ path }) => path !== "" && !OTHER.test(path));
}

function placesOf(value: unknown, path: string): Edit[] {
    const own = changesOf(value).map(([kind, after]): Edit => ({ path, kind, apply: () => after }));
    if (typeof value === "string") {
        const document = parsed(value);
        if (document === undefined) return own;
        // A document that is taken away or replaced as a whole is the place itself.
        const within = placesOf(document, `${path}#`).map((edit) => ({
            ...edit,
            apply: () => JSON.stringify(edit.apply(document)),
        }));
        return [
            ...own.filter(({ kind }) => kind === "gone"),
            ...within.filter((edit) => edit.path !== `${path}#`),
        ];
    }
    if (typeof value !== "object" || value === null) return own;
    const list = Array.isArray(value);
    return [
        ...own,
        ...Object.entries(value).flatMap(([key, item]) =>
            placesOf(item, join(path, key, list)).map((edit) => ({
                ...edit,
                apply: () => replaced(value, key, edit.apply(item)),
            })),
        ),
    ];
}

/** What may stand there instead: nothing, a wildcard, the other environment, the other truth, zero, an empty list. */
function changesOf(value: unknown): [kind: Kind, after: unknown][] {
    const gone: [Kind, unknown] = ["gone", undefined];
    if (typeof value === "boolean") return [gone, ["the contrary", !value]];
    if (typeof value === "number")
        return value === 0 ? [gone] : [gone, ["zero", 0], ["a thousand times", value * 1000]];
    if (Array.isArray(value))
        return [gone, ["empty", []], ["with a wildcard", [...(value as unknown[]), "*"]]];
    if (typeof value === "object") return [gone, ["empty", {}]];
    if (typeof value !== "string") return [gone];
    const moved = elsewhere(value);
    const wide: [Kind, unknown][] = value === "*" ? [] : [["a wildcard", "*"]];
    return [
        gone,
        ...wide,
        ...(moved === value ? [] : [["the other environment's", moved] as [Kind, unknown]]),
    ];
}

function replaced(value: object, key: string, after: unknown): unknown {
    if (Array.isArray(value)) {
        const items = value as unknown[];
        return after === undefined
            ? items.filter((_, i) => i !== Number(key))
            : items.map((item, i) => (i === Number(key) ? after : item));
    }
    const others = Object.entries(value).filter(([name]) => name !== key);
    return Object.fromEntries(after === undefined ? others : [...others, [key, after]]);
}

function join(path: string, key: string, list: boolean): string {
    if (!list && !/^[\w-]+$/.test(key)) return `${path}["${key}"]`;
    return path === "" || path.endsWith("#") ? path + key : `${path}.${key}`;
}

function parsed(text: string): object | undefined {
    try {
        const value: unknown = JSON.parse(text);
        return typeof value === "object" && value !== null ? value : undefined;
    } catch {
        return undefined;
    }
}
