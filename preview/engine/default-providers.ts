import type { StackIdentity } from "./stack-state";
import type { PropertyValue } from "./values";
import { Secret } from "./values";
import { UNKNOWN_STRING } from "./wire/properties";
import type { Registered } from "./registered";
import { withProviderVersion } from "./options";
import { TransformResourceOptions } from "./wire/monitor-messages";
import { urnOf } from "./urn";

/**
 * The provider that the engine makes for resources which name none: one for each package, version and download URL,
 * with the package's configuration as its inputs. Policies see it under the engine's name for it.
 */
export function defaultProvider(
    identity: StackIdentity,
    packageName: string,
    version: string,
    downloadUrl: string,
): Registered {
    const type = `pulumi:providers:${packageName}`;
    const name = defaultProviderName(version, downloadUrl);
    const inputs: Record<string, PropertyValue> = {};
    for (const [key, value] of Object.entries(identity.config)) {
        const [namespace, property] = splitOnce(key);
        if (namespace !== packageName) continue;
        inputs[property] = identity.secretConfigKeys.includes(key) ? new Secret(value) : value;
    }
    const withVersion = withProviderVersion(inputs, version);
    return {
        urn: urnOf(identity.stack, identity.project, "", type, name),
        type,
        name,
        custom: true,
        read: false,
        parent: "",
        provider: "",
        id: "",
        inputs: withVersion,
        outputs: withVersion,
        dependencies: [],
        propertyDependencies: {},
        options: TransformResourceOptions.of(),
        aliases: [],
        transforms: [],
    };
}

/** Whether the stack's configuration wants no default provider for a package; "*" means all. */
export function isDenied(identity: StackIdentity, packageName: string): boolean {
    const denied = identity.config["pulumi:disable-default-providers"];
    if (packageName === "pulumi" || denied === undefined || denied === "") return false;
    const names = JSON.parse(denied) as readonly unknown[];
    return names.some((name) => name === "*" || name === packageName);
}

/** `default_7_48_0`: what stands between the parts of a version becomes `_`. */
function defaultProviderName(version: string, downloadUrl: string): string {
    const parts = version === "" ? [] : version.split(/[.+-]/);
    const url = downloadUrl.replace(/[^A-Za-z0-9_]/g, "_");
    return ["default", ...parts, ...(url === "" ? [] : [url])].join("_");
}

/** In a preview no provider that is to be made has an id yet. */
export function referenceTo(providerUrn: string): string {
    return `${providerUrn}::${UNKNOWN_STRING}`;
}

function splitOnce(key: string): [string, string] {
    const colon = key.indexOf(":");
    return [key.slice(0, colon), key.slice(colon + 1)];
}
