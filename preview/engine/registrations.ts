import type { Callbacks } from "./callbacks";
import { defaultProvider, isDenied, referenceTo } from "./default-providers";
import { runHooks, type Hook } from "./hooks";
import { checkedObject } from "./kubernetes-check";
import { aliasUrns, optionsOf, withParentsProviders, withProviderVersion, type Request } from "./options";
import type { Outputs } from "./outputs";
import type { CallbackReference, Options, Registered } from "./registered";
import { CallError, Status } from "./rpc";
import type { StackState } from "./stack-state";
import { transform, transformsFor } from "./transforms";
import { packageOf, providerPackageOf, urnOf, urnOfReference } from "./urn";
import type { PropertyMap } from "./values";
import { UNKNOWN_STRING, type PropertyDependencies } from "./wire/properties";

/** Policies, as registrations meet them. */
export interface Review {
    /** True once it is known that a policy may change inputs; the answer to a registration then waits for it. */
    remediates(): Promise<boolean>;
    /** Lets the policies see a resource; resolves to its inputs, changed where a policy remediated them. */
    resource(registered: Registered, provider: Registered | undefined): Promise<PropertyMap>;
}

export interface Answer {
    readonly urn: string;
    readonly id?: string;
    readonly object?: PropertyMap;
}

/** What becomes of a registration, as the engine would decide it for a resource that does not exist yet. */
export class Registrations {
    readonly hooks = new Map<string, Hook>();
    readonly stackTransforms: CallbackReference[] = [];

    constructor(
        readonly state: StackState,
        readonly review: Review | undefined,
        readonly outputs: Outputs,
        readonly callbacks: Callbacks,
    ) {}

    async register(request: Request): Promise<Answer> {
        if (request.remote) throw remoteComponent(request);
        const { state } = this;
        const parent = this.#parentOf(request.parent);
        const own = request.transforms;
        const transforms = transformsFor(own, parent, state.resources, this.stackTransforms);
        const asSent = {
            type: request.type,
            name: request.name,
            custom: request.custom,
            parent: request.parent,
            properties: request.object ?? {},
            propertyDependencies: dependenciesByProperty(request),
            options: optionsOf(request, parent),
        };
        const draft =
            transforms.length === 0
                ? asSent
                : await transform(asSent, transforms, own.length > 0, this.callbacks);
        const options = withParentsProviders(draft.options, request.custom, parent);
        const isProvider = providerPackageOf(request.type) !== undefined;
        const { stack, project } = state.identity;
        const urn = urnOf(stack, project, request.parent, request.type, request.name);
        const provider =
            request.custom && !isProvider
                ? options.provider || this.#defaultProvider(urn, request.type, options)
                : "";
        const inputs = checkedInputs(urn, request, draft.properties, options.version);
        const registered: Registered = {
            urn,
            type: request.type,
            name: request.name,
            custom: request.custom,
            read: false,
            parent: request.parent,
            provider,
            id: "",
            inputs,
            outputs: inputs,
            dependencies: options.dependsOn,
            propertyDependencies: sortedDependencies(draft.propertyDependencies, draft.properties),
            options: { ...options, provider },
            aliases: aliasUrns(options.aliases, request, stack, project),
            transforms: own,
        };
        if (!state.add(registered)) return this.#answer(registered, "");
        await this.#reviewed(registered);
        await runHooks("beforeCreate", registered, undefined, this.hooks, this.callbacks, state);
        if (!request.custom) return { urn: registered.urn, object: {} };
        const created = this.#created(registered);
        registered.outputs = created.outputs;
        if (!isProvider) registered.id = created.id;
        await runHooks("afterCreate", registered, created.outputs, this.hooks, this.callbacks, state);
        return this.#answer(registered, created.id);
    }

