import type { PropertyMap, PropertyValue } from "./values";
import type { Hooks, Options, Registered } from "./registered";
import { packageOf, typeOf, urnOf, urnOfReference } from "./urn";
import type { Sent } from "./wire/message";
import { TransformResourceOptions, type Alias, type RegisterResourceRequest } from "./wire/monitor-messages";

export type Request = Sent<typeof RegisterResourceRequest>;

/**
 * The options of a registration before its transforms run: its own, and what it inherits from its parent, as the
 * engine hands down protect, retainOnDelete, deletedWith and the provider.
 */
export function optionsOf(request: Request, parent: Registered | undefined): Options {
    const inherited = parent?.options;
    const customOrRemote = request.custom || request.remote;
    return TransformResourceOptions.of({
        dependsOn: request.dependencies,
        protect: request.protect ?? inherited?.protect,
        ignoreChanges: request.ignorechanges,
        replaceOnChanges: request.replaceonchanges,
        version: request.version,
        aliases: [...request.aliasurns.map((urn) => ({ urn, spec: undefined })), ...request.aliases],
        provider: providerOf(request, parent, customOrRemote),
        customTimeouts: request.customtimeouts,
        pluginDownloadUrl: request.plugindownloadurl,
        retainOnDelete: request.retainondelete ?? inherited?.retainOnDelete,
        deletedWith: request.deletedwith || (inherited?.deletedWith ?? ""),
        deleteBeforeReplace:
            request.deletebeforereplacedefined || request.deletebeforereplace
                ? request.deletebeforereplace
                : undefined,
        additionalSecretOutputs: request.additionalsecretoutputs,
        providers: request.providers,
        hooks: request.hooks,
        import: request.importid,
        hideDiff: request.hidediffs,
        replaceWith: request.replaceWith,
        replacementTrigger: request.replacementTrigger,
    });
}

/** A resource's own provider, else its parent's for the same package, else one of the parent component's map. */
function providerOf(request: Request, parent: Registered | undefined, customOrRemote: boolean): string {
    const fromParent = parent?.options.provider ?? "";
    const own = request.provider;
    if (!customOrRemote) return own || fromParent;
    const wanted = packageOf(request.type);
    if (own !== "") return own;
    if (fromParent !== "" && packageOf(typeOf(urnOfReference(fromParent))) === wanted) return fromParent;
    return (
        request.providers[wanted] ??
        (parent?.custom === false ? parent.options.providers[wanted] : undefined) ??
        ""
    );
}

/** A component's providers, its parent's added; children find theirs there. */
export function withParentsProviders(
    options: Options,
    custom: boolean,
    parent: Registered | undefined,
): Options {
    if (custom || parent === undefined || parent.custom) return options;
    return { ...options, providers: { ...parent.options.providers, ...options.providers } };
}

/** The URNs that aliases stand for; what an alias leaves out is as the resource has it now. */
export function aliasUrns(
    aliases: readonly Sent<typeof Alias>[],
    resource: { type: string; name: string; parent: string },
    stack: string,
    project: string,
): readonly string[] {
    return aliases.map(({ urn, spec }) => {
        if (spec === undefined) return urn ?? "";
        const parent = spec.noparent === true ? "" : spec.parenturn || resource.parent;
        return urnOf(
            spec.stack || stack,
            spec.project || project,
            parent,
            spec.type || resource.type,
            spec.name || resource.name,
        );
    });
}

/** Provider resources carry the version of their plugin among their inputs, beside a mark of the engine's. */
export function withProviderVersion(inputs: PropertyMap, version: string): PropertyMap {
    if (version === "") return inputs;
    const internal: PropertyValue = inputs["__internal"] ?? {};
    return { ...inputs, __internal: internal, version };
}

export function hookNames(options: Options, moment: keyof Hooks): readonly string[] {
    return options.hooks?.[moment] ?? [];
}
