import type { Policies, ResourceValidationArgs } from "@pulumi/policy";
import * as server from "@pulumi/policy/server";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { Rule } from "../../../policies/rule";
import { policy } from "../../../policies/policy";
import { FACTS, type Case, type Sketch, type Table, sketchOf } from "./case";

/** What came of running one policy: its violations, or why there are none. */
export interface Outcome {
    readonly violations: readonly string[];
    /** The SDK's words for an unknown value that the rule asked for. */
    readonly cannotRun: boolean;
    readonly notApplicable: boolean;
}

type Handler<Request> = (
    call: { request: Request },
    callback: (error: Error | null | undefined, response?: analyzer.AnalyzeResponse) => void,
) => void;
type MakeHandler<Request> = (
    pack: string,
    version: string,
    level: string,
    policies: Policies,
) => Handler<Request>;

/** The SDK's own handlers of the engine's calls, which unwrap properties and put the unknown-checking proxy around. */
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = server as unknown as {
    makeAnalyzeRpcFun: MakeHandler<analyzer.AnalyzeRequest>;
    makeAnalyzeStackRpcFun: MakeHandler<analyzer.AnalyzeStackRequest>;
};

export async function runCase(rule: Rule, table: Table, one: Case): Promise<Outcome> {
    const beside = one.beside ?? table.clean.beside ?? [];
    return run(rule, sketchOf(table, one), beside, one.settings);
}

export async function run(
    rule: Rule,
    sketch: Sketch,
    beside: readonly Sketch[] = [],
    settings: Readonly<Record<string, unknown>> = {},
): Promise<Outcome> {
    const tested = withSettings(policy(rule, FACTS), settings);
    const response =
        rule.scope === "resource"
            ? await call(makeAnalyzeRpcFun, [tested], request(sketch))
            : await call(makeAnalyzeStackRpcFun, [tested], stackRequest([sketch, ...beside]));
    const messages = response.getDiagnosticsList().map((diagnostic) => diagnostic.getMessage());
    const cannotRun = (message: string): boolean => message.startsWith("can't run policy");
    return {
        violations: messages.filter((message) => !cannotRun(message)),
        cannotRun: messages.some(cannotRun),
        notApplicable: response.getNotApplicableList().length > 0,
    };
}

/** Settings reach a policy by the server's state in production; a wrapped `getConfig` keeps the cases apart. */
function withSettings(
    tested: Policies[number],
    settings: Readonly<Record<string, unknown>>,
): Policies[number] {
    const getConfig: ResourceValidationArgs["getConfig"] = () => settings as never;
    if ("validateStack" in tested) {
        return {
            ...tested,
            validateStack: (args, report) => tested.validateStack({ ...args, getConfig }, report),
        };
    }
    const validate = tested.validateResource;
    if (typeof validate !== "function") throw new Error("a policy of the pack has one validation");
    return { ...tested, validateResource: (args, report) => validate({ ...args, getConfig }, report) };
}

function call<Request>(
    make: MakeHandler<Request>,
    policies: Policies,
    request: Request,
): Promise<analyzer.AnalyzeResponse> {
    const handler = make("strongroom-policies", "0.1.0", "mandatory", policies);
    return new Promise((resolve, reject) => {
        handler({ request }, (error, response) => {
            if (response === undefined) reject(error ?? new Error("no response"));
            else resolve(response);
        });
    });
}

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

function optionsOf({ protect, ignoreChanges }: Sketch): analyzer.AnalyzerResourceOptions {
    const options = new analyzer.AnalyzerResourceOptions();
    options.setProtect(protect ?? false);
    options.setIgnorechangesList([...(ignoreChanges ?? [])]);
    return options;
}

function providerOf({ provider }: Sketch): analyzer.AnalyzerProviderResource | undefined {
    if (provider === undefined) return undefined;
    const message = new analyzer.AnalyzerProviderResource();
    message.setType(provider.type);
    message.setUrn(urnOf(provider.type, provider.name));
    message.setName(provider.name);
    message.setProperties(structOf(provider.props));
    return message;
}

function stackRequest(sketches: readonly Sketch[]): analyzer.AnalyzeStackRequest {
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

function urnOf(type: string, name: string): string {
    return `urn:pulumi:prod::strongroom::${type}::${name}`;
}

/** Properties that are absent are not sent. */
function structOf(props: Sketch["props"]): Struct {
    return Struct.fromJavaScript(JSON.parse(JSON.stringify(props)) as Record<string, JavaScriptValue>);
}
