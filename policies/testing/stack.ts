import type { PolicyResource, Policies, StackValidationPolicy } from "@pulumi/policy";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import type { Facts } from "../facts";
import { policies } from "../pack";
import type { Sketch } from "./case";
import { analyze, analyzeStack, withSettings } from "./handlers";
import { optionsOf, providerOf, structOf } from "./request";

/** A resource of a whole stack, as the engine tells it. */
export interface StackResource extends Pick<Sketch, "protect" | "ignoreChanges" | "provider"> {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** What rules about one resource see. */
    readonly inputs: Sketch["props"];
    /** What rules about the stack see: the inputs, and what is known of what a cloud adds. */
    readonly outputs: Sketch["props"];
    /** URN */
    readonly parent?: string | undefined;
    /** URNs of what a property was computed from. */
    readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

/** What a policy of the pack says. */
export interface Told {
    readonly policy: string;
    readonly urn: string;
    readonly message: string;
}

/** The whole pack in this process, on one stack; and again after one of its resources has changed. */
export class PackOnStack {
    readonly #ofResources: Policies;
    readonly #ofStack: readonly StackValidationPolicy[];
    /** As the SDK hands them to stack policies, by URN. */
    readonly #prepared: ReadonlyMap<string, PolicyResource>;

    private constructor(
        readonly stack: readonly StackResource[],
        pack: Policies,
        prepared: readonly PolicyResource[],
    ) {
        this.#ofResources = pack.filter((each) => !("validateStack" in each));
        this.#ofStack = pack.filter((each) => "validateStack" in each);
        this.#prepared = new Map(prepared.map((resource) => [resource.urn, resource]));
    }

    /** @param settings of policies, by name, as from `--policy-pack-config`. */
    static async of(
        stack: readonly StackResource[],
        facts: Facts,
        settings: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
    ): Promise<PackOnStack> {
        const pack = policies(facts).map((each) => withSettings(each, settings[each.name] ?? {}));
        return new PackOnStack(stack, pack, await prepare(stack));
    }

    /** All that the pack says of the stack, through the handlers that answer the engine. */
    async check(): Promise<Told[]> {
        const told: Told[] = [];
        for (const resource of this.stack) told.push(...(await this.#ofResource(resource)));
        const response = await analyzeStack([...this.#ofStack], stackRequest(this.stack));
        return [...told, ...toldOf(response, "")];
    }

    /**
     * What it says after one resource has changed, of that resource and of the stack.
     *
     * The handlers would unpack the whole stack again for each policy; so rules about the stack are called here with what
     * the handlers made of it before, and of the changed resource now.
     */
    async checkChanged(changed: StackResource): Promise<Told[]> {
        const [prepared] = await prepare([changed]);
        const before = this.#prepared.get(changed.urn);
        if (prepared === undefined || before === undefined) throw new Error(`no ${changed.urn}`);
        const { parent, dependencies, propertyDependencies } = before;
        const after = { ...prepared, ...(parent && { parent }), dependencies, propertyDependencies };
        const resources = [...this.#prepared.values()].map((each) =>
            each === before ? after : referringTo(after, before, each),
        );
        return [...(await this.#ofResource(changed)), ...(await this.#ofWhole(resources))];
    }

    /** What it says after one resource was taken away. */
    checkWithout(urn: string): Promise<Told[]> {
        return this.#ofWhole([...this.#prepared.values()].filter((each) => each.urn !== urn));
    }

    async #ofResource(resource: StackResource): Promise<Told[]> {
        return toldOf(await analyze(this.#ofResources, analyzeRequest(resource)), resource.urn);
    }

    async #ofWhole(resources: PolicyResource[]): Promise<Told[]> {
        const told: Told[] = [];
        for (const { name: policy, validateStack } of this.#ofStack) {
            const notApplicable = (): never => {
                throw new NotApplicable();
            };
            try {
                await validateStack(
                    // Settings are given by a `getConfig` of the policy's own.
                    { resources, notApplicable, getConfig: () => ({}) as never, stackTags: new Map() },
                    (message, urn = "") => told.push({ policy, urn, message }),
                );
            } catch (error) {
                if (!(error instanceof NotApplicable)) throw error;
            }
        }
        return told;
    }
}

/** Resources refer to one another as objects, so one that refers to the changed one is another object, too. */
function referringTo(after: PolicyResource, before: PolicyResource, each: PolicyResource): PolicyResource {
    const sources = Object.values(each.propertyDependencies).flat();
    if (each.parent !== before && !sources.includes(before)) return each;
    const instead = (resource: PolicyResource): PolicyResource => (resource === before ? after : resource);
    return {
        ...each,
        ...(each.parent && { parent: instead(each.parent) }),
        propertyDependencies: Object.fromEntries(
            Object.entries(each.propertyDependencies).map(([property, of]) => [property, of.map(instead)]),
        ),
    };
}

class NotApplicable extends Error {}

/** What the SDK makes of a stack for its policies, taken from a policy that does nothing else. */
async function prepare(stack: readonly StackResource[]): Promise<readonly PolicyResource[]> {
    let prepared: readonly PolicyResource[] = [];
    const taking: StackValidationPolicy = {
        name: "taking",
        description: "Takes what it is given.",
        validateStack: ({ resources }) => {
            prepared = resources;
        },
    };
    await analyzeStack([taking], stackRequest(stack));
    return prepared;
}

function toldOf(response: analyzer.AnalyzeResponse, urn: string): Told[] {
    return response.getDiagnosticsList().map((diagnostic) => ({
        policy: diagnostic.getPolicyname(),
        urn: diagnostic.getUrn() || urn,
        message: diagnostic.getMessage(),
    }));
}

function analyzeRequest(resource: StackResource): analyzer.AnalyzeRequest {
    const message = new analyzer.AnalyzeRequest();
    message.setType(resource.type);
    message.setUrn(resource.urn);
    message.setName(resource.name);
    message.setProperties(structOf(resource.inputs));
    message.setOptions(optionsOf(resource));
    message.setProvider(providerOf(resource));
    return message;
}

function stackRequest(stack: readonly StackResource[]): analyzer.AnalyzeStackRequest {
    const message = new analyzer.AnalyzeStackRequest();
    message.setResourcesList(stack.map(stackResource));
    return message;
}

function stackResource(resource: StackResource): analyzer.AnalyzerResource {
    const message = new analyzer.AnalyzerResource();
    message.setType(resource.type);
    message.setUrn(resource.urn);
    message.setName(resource.name);
    message.setProperties(structOf(resource.outputs));
    message.setOptions(optionsOf(resource));
    message.setProvider(providerOf(resource));
    message.setParent(resource.parent ?? "");
    for (const [property, sources] of Object.entries(resource.propertyDependencies ?? {})) {
        const urns = new analyzer.AnalyzerPropertyDependencies();
        urns.setUrnsList([...sources]);
        message.getPropertydependenciesMap().set(property, urns);
    }
    return message;
}
