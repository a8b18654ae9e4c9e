import { invoke } from "./invokes";
import { readResource } from "./reads";
import type { Registrations } from "./registrations";
import { CallError, method, Status, type Method } from "./rpc";
import * as messages from "./wire/monitor-messages";

/** What the SDK asks of an engine before it uses it: the features that are really handled here. */
const FEATURES: ReadonlySet<string> = new Set([
    "secrets",
    "resourceReferences",
    "outputValues",
    "aliasSpecs",
    "transforms",
    "invokeTransforms",
    "deletedWith",
    "replaceWith",
    "replacementTrigger",
    "resourceHooks",
    "errorHooks",
    "parameterization",
]);

/** Where an offline preview stands: the outputs that other stacks are known to have, by their full name. */
export interface Surroundings {
    /** Concurrency that is told to the program; nothing here depends on it. */
    readonly parallel: number;
    /** Called when the program says that it will register nothing more. */
    readonly finished: () => Promise<void>;
}

const SERVICE = "pulumirpc.ResourceMonitor";

/** The resource monitor: what a program registers its resources with. */
export function monitorMethods(
    registrations: Registrations,
    surroundings: Surroundings,
): Method<never, unknown>[] {
    const { state } = registrations;
    return [
        method(
            `${SERVICE}/SupportsFeature`,
            messages.SupportsFeatureRequest,
            messages.SupportsFeatureResponse,
            ({ id }) => ({
                hassupport: FEATURES.has(id),
            }),
        ),
        method(`${SERVICE}/GetDeploymentInfo`, messages.Empty, messages.DeploymentInfo, () => ({
            project: state.identity.project,
            stack: state.identity.stack,
            organization: state.identity.organization,
            config: state.identity.config,
            configsecretkeys: state.identity.secretConfigKeys,
            dryrun: true,
            parallel: surroundings.parallel,
        })),
        method(
            `${SERVICE}/RegisterResource`,
            messages.RegisterResourceRequest,
            messages.RegisterResourceResponse,
            (request) => registrations.register(request),
        ),
        method(
            `${SERVICE}/RegisterResourceOutputs`,
            messages.RegisterResourceOutputsRequest,
            messages.Empty,
            ({ urn, outputs }) => {
                const registered = state.resources.get(urn);
                if (registered === undefined) throw new CallError(`no resource '${urn}' to give outputs to`);
                registered.outputs = outputs ?? {};
                return {};
            },
        ),
        method(
            `${SERVICE}/ReadResource`,
            messages.ReadResourceRequest,
            messages.ReadResourceResponse,
            (request) => readResource(request, registrations),
        ),
        method(`${SERVICE}/Invoke`, messages.ResourceInvokeRequest, messages.InvokeResponse, (request) =>
            invoke(request, registrations),
        ),
        method(`${SERVICE}/Call`, messages.ResourceInvokeRequest, messages.InvokeResponse, ({ tok }) => {
            throw new CallError(
                `'${tok}' is a method of a provider plugin, which an offline preview does not start`,
                Status.unimplemented,
            );
        }),
        method(`${SERVICE}/RegisterStackTransform`, messages.Callback, messages.Empty, (callback) => {
            registrations.stackTransforms.push(callback);
            return {};
        }),
        method(`${SERVICE}/RegisterStackInvokeTransform`, messages.Callback, messages.Empty, () => ({})),
        method(
            `${SERVICE}/RegisterResourceHook`,
            messages.RegisterResourceHookRequest,
            messages.Empty,
            ({ name, callback, onDryRun, ignoreErrors }) => {
                if (callback !== undefined)
                    registrations.hooks.set(name, { callback, onDryRun, ignoreErrors });
                return {};
            },
        ),
        // An error hook runs when making a resource has failed: never in a preview.
        method(
            `${SERVICE}/RegisterErrorHook`,
            messages.RegisterResourceHookRequest,
            messages.Empty,
            () => ({}),
        ),
        method(
            `${SERVICE}/RegisterPackage`,
            messages.RegisterPackageRequest,
            messages.RegisterPackageResponse,
            ({ name }) => {
                throw new CallError(
                    `package '${name}' is made by parameterizing a plugin, which an offline preview does not start`,
                    Status.unimplemented,
                );
            },
        ),
        method(`${SERVICE}/SignalAndWaitForShutdown`, messages.Empty, messages.Empty, async () => {
            await surroundings.finished();
            return {};
        }),
    ];
}

const SEVERITIES = ["debug", "info", "warning", "error"] as const;

/** The engine's own service: messages of the program, and the stack that is every resource's last parent. */
export function engineMethods({ state }: Registrations): Method<never, unknown>[] {
    const service = "pulumirpc.Engine";
    return [
        method(`${service}/Log`, messages.LogRequest, messages.Empty, ({ severity, message, urn }) => {
            const level = SEVERITIES[severity] ?? "info";
            if (level !== "debug") state.tell(level, message, urn);
            return {};
        }),
        method(`${service}/GetRootResource`, messages.Empty, messages.RootResource, () => ({
            urn: state.rootUrn,
        })),
        method(`${service}/SetRootResource`, messages.RootResource, messages.Empty, ({ urn }) => {
            state.rootUrn = urn;
            return {};
        }),
        method(`${service}/StartDebugging`, messages.Empty, messages.Empty, () => ({})),
        // The range is about a CLI, of which there is none here.
        method(`${service}/RequirePulumiVersion`, messages.Empty, messages.Empty, () => ({})),
    ];
}
