import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { Property } from "./reading/property";
import { canonicalType, objectsOf } from "./reading/types";
import type { Checked, CheckedInStack } from "./rule";

/** What is said of a resource besides its type and its properties. */
export function aboutOf({
    name,
    urn,
    opts,
    provider,
}: ResourceValidationArgs | PolicyResource): Omit<Checked, "type" | "props"> {
    return {
        name,
        urn,
        protect: opts.protect,
        ignoreChanges: opts.ignoreChanges,
        provider: provider && {
            type: provider.type,
            name: provider.name,
            props: Property.root(provider.props),
        },
    };
}

/** By resource, as the SDK hands it over. */
const views = new WeakMap<PolicyResource, readonly CheckedInStack[]>();
/** The last stack that begins with these properties. */
const stacks = new WeakMap<
    object,
    { readonly props: readonly object[]; readonly stack: readonly CheckedInStack[] }
>();

/**
 * The stack as its rules see it, one for all of them. The SDK makes the resources anew for each policy, but their
 * properties once (see `read-once.js`): by these the same stack is known again.
 */
export function checkedStack(resources: readonly PolicyResource[]): readonly CheckedInStack[] {
    const [first] = resources;
    if (first === undefined) return [];
    const props: readonly object[] = resources.map((resource) => resource.props);
    const before = stacks.get(first.props);
    if (before?.props.length === props.length && before.props.every((each, i) => each === props[i]))
        return before.stack;
    const stack = resources.flatMap((resource) => {
        const view = views.get(resource) ?? checkedInStack(resource);
        views.set(resource, view);
        return view;
    });
    stacks.set(first.props, { props, stack });
    return stack;
}

function checkedInStack(resource: PolicyResource): CheckedInStack[] {
    const { type } = resource;
    const about = aboutOf(resource);
    const parentType = resource.parent && canonicalType(resource.parent.type);
    const sources = (property: string): readonly PolicyResource[] =>
        resource.propertyDependencies[property] ?? [];
    const dependencyTypes = (property: string): string[] => sources(property).map((source) => source.type);
    const dependencies = (property: string): string[] => sources(property).map((source) => source.urn);
    return objectsOf(type, Property.root(resource.props, resource.name)).map((props) => ({
        ...about,
        type: canonicalType(type),
        props,
        parentType,
        dependencyTypes,
        dependencies,
    }));
}
