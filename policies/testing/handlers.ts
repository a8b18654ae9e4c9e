// Reads each resource once, as the process of the pack does.
import "../read-once.js";
import type { Policies, ResourceValidationArgs } from "@pulumi/policy";
import * as server from "@pulumi/policy/server";
import type * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";

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

/** What the policies answer about one resource before it is made. */
export const analyze = (
    policies: Policies,
    request: analyzer.AnalyzeRequest,
): Promise<analyzer.AnalyzeResponse> => call(makeAnalyzeRpcFun, policies, request);

/** What they answer about a stack as a whole. */
export const analyzeStack = (
    policies: Policies,
    request: analyzer.AnalyzeStackRequest,
): Promise<analyzer.AnalyzeResponse> => call(makeAnalyzeStackRpcFun, policies, request);

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

/** Settings reach a policy by the server's state in production; a wrapped `getConfig` keeps the cases apart. */
export function withSettings(
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
