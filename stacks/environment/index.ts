import * as pulumi from "@pulumi/pulumi";
import type { Catalogue } from "../../components/domain/catalogue";
import { ETCD_FIELD } from "../../components/domain/encryption-key";
import type { PodParts } from "../../components/delivery/mounts";
import type { StateOf } from "../../components/domain/rotation/lost-state";
import { KubernetesAuditPolicy } from "../../components/audit/kubernetes-audit-policy";
import { EtcdEncryption } from "../../components/encryption/etcd";
import { declareSecretsMigration } from "../../components/encryption/secrets-migration";
import { declareStateMark } from "../../components/secrets/state-mark";
import type { Ledger } from "../../components/domain/rotation/stages";
import type { StackConfig } from "../config/schema";
import { declareAudit } from "./audit";
import { declareCi } from "./ci";
import type { WrittenDocument } from "./ci";
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
    const written: WrittenDocument[] = [];
    const systems = declareSystems(config, catalogue, {});

    if (etcd !== undefined) {
        const generations = configured(ledger[ETCD_FIELD], ETCD_FIELD);
        const store = storeOf(etcd.store, config, systems, undefined);
        const { owner } = sharedOwnership(environment);
        const encryption = new EtcdEncryption("etcd", {
            environment,
            owner,
            providers: etcd,
            generations,
            store,
            random,
            stateMark,
        });
        new KubernetesAuditPolicy("audit-policy", { environment, owner, store });
        const { id, entry } = encryption;
        written.push({ id, store, entry, resource: encryption });
        const { migration } = etcd;
        for (const [cluster, { config, provider }] of Object.entries(systems.clusters)) {
            if (migration === "none" || config.distribution !== "self-managed") continue;
            declareSecretsMigration(
                { cluster, environment, apiVersion: migration, generations, owner, provider },
                // After the document, so that one deployment of both does not begin with the rewrite.
                { dependsOn: [encryption] },
            );
        }
    }

    const values = Object.fromEntries(
        Object.entries(config.values).map(([field, value]) => [field, pulumi.secret(value)] as const),
    );
    const workloads: Record<string, Readonly<Record<string, PodParts>>> = {};
    const platforms: Record<string, Platform> = {};
    for (const spec of catalogue) {
        const platformConfig = config.platforms[spec.name];
        if (platformConfig === undefined) continue;
        const shared = { config, systems, ledger, values, random, stateMark };
        const platform = new Platform({ spec, platformConfig, ...shared });
        platforms[spec.name] = platform;
        workloads[spec.name] = platform.podParts;
        written.push(...platform.written);
    }
    declareAudit({ config, catalogue, ledger, systems, platforms });
    declareCi(config, catalogue, ledger, systems, written, {});
    return { environment, workloads };
}
