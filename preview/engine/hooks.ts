import type { Callbacks } from "./callbacks";
import { hookNames } from "./options";
import type { CallbackReference, Registered } from "./registered";
import { CallError, Status } from "./rpc";
import type { StackState } from "./stack-state";
import type { PropertyMap } from "./values";
import { ResourceHookRequest, ResourceHookResponse } from "./wire/monitor-messages";

/** A function of the program that runs before or after a resource is made. */
export interface Hook {
    readonly callback: CallbackReference;
    /** Only such hooks run in a preview. */
    readonly onDryRun: boolean;
    readonly ignoreErrors: boolean;
}

/**
 * Runs the hooks of a resource that ask for previews.
 *
 * @throws {CallError} when one fails before the resource is made: the program then ends. Either failure, before or
 * afterwards, is told as an error of the stack.
 */
export async function runHooks(
    moment: "beforeCreate" | "afterCreate",
    resource: Registered,
    newOutputs: PropertyMap | undefined,
    hooks: ReadonlyMap<string, Hook>,
    callbacks: Callbacks,
    state: StackState,
): Promise<void> {
    for (const name of hookNames(resource.options, moment)) {
        const hook = hooks.get(name);
        if (hook === undefined) throw new CallError(`hook "${name}" was not registered`);
        if (!hook.onDryRun) continue;
        const { urn, type, inputs: newInputs } = resource;
        const request = ResourceHookRequest.encode({ urn, name: resource.name, type, newInputs, newOutputs });
        const { error } = ResourceHookResponse.decode(await callbacks.invoke(hook.callback, request));
        if (error === "") continue;
        const when = moment === "beforeCreate" ? "before" : "after";
        const message = `${when} hook "${name}" failed: ${error}`;
        if (hook.ignoreErrors) state.tell("warning", message, urn);
        else if (when === "after") state.error(message, urn);
        else {
            state.error(`Preview failed: ${message}`, urn);
            // As from an engine that has stopped: the program ends, and says nothing of its own.
            throw new CallError("the preview has failed", Status.unavailable);
        }
    }
}
