import type { RenderedResource, ResourceOptions } from "../rendering";
import type { PropertyMap } from "./values";
import type { Callback, ResourceHooksBinding, TransformResourceOptions } from "./wire/monitor-messages";
import type { Sent } from "./wire/message";

export type Options = Sent<typeof TransformResourceOptions>;
export type Hooks = Sent<typeof ResourceHooksBinding>;
export type CallbackReference = Sent<typeof Callback>;

/** A resource of the stack, and what its children inherit from it. */
export interface Registered {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly custom: boolean;
    readonly read: boolean;
    /** URN, or "" for the stack and for default providers. */
    readonly parent: string;
    /** Reference to the provider (URN and id), or "" where there is none. */
    readonly provider: string;
    /** "" where only a deployment can tell. */
    id: string;
    inputs: PropertyMap;
    outputs: PropertyMap;
    readonly dependencies: readonly string[];
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
    readonly options: Options;
    /** URNs, from the aliases as they were given. */
    readonly aliases: readonly string[];
    readonly transforms: readonly CallbackReference[];
}

/** The options that differ from their default, for people and for comparing. */
export function renderedOptions(registered: Registered): ResourceOptions {
    const { options } = registered;
    const timeouts = Object.entries(options.customTimeouts ?? {}).filter(([, period]) => period !== "");
    const rendered: Record<keyof ResourceOptions, ResourceOptions[keyof ResourceOptions]> = {
        protect: options.protect === true ? true : undefined,
        retainOnDelete: options.retainOnDelete === true ? true : undefined,
        deletedWith: options.deletedWith || undefined,
        deleteBeforeReplace: options.deleteBeforeReplace,
        ignoreChanges: unlessEmpty(options.ignoreChanges),
        replaceOnChanges: unlessEmpty(options.replaceOnChanges),
        additionalSecretOutputs: unlessEmpty(options.additionalSecretOutputs),
        aliases: unlessEmpty(registered.aliases),
        customTimeouts: timeouts.length === 0 ? undefined : Object.fromEntries(timeouts),
        importId: options.import || undefined,
        version: options.version || undefined,
    };
    return Object.fromEntries(Object.entries(rendered).filter(([, value]) => value !== undefined));
}

function unlessEmpty(items: readonly string[]): readonly string[] | undefined {
    return items.length === 0 ? undefined : items;
}

export function rendered(registered: Registered, outputs: PropertyMap): RenderedResource {
    const { urn, type, name, id, custom, read, parent, provider, inputs, propertyDependencies } = registered;
    return {
        urn,
        type,
        name,
        ...(id === "" ? {} : { id }),
        custom,
        read,
        ...(parent === "" ? {} : { parent }),
        ...(provider === "" ? {} : { provider: provider.slice(0, provider.lastIndexOf("::")) }),
        inputs,
        outputs,
        dependencies: [...registered.dependencies].sort(),
        propertyDependencies,
        options: renderedOptions(registered),
    };
}
