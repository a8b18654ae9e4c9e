import { optionsOf, type Request } from "./options";
import type { Registered } from "./registered";
import type { Registrations } from "./registrations";
import { packageOf, urnOf } from "./urn";
import { Unknown, type PropertyMap } from "./values";
import type { Sent } from "./wire/message";
import { RegisterResourceRequest, type ReadResourceRequest } from "./wire/monitor-messages";

const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** A resource that the program reads and does not own: nothing is looked up, so what it would answer is unknown. */
export function readResource(
    request: Sent<typeof ReadResourceRequest>,
    registrations: Registrations,
): { urn: string; properties: PropertyMap } {
    const { state } = registrations;
    const { stack, project } = state.identity;
    const { id, type, name, parent, dependencies } = request;
    const provider =
        request.provider ||
        registrations.defaultProviderFor(packageOf(type), request.version, request.plugindownloadurl);
    const inputs = request.properties ?? {};
    const outputs = type === STACK_REFERENCE ? stackOutputs(id) : inputs;
    const asRegistration: Request = RegisterResourceRequest.of({ type, name, custom: true });
    const registered: Registered = {
        urn: urnOf(stack, project, parent, type, name),
        type,
        name,
        custom: true,
        read: true,
        parent,
        provider,
        id,
        inputs,
        outputs,
        dependencies,
        propertyDependencies: {},
        options: {
            ...optionsOf(asRegistration, undefined),
            additionalSecretOutputs: request.additionalsecretoutputs,
            version: request.version,
        },
        aliases: [],
        transforms: [],
    };
    state.add(registered);
    if (type === STACK_REFERENCE) registrations.reviewReference(registered);
    return { urn: registered.urn, properties: outputs };
}

/** Another stack's outputs live in its state, which is not opened: each of them is unknown. */
function stackOutputs(name: string): PropertyMap {
    return { name, outputs: Unknown.value, secretOutputNames: Unknown.value };
}