    /** None where it is denied: told as an error, after which the next resource may have the same mistake. */
    #defaultProvider(urn: string, type: string, options: Options): string {
        const packageName = packageOf(type);
        if (!isDenied(this.state.identity, packageName))
            return this.defaultProviderFor(packageName, options.version, options.pluginDownloadUrl);
        this.state.error(denied(packageName, urn), urn);
        return "";
    }

    /** The reference to a default provider, which is registered at its first use. */
    defaultProviderFor(packageName: string, version: string, downloadUrl: string): string {
        if (isDenied(this.state.identity, packageName))
            throw new CallError(denied(packageName, "What is read or called"));
        const provider = defaultProvider(this.state.identity, packageName, version, downloadUrl);
        if (!this.state.resources.has(provider.urn)) {
            this.state.add(provider);
            // Nobody waits for it: a provider's inputs are not the program's, and policies only look at it.
            void this.#reviewed(provider);
        }
        return referenceTo(provider.urn);
    }

    /**
     * Shows the policies a reference to another stack. The engine shows them nothing that is read (pulumi#3950), so
     * that this preview alone can refuse one before a deployment.
     */
    reviewReference(reference: Registered): void {
        void this.#reviewed(reference);
    }

    /** Shows a resource to the policies; waits only where they could change what the program gets back. */
    async #reviewed(registered: Registered): Promise<void> {
        if (this.review === undefined) return;
        const provider = this.state.resources.get(urnOfReference(registered.provider));
        const reviewed = this.review.resource(registered, provider).then((inputs) => {
            if (inputs === registered.inputs) return;
            registered.inputs = inputs;
            if (!registered.custom) registered.outputs = inputs;
        });
        if (registered.custom && (await this.review.remediates())) await reviewed;
    }

    #created(registered: Registered): { id: string; outputs: PropertyMap } {
        if (providerPackageOf(registered.type) !== undefined) {
            return { id: UNKNOWN_STRING, outputs: registered.inputs };
        }
        const provider = this.state.resources.get(urnOfReference(registered.provider));
        return this.outputs.ofCreate(registered, provider?.inputs ?? {});
    }

    #answer(registered: Registered, id: string): Answer {
        return { urn: registered.urn, id, object: registered.outputs };
    }

    #parentOf(urn: string): Registered | undefined {
        if (urn === "") return undefined;
        const parent = this.state.resources.get(urn);
        if (parent === undefined) throw new CallError(`could not find parent resource ${urn}`);
        return parent;
    }
}

/** What becomes of the inputs before anybody sees them. */
function checkedInputs(urn: string, request: Request, inputs: PropertyMap, version: string): PropertyMap {
    const { type, name, custom } = request;
    if (!custom) return inputs;
    if (providerPackageOf(type) !== undefined) return withProviderVersion(inputs, version);
    return packageOf(type) === "kubernetes" ? checkedObject(urn, name, inputs) : inputs;
}

function denied(packageName: string, user: string): string {
    return `Default provider for '${packageName}' disabled. '${user}' must use an explicit provider.`;
}

function remoteComponent(request: Request): CallError {
    return new CallError(
        `'${request.type}' is expanded by its provider plugin, which an offline preview does not start. ` +
            `Declare its objects as resources of the program, or preview this stack with 'pulumi preview'`,
        Status.unimplemented,
    );
}

/** A program that does not say what each property depends on means: on everything. */
function dependenciesByProperty(request: Request): PropertyDependencies {
    const named = Object.entries(request.propertydependencies);
    if (named.length > 0) return Object.fromEntries(named.map(([property, { urns }]) => [property, urns]));
    return Object.fromEntries(
        Object.keys(request.object ?? {}).map((property) => [property, request.dependencies]),
    );
}

function sortedDependencies(dependencies: PropertyDependencies, inputs: PropertyMap): PropertyDependencies {
    const sorted: Record<string, readonly string[]> = {};
    for (const [property, urns] of Object.entries(dependencies)) {
        sorted[property] = urns.length < 2 ? urns : [...urns].sort();
    }
    for (const property of Object.keys(inputs)) sorted[property] ??= [];
    return sorted;
}
