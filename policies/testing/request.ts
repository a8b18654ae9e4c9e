import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { Sketch } from "./case";

/** What the engine sends of one resource before it is made. */
export function request(sketch: Sketch): analyzer.AnalyzeRequest {
    const { type, props, name = "subject" } = sketch;
    const message = new analyzer.AnalyzeRequest();
    message.setType(type);
    message.setUrn(urnOf(type, name));
    message.setName(name);
    message.setProperties(structOf(props));
    message.setOptions(optionsOf(sketch));
    message.setProvider(providerOf(sketch));
    return message;
}

export function optionsOf({
    protect,
    ignoreChanges,
}: Pick<Sketch, "protect" | "ignoreChanges">): analyzer.AnalyzerResourceOptions {
    const options = new analyzer.AnalyzerResourceOptions();
    options.setProtect(protect ?? false);
    options.setIgnorechangesList([...(ignoreChanges ?? [])]);
    return options;
}

export function providerOf({
    provider,
}: Pick<Sketch, "provider">): analyzer.AnalyzerProviderResource | undefined {
    if (provider === undefined) return undefined;
    const message = new analyzer.AnalyzerProviderResource();
    message.setType(provider.type);
    message.setUrn(urnOf(provider.type, provider.name));
    message.setName(provider.name);
    message.setProperties(structOf(provider.props));
    return message;
}

/** What the engine sends of a stack as a whole. */
export function stackRequest(sketches: readonly Sketch[]): analyzer.AnalyzeStackRequest {
    const message = new analyzer.AnalyzeStackRequest();
    message.setResourcesList(sketches.flatMap((sketch, i) => stackResources(sketch, i)));
    return message;
}

/** The resource, and those that it names as its parent and its sources. */
function stackResources(sketch: Sketch, i: number): analyzer.AnalyzerResource[] {
    const { computedFrom = {}, parentType } = sketch;
    const subject = stackResource({ ...sketch, name: sketch.name ?? `subject-${String(i)}` });
    const others: analyzer.AnalyzerResource[] = [];
    if (parentType !== undefined) {
        others.push(stackResource({ type: parentType, name: `parent-${String(i)}`, props: {} }));
        subject.setParent(urnOf(parentType, `parent-${String(i)}`));
    }
    for (const [property, source] of Object.entries(computedFrom)) {
        const urns = new analyzer.AnalyzerPropertyDependencies();
        if (typeof source === "string") {
            const made = { type: source, name: `source-${String(i)}`, props: { length: 32 } };
            others.push(stackResource(made));
            urns.setUrnsList([urnOf(source, made.name)]);
        } else urns.setUrnsList([urnOf(source.type, source.name)]);
        subject.getPropertydependenciesMap().set(property, urns);
    }
    return [subject, ...others];
}

function stackResource(sketch: Sketch): analyzer.AnalyzerResource {
    const { type, props, name = "subject" } = sketch;
    const resource = new analyzer.AnalyzerResource();
    resource.setType(type);
    resource.setUrn(urnOf(type, name));
    resource.setName(name);
    resource.setProperties(structOf(props));
    resource.setOptions(optionsOf(sketch));
    resource.setProvider(providerOf(sketch));
    return resource;
}

/** The URN of a sketch, which has no parents. */
function urnOf(type: string, name: string): string {
    return `urn:pulumi:prod::strongroom::${type}::${name}`;
}

/** Properties that are absent are not sent. */
export function structOf(props: Sketch["props"]): Struct {
    return Struct.fromJavaScript(JSON.parse(JSON.stringify(props)) as Record<string, JavaScriptValue>);
}
