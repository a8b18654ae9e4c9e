import type { RenderedResource } from "../rendering";
import { nameOf, placeOf, stackOf } from "./estate";
import type { Estate } from "./estate";
import type { Gap } from "./types";

/** Where everything without a provider of its own goes. */
const DEFAULT = "default";

/** The cluster of a resource: the context that its provider is set to, which means the same in every stack. */
export function clusterOf(estate: Estate, resource: RenderedResource): string {
    const provider = estate.get(resource.provider);
    if (provider === undefined) return DEFAULT;
    return (
        nameOf(provider, "context") ??
        nameOf(provider, "cluster") ??
        `${provider.name} of ${stackOf(provider)}`
    );
}

/** Providers that don't say which cluster they mean: two of them could be one. */
export function unnamedClusters(estate: Estate): readonly Gap[] {
    return estate
        .ofType("pulumi:providers:kubernetes")
        .filter(
            (provider) =>
                nameOf(provider, "context") === undefined && nameOf(provider, "cluster") === undefined,
        )
        .map((provider) => ({
            place: placeOf(provider),
            stack: stackOf(provider),
            message: "it names no context, so that nobody knows which cluster its grants are about",
            fix: "Set 'context' on the provider",
        }));
}
