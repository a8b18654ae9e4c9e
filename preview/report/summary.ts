import { order } from "../access/estate";
import type { AccessMatrix } from "../access";
import type { PropertyMap, PropertyValue } from "../engine/values";
import type { RenderedResource } from "../rendering";
import type { Assessed, Verdict } from "./verdict";

/** How many of each kind, the most frequent first. */
export type Counts = readonly (readonly [name: string, count: number])[];

export interface FieldSummary {
    readonly name: string;
    /** `<platform>/<document>.<field>`, the key of `strongroom:values` and of the ledger. */
    readonly id: string;
    readonly kind: string;
    readonly rotation: string;
    readonly required: boolean;
    readonly needsValue: boolean;
    /** Who issues an external value. */
    readonly issuer?: string;
    readonly generations?: GenerationsSummary;
}

/** As the ledger has them: the values of a field that live, by stage. */
export interface GenerationsSummary {
    readonly current?: { readonly generation: number; readonly since: string; readonly reason: string };
    readonly next?: { readonly generation: number; readonly since: string; readonly reason: string };
    readonly previous?: { readonly generation: number; readonly until: string };
}

export interface ComponentSummary {
    readonly name: string;
    readonly type: string;
    readonly urn: string;
    /** The resources beneath it, by kind. */
    readonly resources: Counts;
}

/** One entry of a store, with what is known of its fields; never a value. */
export interface DocumentSummary extends ComponentSummary {
    readonly store: string;
    readonly path: string;
    readonly fields: readonly FieldSummary[];
}

/** A workload, with the documents that it declares to read. */
export interface ConsumerSummary extends ComponentSummary {
    readonly serviceAccount: string;
    readonly reads: readonly string[];
}

export interface PlatformSummary extends ComponentSummary {
    readonly owner: string;
    readonly documents: readonly DocumentSummary[];
    readonly consumers: readonly ConsumerSummary[];
}

/** A stack as people and programs are told of it: both outputs are made from this, so that they can't disagree. */
export interface StackSummary {
    readonly stack: string;
    readonly project: string;
    readonly verdict: Verdict;
    /** What would be created: neither components nor providers nor what is only read. */
    readonly resources: number;
    readonly components: number;
    readonly providers: number;
    readonly reads: number;
    /** Kinds of resource by package. */
    readonly byProvider: readonly {
        readonly provider: string;
        readonly count: number;
        readonly kinds: Counts;
    }[];
    readonly platforms: readonly PlatformSummary[];
    /** Components directly under the stack that are no platform. */
    readonly others: readonly ComponentSummary[];
    /** What stands directly under the stack, in no component, by kind. */
    readonly loose: Counts;
    readonly needsValue: readonly (FieldSummary & { readonly command: string })[];
    readonly access: AccessMatrix;
}

const ROOT = "pulumi:pulumi:Stack";

/** What a rendering amounts to, for the text and the JSON alike. */
export function summarize({ rendering, access, verdict }: Assessed): StackSummary {
    const created = rendering.resources.filter(isCreated);
    const components = rendering.resources.filter(({ custom, type }) => !custom && type !== ROOT);
    const below = countsBelow(rendering.resources);
    const describe = ({ name, type, urn }: RenderedResource): ComponentSummary => ({
        name,
        type,
        urn,
        resources: tally(below.get(urn) ?? []),
    });
    const platforms = platformsOf(components, describe);
    const roots = new Set(rendering.resources.flatMap(({ type, urn }) => (type === ROOT ? [urn] : [])));
    const needsValue = platforms
        .flatMap(({ documents }) => documents.flatMap(({ fields }) => fields))
        .filter((field) => field.needsValue)
        .map((field) => ({ ...field, command: setCommand(rendering.stack, field.id) }));
    return {
        stack: rendering.stack,
        project: rendering.project,
        verdict,
        resources: created.length,
        components: components.length,
        providers: rendering.resources.filter(isProvider).length,
        reads: rendering.resources.filter(({ read }) => read).length,
        byProvider: byProvider(created),
        platforms,
        others: sortedByName(components)
            .filter(({ parent, type }) => type !== PLATFORM && (parent === undefined || roots.has(parent)))
            .filter(({ type }) => type !== DOCUMENT && type !== CONSUMER)
            .map(describe),
        loose: tally(
            created
                .filter(({ parent = "" }) => parent === "" || roots.has(parent))
                .map(({ type }) => kindOf(type)),
        ),
        needsValue,
        access,
    };
}

