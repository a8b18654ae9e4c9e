import type { PropertyMap } from "../../preview/engine/values";
import type { RenderedResource, Rendering } from "../../preview/rendering";
import { ROOT, type RealPreview, type RealState } from "./real-engine";

/** How the engine's JSON writes a value that only a deployment can tell. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** How it writes a secret among the outputs: a signature, a mark, and what stands for the value. */
const SECRET_OBJECT = /\{"4dabf18193072939515e22adb298388d":"[0-9a-f]+","ciphertext":"\[secret\]"\}/g;
/** The end of a name that the Kubernetes provider makes. */
const AUTONAME = /-[0-9a-f]{8}("[,}])/g;
const [SECRET_TEXT, UNKNOWN_TEXT] = ["[secret]", "[unknown]"];

/** By URN, what both previews say of a resource in one form. */
export type Compared = Readonly<Record<string, unknown>>;

/** What is compared of one preview. */
export interface Comparable {
    readonly resources: Compared;
    /** Of the stack. */
    readonly outputs: Compared;
    readonly violations: readonly string[];
    readonly diagnostics: readonly string[];
}

export function fromOurs(rendering: Rendering): Comparable {
    const { resources, outputs, violations, diagnostics } = rendering;
    const root = resources[0]?.urn ?? "";
    // Default providers do not show up among the steps of the engine's preview.
    const shown = resources.filter(
        ({ type, name }) => !(type.startsWith("pulumi:providers:") && name.startsWith("default")),
    );
    return {
        resources: byUrn(shown.map((resource) => [resource.urn, ourResource(resource)])),
        outputs: plain(outputs),
        violations: violations
            .map(({ urn, policy, level, description, message, undecided }) =>
                // The engine only says what can't be decided; this preview counts it at the policy's level.
                undecided === true
                    ? line(urn ?? root, policy, "advisory", message)
                    : line(urn ?? root, policy, level, `${description}\n${message}`),
            )
            .sort(),
        diagnostics: diagnostics
            .filter(({ message }) => !REMEDIATED.test(message))
            .map(({ severity, urn = "", message }) => line(severity, urn, ofProgram(message)))
            .sort(),
    };
}

export function fromReal({ states, outputs, violations, diagnostics }: RealPreview): Comparable {
    return {
        resources: byUrn(states.map((state) => [state.urn, realResource(state)])),
        outputs: plain(outputs),
        violations: violations
            .map(({ urn, policy, level, message }) => line(urn, policy, level, message))
            .sort(),
        diagnostics: diagnostics
            .filter(({ message }) => !SUMMARY.test(message))
            .map(({ severity, urn, message }) => line(severity, urn, ofProgram(message)))
            .sort(),
    };
}

/** The engine has an event of its own for this. */
const REMEDIATED = /^Policy '.*' changed inputs$/;
/** Said beside what went wrong itself. */
const SUMMARY = /^preview failed\n?$/;

const line = (...parts: readonly string[]): string => parts.join(" | ");

/**
 * Frames of Node and of packages are not shown by the offline preview, the copy of the program lies elsewhere, and the
 * engine adds the words of its own gRPC client.
 */
function ofProgram(message: string): string {
    return message
        .replaceAll(/\/\S*\/strongroom-engine-[^/]+\//g, "<root>/")
        .replaceAll(`${ROOT}/`, "<root>/")
        .split("\n")
        .filter((text) => !/^\s+at .*(node:|\/node_modules\/|[/>]\/?startup\/)/.test(text))
        .join("\n")
        .replaceAll("invoke transform: rpc error: code = Unknown desc = ", "")
        .replaceAll(" {\n  promise", "\n  promise")
        .trimEnd();
}

/**
 * Not there: aliases, which the engine keeps for what it has renamed only; deleteBeforeReplace and importId, which no
 * step tells; and hooks and hidden diffs, which a rendering does not have.
 */
function ourResource(resource: RenderedResource): object {
    const { custom, type, read, parent, provider, dependencies, propertyDependencies, options } = resource;
    const { protect, retainOnDelete, deletedWith, customTimeouts } = options;
    const { ignoreChanges, replaceOnChanges, additionalSecretOutputs } = options;
    return {
        ...{ custom, type, parent, provider, protect, retainOnDelete, deletedWith },
        ...{ ignoreChanges, replaceOnChanges, additionalSecretOutputs },
        customTimeouts: customTimeouts === undefined ? undefined : inSeconds(customTimeouts),
        external: read ? true : undefined,
        inputs: withoutInternal(resource.inputs),
        dependencies: read ? [] : dependencies,
        propertyDependencies: read ? {} : sorted(propertyDependencies),
    };
}

function realResource(state: RealState): object {
    const { custom, type, parent, provider, dependencies, propertyDependencies } = state;
    const { protect, retainOnDelete, deletedWith, customTimeouts, external } = state;
    const { ignoreChanges, replaceOnChanges, additionalSecretOutputs } = state;
    return {
        ...{ custom, type, parent, protect, retainOnDelete, deletedWith, customTimeouts, external },
        ...{ ignoreChanges, replaceOnChanges, additionalSecretOutputs },
        provider: provider?.slice(0, provider.lastIndexOf("::")),
        inputs: withoutInternal(state.inputs ?? {}),
        dependencies: [...(dependencies ?? [])].sort(),
        propertyDependencies: sorted(propertyDependencies ?? {}),
    };
}

function byUrn(entries: readonly (readonly [string, object])[]): Compared {
    return plain(Object.fromEntries(entries));
}

/** Without what is undefined, and with one word each for what is unknown, secret or drawn. */
function plain(value: object): Compared {
    const text = JSON.stringify(value)
        .replaceAll(UNKNOWN, UNKNOWN_TEXT)
        .replaceAll(SECRET_OBJECT, `"${SECRET_TEXT}"`)
        .replaceAll(AUTONAME, "-<drawn>$1");
    return JSON.parse(text) as Compared;
}

function sorted(dependencies: Readonly<Record<string, readonly string[] | null>>) {
    return Object.fromEntries(
        Object.entries(dependencies).map(([property, urns]) => [property, [...(urns ?? [])].sort()]),
    );
}

/** Where the engine notes the plugin of a provider. */
function withoutInternal(inputs: PropertyMap | Readonly<Record<string, unknown>>): object {
    return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== "__internal"));
}

/** `1h30m` as 5400. */
function inSeconds(timeouts: Readonly<Record<string, string>>): Record<string, number> {
    const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };
    const all = Object.entries(timeouts).map(([name, text]) => [
        name,
        [...text.matchAll(/(\d+)([hms])/g)].reduce(
            (sum, [, amount, unit = "s"]) => sum + Number(amount) * (seconds[unit] ?? 0),
            0,
        ),
    ]);
    return Object.fromEntries(all) as Record<string, number>;
}

/**
 * Each place where two values differ, as `place: theirs -> ours`. A secret is compared by being one: the engine's JSON
 * does not tell more.
 */
export function differences(theirs: unknown, ours: unknown, place = ""): string[] {
    if (theirs === ours || (theirs === SECRET_TEXT && ours === SECRET_TEXT)) return [];
    if (!isObject(theirs) || !isObject(ours) || Array.isArray(theirs) !== Array.isArray(ours)) {
        return [`${place}: ${JSON.stringify(theirs)} -> ${JSON.stringify(ours)}`];
    }
    const keys = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
    return [...keys].sort().flatMap((key) => {
        const short = key.startsWith("urn:") ? key.slice(key.lastIndexOf(":") + 1) : key;
        return differences(theirs[key], ours[key], place === "" ? short : `${place}.${short}`);
    });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null;
}
