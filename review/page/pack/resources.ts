import type { ResourceNode, Review, StackReview } from "../../review";
import { CHANGES } from "../client/shapes";
import type { PackedResources, PackedResourceStack } from "../client/shapes";
import { urnOf } from "../client/urns";
import { TextTable } from "./texts";

/** The resources of all stacks of the head; of a URN only what does not follow from the rest. */
export function packedResources({ stacks }: Review): PackedResources {
    const texts = new TextTable(
        stacks.flatMap(({ whole }) => whole.resources.flatMap(({ type, name }) => [type, name])),
    );
    return { stacks: stacks.map((stack) => packedStack(stack, texts)), texts: texts.packed() };
}

function packedStack({ stack, whole: { resources } }: StackReview, texts: TextTable): PackedResourceStack {
    const places = new Map(resources.map(({ urn }, at) => [urn, at]));
    const parents = resources.map(({ parent }) => (parent === undefined ? undefined : places.get(parent)));
    const project = resources[0]?.urn.split("::")[1] ?? "";
    const urns: Record<number, string> = {};
    const chain: ResourceNode[][] = [];
    resources.forEach((each, at) => {
        const parent = parents[at];
        const own = [...(parent === undefined ? [] : (chain[parent] ?? [])), each];
        chain.push(own);
        const types = own.map(({ type }) => type);
        if (urnOf({ stack, project, types, name: each.name }) !== each.urn) urns[at] = each.urn;
    });
    return {
        stack,
        project,
        type: resources.map(({ type }) => texts.at(type)),
        name: resources.map(({ name }) => texts.at(name)),
        parent: parents.map((parent, at) => (parent === undefined || parent >= at ? 0 : at - parent)),
        change: withoutEnd(resources.map(({ change }) => CHANGES.indexOf(change ?? ""))),
        urns,
    };
}

function withoutEnd(numbers: readonly number[]): number[] {
    return numbers.slice(0, numbers.findLastIndex((each) => each !== 0) + 1);
}
