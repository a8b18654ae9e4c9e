import * as core from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { Document } from "../secrets/document";
import type { SecretVariable } from "./variables";

export interface NativeSecretArgs {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly reads: readonly { readonly document: Document; readonly variables: readonly SecretVariable[] }[];
    readonly provider: pulumi.ProviderResource;
    readonly dependsOn: readonly pulumi.Resource[];
    /** The cluster is the store of what is in it. */
    readonly protect: boolean;
}

/**
 * A Secret with the variables of one consumer, for a cluster that keeps its secrets itself. A document that misses a
 * value is left out whole, as it is in every other store.
 */
export function declareNativeSecret(
    id: string,
    args: NativeSecretArgs,
    opts: pulumi.ComponentResourceOptions,
): void {
    const { name, namespace, labels, annotations, provider, dependsOn, protect } = args;
    const data: Record<string, pulumi.Output<string>> = {};
    for (const { document, variables } of args.reads) {
        if (document.missing.length > 0) continue;
        for (const { variable, storedField } of variables) {
            const value = document.values[storedField];
            if (value !== undefined)
                data[variable] = value.apply((text) => Buffer.from(text).toString("base64"));
        }
    }
    new core.Secret(
        id,
        {
            metadata: { name, namespace, labels: { ...labels }, annotations: { ...annotations } },
            type: "Opaque",
            // Not stringData, which the server turns into data and every later preview shows as a change.
            data,
        },
        { ...opts, provider, protect, dependsOn: [...dependsOn] },
    );
}
