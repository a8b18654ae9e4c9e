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

export function request({ type, props }: Sketch): analyzer.AnalyzeRequest {
    const message = new analyzer.AnalyzeRequest();
    message.setType(type);
    message.setUrn(urnOf(type, "subject"));
    message.setName("subject");
    message.setProperties(structOf(props));
    message.setOptions(new analyzer.AnalyzerResourceOptions());
    return message;
}

function stackRequest(sketches: readonly Sketch[]): analyzer.AnalyzeStackRequest {
    const message = new analyzer.AnalyzeStackRequest();
    message.setResourcesList(sketches.flatMap((sketch, i) => stackResources(sketch, i)));
    return message;
}

/** The resource, and those that it names as its parent and its sources. */
function stackResources(
    { type, props, computedFrom = {}, parentType }: Sketch,
    i: number,
): analyzer.AnalyzerResource[] {
    const subject = stackResource(type, `subject-${String(i)}`, props);
    const others: analyzer.AnalyzerResource[] = [];
    if (parentType !== undefined) {
        others.push(stackResource(parentType, `parent-${String(i)}`, {}));
        subject.setParent(urnOf(parentType, `parent-${String(i)}`));
    }
    for (const [property, source] of Object.entries(computedFrom)) {
        others.push(stackResource(source, `source-${String(i)}`, { length: 32 }));
        const urns = new analyzer.AnalyzerPropertyDependencies();
        urns.setUrnsList([urnOf(source, `source-${String(i)}`)]);
        subject.getPropertydependenciesMap().set(property, urns);
    }
    return [subject, ...others];
}

function stackResource(type: string, name: string, props: Sketch["props"]): analyzer.AnalyzerResource {
    const resource = new analyzer.AnalyzerResource();
    resource.setType(type);
    resource.setUrn(urnOf(type, name));
    resource.setName(name);
    resource.setProperties(structOf(props));
    resource.setOptions(new analyzer.AnalyzerResourceOptions());
    return resource;
}

function urnOf(type: string, name: string): string {
    return `urn:pulumi:prod::strongroom::${type}::${name}`;
}

/** Properties that are absent are not sent. */
function structOf(props: Sketch["props"]): Struct {
    return Struct.fromJavaScript(JSON.parse(JSON.stringify(props)) as Record<string, JavaScriptValue>);
}