const PLATFORM = "strongroom:stacks:Platform";
const DOCUMENT = "strongroom:secrets:Document";
const CONSUMER = "strongroom:delivery:Consumer";

/** Providers are registered as resources and create nothing. */
const isProvider = ({ type }: RenderedResource): boolean => type.startsWith("pulumi:providers:");
const isCreated = (resource: RenderedResource): boolean =>
    resource.custom && !resource.read && !isProvider(resource);

/** The command that sets an external value, asking for it without an echo. */
export function setCommand(stack: string, field: string): string {
    return `pulumi config set --stack ${stack} --secret --path 'strongroom:values["${field}"]'`;
}

/** `Secret` of `aws:secretsmanager/secret:Secret`. */
export const kindOf = (type: string): string => type.split(":").pop() ?? type;

function platformsOf(
    components: readonly RenderedResource[],
    describe: (component: RenderedResource) => ComponentSummary,
): readonly PlatformSummary[] {
    const groups = new Map<string, RenderedResource[]>();
    for (const component of sortedByName(components)) {
        const key = `${component.type} ${text(component.inputs.platform)}`;
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [component]);
        else group.push(component);
    }
    const of = (type: string, platform: string): readonly RenderedResource[] =>
        groups.get(`${type} ${platform}`) ?? [];
    return sortedByName(components)
        .filter(({ type }) => type === PLATFORM)
        .map((platform) => ({
            ...describe(platform),
            owner: text(platform.inputs.owner),
            documents: of(DOCUMENT, platform.name).map((document) => ({
                ...describe(document),
                store: text(document.inputs.store),
                path: text(document.inputs.path),
                fields: Object.entries(map(document.inputs.fields)).map(([name, field]) =>
                    fieldSummary(document.name, name, map(field)),
                ),
            })),
            consumers: of(CONSUMER, platform.name).map((consumer) => ({
                ...describe(consumer),
                serviceAccount: `${text(consumer.inputs.namespace)}/${text(consumer.inputs.serviceAccount)}`,
                reads: list(consumer.inputs.reads).map(text),
            })),
        }));
}

/** Reads what the component says of a field. Anything that isn't as agreed shows as `?` rather than breaking a report. */
function fieldSummary(document: string, name: string, field: PropertyMap): FieldSummary {
    const { generations, issuer } = field;
    return {
        name,
        id: `${document}.${name}`,
        kind: text(field.kind),
        rotation: text(field.rotation),
        required: field.required !== false,
        needsValue: field.needsValue === true,
        ...(typeof issuer === "string" ? { issuer } : {}),
        // The ledger's shape is checked where it is read; here it only passes through.
        ...(generations === undefined ? {} : { generations: map(generations) }),
    };
}

/** The kinds of what is created under each component, at any depth. */
function countsBelow(resources: readonly RenderedResource[]): ReadonlyMap<string, readonly string[]> {
    const parents = new Map(resources.map(({ urn, parent }) => [urn, parent]));
    const below = new Map<string, string[]>();
    for (const resource of resources.filter(isCreated)) {
        for (let above = resource.parent; above !== undefined; above = parents.get(above)) {
            const kinds = below.get(above);
            if (kinds === undefined) below.set(above, [kindOf(resource.type)]);
            else kinds.push(kindOf(resource.type));
        }
    }
    return below;
}

/** The packages with most resources first. */
function byProvider(created: readonly RenderedResource[]): StackSummary["byProvider"] {
    const packages = new Map<string, string[]>();
    for (const { type } of created) {
        const [provider = ""] = type.split(":");
        const kinds = packages.get(provider);
        if (kinds === undefined) packages.set(provider, [kindOf(type)]);
        else kinds.push(kindOf(type));
    }
    return [...packages]
        .map(([provider, kinds]) => ({ provider, count: kinds.length, kinds: tally(kinds) }))
        .sort((a, b) => b.count - a.count || (a.provider < b.provider ? -1 : 1));
}

/** Registration has no order of its own: what is awaited first comes first. */
const sortedByName = (resources: readonly RenderedResource[]): RenderedResource[] =>
    [...resources].sort((a, b) => order(a.name, b.name));

/** Counts equal names, the most frequent first. */
export function tally(names: readonly string[]): Counts {
    const counts = new Map<string, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

const text = (value: PropertyValue | undefined): string => (typeof value === "string" ? value : "?");
const list = (value: PropertyValue | undefined): readonly PropertyValue[] =>
    Array.isArray(value) ? (value as readonly PropertyValue[]) : [];
const map = (value: PropertyValue | undefined): PropertyMap =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? (value as PropertyMap) : {};
