import * as pulumi from "@pulumi/pulumi";
import type { Catalogue } from "../../components/domain/catalogue";
import type { PodParts } from "../../components/delivery/mounts";
import { declareStateMark } from "../../components/secrets/state-mark";
import { ETCD_FIELD, EtcdEncryption } from "../../components/encryption/etcd";
import type { StateOf } from "../../components/domain/rotation/lost-state";
import type { Ledger } from "../../components/domain/rotation/stages";
import type { StackConfig } from "../config/schema";
import { Platform } from "./platform";
import { configured, storeOf } from "./platform-stores";
import { randomProvider } from "./providers";
import { declareSystems, sharedOwnership } from "./systems";

/** What the stack gives out: the pod parts of each workload, by platform and consumer. Nothing secret. */
export interface EnvironmentOutputs {
    readonly environment: string;
    readonly workloads: Readonly<Record<string, Readonly<Record<string, PodParts>>>>;
}

/** Everything that one environment is made of, in the order in which one would explain it. */
export function declareEnvironment(
    config: StackConfig,
    catalogue: Catalogue,
    ledger: Ledger,
    state: StateOf,
): EnvironmentOutputs {
    const { environment, protect, etcd } = config;
    const random = randomProvider(environment);
    const stateMark = declareStateMark(environment, state, { provider: random, protect });
    const systems = declareSystems(config, {});

    if (etcd !== undefined) {
        const generations = configured(ledger[ETCD_FIELD], ETCD_FIELD);
        const store = storeOf(etcd.store, config, systems, undefined);
        const { owner } = sharedOwnership(environment);
        new EtcdEncryption("etcd", {
            environment,
            owner,
            provider: etcd.provider,
            generations,
            store,
            protect,
            random,
            stateMark,
        });
    }

    const values = Object.fromEntries(
        Object.entries(config.values).map(([field, value]) => [field, pulumi.secret(value)] as const),
    );
    const workloads: Record<string, Readonly<Record<string, PodParts>>> = {};
    for (const spec of catalogue) {
        const platformConfig = config.platforms[spec.name];
        if (platformConfig === undefined) continue;
        const shared = { config, systems, ledger, values, random, stateMark };
        const platform = new Platform({ spec, platformConfig, ...shared });
        workloads[spec.name] = platform.podParts;
    }
    return { environment, workloads };
}
