import type { Catalogue } from "../../components/domain/catalogue";
import { addTo } from "../../components/domain/grouped";
import type { RenderedResource } from "../../preview/rendering";
import type { Assessed } from "../../preview/report/verdict";
import type { RotatingStack } from "../../rotation/stack";
import { expectedConsumers } from "../../rotation/verify/expected";
import type { ConsumerFacts, DeclaredSync, SeenConsumer } from "../facts";
import type { Chosen } from "../scope";
import { flattened, keysOf, referenceText } from "./flattened";

const CONSUMER = "strongroom:delivery:Consumer";
const ESO = "kubernetes:external-secrets.io/v1";

const NOT_ASKED = { is: "unread", why: "no cluster was asked", isForbidden: false } as const;

/** Nothing was looked at. */
export const UNSEEN: SeenConsumer = {
    syncs: {},
    stores: {},
    serviceAccount: NOT_ASKED,
    secrets: {},
    events: NOT_ASKED,
    snapshot: undefined,
};

/** The consumers of a stack with their objects, as the program registers them. */
export function consumersOf(
    { rendering, access }: Assessed,
    stack: RotatingStack,
    catalogue: Catalogue,
    chosen: Chosen,
): readonly ConsumerFacts[] {
    const { config } = stack;
    const expected = expectedConsumers(stack, catalogue);
    const below = new Map<string, RenderedResource[]>();
    for (const resource of rendering.resources) {
        if (resource.parent !== undefined) addTo(below, resource.parent, resource);
    }
    return rendering.resources
        .filter(({ type, name }) => type === CONSUMER && chosen.consumers.has(name))
        .map(({ name: id, urn, inputs }) => {
            const own = below.get(urn) ?? [];
            const of = (type: string): readonly RenderedResource[] =>
                own.filter((resource) => resource.type === type);
            const cluster = config.platforms[text(inputs.platform)]?.cluster ?? "";
            const stores = of(`${ESO}:SecretStore`);
            const syncs = of(`${ESO}:ExternalSecret`).map((sync) => syncOf(sync, stores));
            const account = of("kubernetes:core/v1:ServiceAccount")[0];
            const native = of("kubernetes:core/v1:Secret").map((secret) => ({
                name: at(secret.inputs, "metadata.name"),
                keys: keysOf(secret.inputs.data) ?? [],
            }));
            return {
                id,
                cluster,
                context: config.clusters[cluster]?.context ?? cluster,
                namespace: text(inputs.namespace),
                serviceAccount: text(inputs.serviceAccount),
                workload: text(inputs.workload),
                annotations: annotationsOf(account),
                syncs,
                documents: (Array.isArray(inputs.reads) ? inputs.reads : []).map(text),
                unreadable: access.findings
                    .filter(({ who, kind }) => who === id && (kind === "cannot-read" || kind === "undecided"))
                    .map(({ message, fix, kind }) => ({ message, fix, isSure: kind === "cannot-read" })),
                secrets: [
                    ...syncs.map(({ secretName: name, reads }) => ({ name, keys: Object.keys(reads) })),
                    ...native,
                ],
                expected: expected.find((each) => each.id === id),
                seen: UNSEEN,
            };
        });
}

function syncOf({ inputs }: RenderedResource, stores: readonly RenderedResource[]): DeclaredSync {
    const spec = flattened(inputs.spec);
    const storeName = spec["secretStoreRef.name"];
    const store = stores.find((each) => at(each.inputs, "metadata.name") === storeName);
    return {
        name: at(inputs, "metadata.name"),
        secretName: spec["target.name"] ?? "",
        storeName,
        refreshInterval: spec["refreshInterval"] ?? "",
        reads: readsOf(inputs.spec),
        provider: providerOf(store?.inputs.spec),
    };
}

/** By the key of the Secret, where its value is read from. */
export function readsOf(spec: unknown): Readonly<Record<string, string>> {
    const data = (spec as { data?: unknown } | undefined)?.data;
    if (!Array.isArray(data)) return {};
    return Object.fromEntries(
        data.flatMap((each: unknown) => {
            const { secretKey, ...rest } = flattened(each);
            const key = rest["remoteRef.key"];
            if (secretKey === undefined || key === undefined) return [];
            return [[secretKey, referenceText(key, rest["remoteRef.property"])]];
        }),
    );
}

export const providerOf = (spec: unknown): Readonly<Record<string, string>> =>
    flattened((spec as { provider?: unknown } | undefined)?.provider);

function annotationsOf(resource: RenderedResource | undefined): Readonly<Record<string, string>> {
    const metadata = resource?.inputs.metadata as { annotations?: unknown } | undefined;
    const known = Object.entries((metadata?.annotations ?? {}) as Record<string, unknown>);
    return Object.fromEntries(
        known.flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
    );
}

const at = (inputs: unknown, path: string): string => flattened(inputs)[path] ?? "";
const text = (value: unknown): string => (typeof value === "string" ? value : "");
