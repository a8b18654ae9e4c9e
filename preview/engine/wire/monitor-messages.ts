import { boolean, field, integer, list, map, Message, nested, optional, raw, string } from "./message";
import { properties } from "./properties";

/**
 * The messages between a program and the engine, field for field as `resource.proto`, `callback.proto`, `alias.proto`
 * and `engine.proto` of Pulumi define them. A test holds names and numbers to the classes that ship with the SDK.
 */
export const Empty = new Message("Empty", {});

export const SupportsFeatureRequest = new Message("SupportsFeatureRequest", { id: field(1, string) });
export const SupportsFeatureResponse = new Message("SupportsFeatureResponse", {
    hassupport: field(1, boolean),
});

export const DeploymentInfo = new Message("DeploymentInfo", {
    project: field(1, string),
    stack: field(2, string),
    organization: field(3, string),
    config: field(4, map(string)),
    configsecretkeys: field(5, list(string)),
    dryrun: field(6, boolean),
    parallel: field(7, integer),
});

export const AliasSpec = new Message("Alias.Spec", {
    name: field(1, string),
    type: field(2, string),
    stack: field(3, string),
    project: field(4, string),
    parenturn: field(5, optional(string)),
    noparent: field(6, optional(boolean)),
});
export const Alias = new Message("Alias", {
    urn: field(1, optional(string)),
    spec: field(2, nested(AliasSpec)),
});

export const Callback = new Message("Callback", { target: field(1, string), token: field(2, string) });
export const CallbackInvokeRequest = new Message("CallbackInvokeRequest", {
    token: field(1, string),
    request: field(2, raw),
});
export const CallbackInvokeResponse = new Message("CallbackInvokeResponse", { response: field(1, raw) });

const Urns = new Message("RegisterResourceRequest.PropertyDependencies", { urns: field(1, list(string)) });

export const CustomTimeouts = new Message("RegisterResourceRequest.CustomTimeouts", {
    create: field(1, string),
    update: field(2, string),
    delete: field(3, string),
    read: field(4, string),
});

export const ResourceHooksBinding = new Message("RegisterResourceRequest.ResourceHooksBinding", {
    beforeCreate: field(1, list(string)),
    afterCreate: field(2, list(string)),
    beforeUpdate: field(3, list(string)),
    afterUpdate: field(4, list(string)),
    beforeDelete: field(5, list(string)),
    afterDelete: field(6, list(string)),
    onError: field(7, list(string)),
});

export const RegisterResourceRequest = new Message("RegisterResourceRequest", {
    type: field(1, string),
    name: field(2, string),
    parent: field(3, string),
    custom: field(4, boolean),
    object: field(5, properties),
    protect: field(6, optional(boolean)),
    dependencies: field(7, list(string)),
    provider: field(8, string),
    propertydependencies: field(9, map(nested(Urns))),
    deletebeforereplace: field(10, boolean),
    version: field(11, string),
    ignorechanges: field(12, list(string)),
    additionalsecretoutputs: field(14, list(string)),
    aliasurns: field(15, list(string)),
    importid: field(16, string),
    customtimeouts: field(17, nested(CustomTimeouts)),
    deletebeforereplacedefined: field(18, boolean),
    remote: field(20, boolean),
    providers: field(22, map(string)),
    replaceonchanges: field(23, list(string)),
    plugindownloadurl: field(24, string),
    retainondelete: field(25, optional(boolean)),
    aliases: field(26, list(nested(Alias))),
    deletedwith: field(27, string),
    transforms: field(31, list(nested(Callback))),
    packageref: field(33, string),
    hooks: field(34, nested(ResourceHooksBinding)),
    hidediffs: field(37, list(string)),
    replaceWith: field(38, list(string)),
    replacementTrigger: field(39, raw),
});

export const RegisterResourceResponse = new Message("RegisterResourceResponse", {
    urn: field(1, string),
    id: field(2, string),
    object: field(3, properties),
});

export const RegisterResourceOutputsRequest = new Message("RegisterResourceOutputsRequest", {
    urn: field(1, string),
    outputs: field(2, properties),
});

export const ReadResourceRequest = new Message("ReadResourceRequest", {
    id: field(1, string),
    type: field(2, string),
    name: field(3, string),
    parent: field(4, string),
    properties: field(5, properties),
    dependencies: field(6, list(string)),
    provider: field(7, string),
    version: field(8, string),
    additionalsecretoutputs: field(10, list(string)),
    plugindownloadurl: field(13, string),
    packageref: field(16, string),
});
export const ReadResourceResponse = new Message("ReadResourceResponse", {
    urn: field(1, string),
    properties: field(2, properties),
});

export const ResourceInvokeRequest = new Message("ResourceInvokeRequest", {
    tok: field(1, string),
    args: field(2, properties),
    provider: field(3, string),
    version: field(4, string),
    plugindownloadurl: field(6, string),
    packageref: field(9, string),
});
export const InvokeResponse = new Message("InvokeResponse", { return: field(1, properties) });

export const TransformResourceOptions = new Message("TransformResourceOptions", {
    dependsOn: field(1, list(string)),
    protect: field(2, optional(boolean)),
    ignoreChanges: field(3, list(string)),
    replaceOnChanges: field(4, list(string)),
    version: field(5, string),
    aliases: field(6, list(nested(Alias))),
    provider: field(7, string),
    customTimeouts: field(8, nested(CustomTimeouts)),
    pluginDownloadUrl: field(9, string),
    retainOnDelete: field(10, optional(boolean)),
    deletedWith: field(11, string),
    deleteBeforeReplace: field(12, optional(boolean)),
    additionalSecretOutputs: field(13, list(string)),
    providers: field(14, map(string)),
    hooks: field(16, nested(ResourceHooksBinding)),
    import: field(17, string),
    hideDiff: field(18, list(string)),
    replaceWith: field(19, list(string)),
    replacementTrigger: field(20, raw),
});
export const TransformRequest = new Message("TransformRequest", {
    type: field(1, string),
    name: field(2, string),
    custom: field(3, boolean),
    parent: field(4, string),
    properties: field(5, raw),
    options: field(6, nested(TransformResourceOptions)),
});
export const TransformResponse = new Message("TransformResponse", {
    properties: field(1, raw),
    options: field(2, nested(TransformResourceOptions)),
});

export const RegisterResourceHookRequest = new Message("RegisterResourceHookRequest", {
    name: field(1, string),
    callback: field(2, nested(Callback)),
    onDryRun: field(3, boolean),
    ignoreErrors: field(4, boolean),
});
export const ResourceHookRequest = new Message("ResourceHookRequest", {
    urn: field(1, string),
    id: field(2, string),
    name: field(3, string),
    type: field(4, string),
    newInputs: field(5, properties),
    newOutputs: field(7, properties),
});
export const ResourceHookResponse = new Message("ResourceHookResponse", { error: field(1, string) });

export const RegisterPackageRequest = new Message("RegisterPackageRequest", {
    name: field(1, string),
    version: field(2, string),
});
export const RegisterPackageResponse = new Message("RegisterPackageResponse", { ref: field(1, string) });

export const LogRequest = new Message("LogRequest", {
    severity: field(1, integer),
    message: field(2, string),
    urn: field(3, string),
    ephemeral: field(5, boolean),
});
export const RootResource = new Message("GetRootResourceResponse", { urn: field(1, string) });
