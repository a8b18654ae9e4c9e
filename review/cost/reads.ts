import { Duration } from "../../components/domain/duration";
import type { Json } from "../../preview/report/redact";
import type { SnapshotResource } from "../snapshot";
import { at, list, text } from "./json";
import { HOURS_PER_MONTH } from "./prices";

/** A store that somebody pays for reading; Vault and the cluster's own take no money for it. */
export type ReadStore = "aws-secrets-manager" | "aws-parameter-store" | "gcp-secret-manager";

/** What External Secrets Operator asks of one store in a month, by the keys that it asks for. */
export type Reads = ReadonlyMap<ReadStore, ReadonlyMap<string, number>>;

const EXTERNAL_SECRET = "kubernetes:external-secrets.io/v1:ExternalSecret";
const SECRET_STORE = "kubernetes:external-secrets.io/v1:SecretStore";
const MINUTES_PER_HOUR = 60;

/**
 * Counts the reads of all ExternalSecrets: at each refresh once for each key of Secrets Manager, which the operator asks
 * for once however many properties are taken of it, and once for each reference elsewhere. What is not refreshed, or by
 * an interval that nobody can read, is not counted; a change of an ExternalSecret reads once more.
 *
 * @see External Secrets Operator, "ExternalSecret": refreshInterval and refreshPolicy; its provider for AWS Secrets
 *     Manager keeps what it has read for the time of one refresh.
 */
export function readsPerMonth(resources: readonly SnapshotResource[]): Reads {
    const stores = new Map(
        resources
            .filter(({ type }) => type === SECRET_STORE)
            .map((store) => [addressOf(store, at(store.inputs, "metadata", "name")), storeOf(store)]),
    );
    const reads = new Map<ReadStore, Map<string, number>>();
    for (const secret of resources.filter(({ type }) => type === EXTERNAL_SECRET)) {
        const { inputs } = secret;
        const store = stores.get(addressOf(secret, at(inputs, "spec", "secretStoreRef", "name")));
        const refreshes = refreshesPerMonth(inputs);
        if (store === undefined || refreshes === 0) continue;
        const keys = keysOf(inputs);
        const counted = reads.get(store) ?? new Map<string, number>();
        reads.set(store, counted);
        for (const key of store === "aws-secrets-manager" ? new Set(keys) : keys)
            counted.set(key, (counted.get(key) ?? 0) + refreshes);
    }
    return reads;
}

/** A name in its namespace of its cluster. */
function addressOf({ inputs, provider = "" }: SnapshotResource, name: Json | undefined): string {
    return [provider, text(at(inputs, "metadata", "namespace")), text(name)].join(" ");
}

function storeOf({ inputs }: SnapshotResource): ReadStore | undefined {
    const provider = at(inputs, "spec", "provider");
    if (at(provider, "gcpsm") !== undefined) return "gcp-secret-manager";
    const service = text(at(provider, "aws", "service"));
    if (service === "ParameterStore") return "aws-parameter-store";
    return service === "SecretsManager" ? "aws-secrets-manager" : undefined;
}

/** The operator refreshes every hour where nothing is said. */
function refreshesPerMonth(inputs: SnapshotResource["inputs"]): number {
    const policy = text(at(inputs, "spec", "refreshPolicy"));
    const interval = text(at(inputs, "spec", "refreshInterval")) ?? "1h";
    if ((policy !== undefined && policy !== "Periodic") || !Duration.isValidGo(interval)) return 0;
    const { minutes } = Duration.parseGo(interval);
    return minutes === 0 ? 0 : (HOURS_PER_MONTH * MINUTES_PER_HOUR) / minutes;
}

/** One for each reference; `find` has no key, and asks for more than can be told. */
function keysOf(inputs: SnapshotResource["inputs"]): readonly string[] {
    const data = list(at(inputs, "spec", "data")).map((each) => at(each, "remoteRef", "key"));
    const whole = list(at(inputs, "spec", "dataFrom")).map((each) => at(each, "extract", "key"));
    return [...data, ...whole].flatMap((key) => text(key) ?? []);
}
