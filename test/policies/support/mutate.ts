import { rules } from "../../../policies/pack";
import {
    withChanges,
    type Mutation,
    type Rendered,
    type StackResource,
    type Told,
} from "../../../policies/testing";
import type { CleanStack } from "./clean-stacks";

/** A mutation tried on one resource. */
export interface Trial {
    readonly rule: string;
    readonly title: string;
    readonly stack: string;
    readonly resource: string;
    /** True where the rule says it of that resource, and no other rule says anything. */
    readonly isAlone: boolean;
    /** What is wrong with the pack's answer; nothing where it is caught. */
    readonly faults: readonly string[];
}

const idOf = new Map(rules.map(({ name, id }) => [name, id]));

/** The resources that a mutation changes. */
export function subjectsOf({ type, where }: Mutation, { resources }: CleanStack): StackResource[] {
    return resources.filter(
        (resource) => resource.type === type && where?.(renderedOf(resource, resource.inputs)) !== false,
    );
}

/** Changes one resource, and compares what the pack says with what the mutation promises. */
export async function tryMutation(
    id: string,
    mutation: Mutation,
    { name: stack, pack }: CleanStack,
    subject: StackResource,
    mayBreak: readonly string[] = [],
): Promise<Trial> {
    const changed = mutated(mutation, subject);
    const told =
        changed === undefined ? await pack.checkWithout(subject.urn) : await pack.checkChanged(changed);
    const expected = mutation.on === undefined ? undefined : [mutation.on].flat();
    const isThere = ({ urn }: Told): boolean =>
        expected === undefined ? urn === subject.urn : expected.includes(typeOfUrn(urn));
    const byId = new Map<string, Told[]>();
    for (const each of told) {
        const of = idOf.get(each.policy) ?? each.policy;
        byId.set(of, [...(byId.get(of) ?? []), each]);
    }
    const wanted = [id, ...(mutation.alsoBreaks ?? [])];
    const allowed = new Set([...wanted, ...mayBreak]);
    const own = byId.get(id) ?? [];
    const faults = [
        ...wanted.filter((each) => !byId.has(each)).map((each) => `${each} says nothing`),
        ...[...byId].filter(([each]) => !allowed.has(each)).map(([, [first]]) => `also: ${textOf(first)}`),
        ...own.filter((each) => !isThere(each)).map((each) => `elsewhere: ${textOf(each)}`),
    ];
    const isAlone = faults.length === 0 && byId.size === 1;
    return { rule: id, title: mutation.title, stack, resource: subject.name, isAlone, faults };
}

function mutated(mutation: Mutation, subject: StackResource): StackResource | undefined {
    const change = (props: StackResource["inputs"]): Rendered | undefined => {
        const rendered = renderedOf(subject, props);
        if (mutation.mutate !== undefined) return mutation.mutate(rendered);
        return { ...rendered, props: withChanges(props, mutation.change ?? {}) };
    };
    const inputs = change(subject.inputs);
    const outputs = change(subject.outputs);
    if (inputs === undefined || outputs === undefined) return undefined;
    const { type, name, protect, ignoreChanges, provider } = inputs;
    const { urn, parent, propertyDependencies = {} } = subject;
    return {
        ...{ urn, type, name, parent, propertyDependencies, ignoreChanges, protect },
        inputs: inputs.props,
        outputs: outputs.props,
        ...(provider && { provider }),
    };
}

function renderedOf(
    { type, name, protect, ignoreChanges = [], provider }: StackResource,
    props: Rendered["props"],
): Rendered {
    return { type, name, props, protect: protect === true, ignoreChanges, ...(provider && { provider }) };
}

const typeOfUrn = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";
const textOf = (told: Told | undefined): string => told?.message.split("\n").at(-1) ?? "";
