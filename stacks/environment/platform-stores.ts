import type { Platform } from "../../components/domain/catalogue";
import { Names } from "../../components/domain/names";
import { SecretsManagerStore } from "../../components/stores/aws-secrets-manager";
import { ParameterStore } from "../../components/stores/aws-parameter-store";
import { GcpSecretManagerStore } from "../../components/stores/gcp-secret-manager";
import { KubernetesStore } from "../../components/stores/kubernetes";
import type { SecretStore } from "../../components/stores/store";
import { VaultStore } from "../../components/stores/vault";
import { secretVariables } from "../../components/delivery/variables";
import type { Ledger } from "../../components/domain/rotation/stages";
import type { PlatformConfig, StackConfig } from "../config/schema";
import type { Aws, Cluster, Systems } from "./systems";

/** A system that the configuration was checked to have; that it is missing here is our own fault. */
export function configured<T>(system: T | undefined, name: string): T {
    if (system === undefined)
        throw new Error(`'${name}' is used and not set up, which the check of the configuration missed`);
    return system;
}

/** The store of an environment that the configuration names, by the word for it. */
export function storeOf(
    kind: Exclude<SecretStore["kind"], "kubernetes">,
    { protect }: StackConfig,
    systems: Systems,
    cluster: Cluster | undefined,
): SecretStore {
    switch (kind) {
        case "aws-secrets-manager": {
            const { config, provider, key } = configured(systems.aws, "aws");
            const { accountId, region, replicaRegion, recoveryWindowDays } = config;
            const replica =
                replicaRegion === undefined || key.replicaArn === undefined
                    ? undefined
                    : { region: replicaRegion, kmsKeyArn: key.replicaArn };
            const shared = { accountId, region, replica, recoveryWindowDays, protect, provider };
            const args = { ...shared, readByOperator: hasOwnRole(cluster) };
            return new SecretsManagerStore({ ...args, kmsKeyArn: key.arn });
        }
        case "aws-parameter-store":
            return parameterStore(configured(systems.aws, "aws"), cluster, protect);
        case "gcp-secret-manager": {
            const { config, provider, key, notices } = configured(systems.gcp, "gcp");
            const { project, location } = config;
            const { name = "", location: clusterLocation = "" } = cluster?.config ?? {};
            const readers = { name, location: clusterLocation };
            const args = { project, location, cluster: readers, notices, protect, provider };
            return new GcpSecretManagerStore({ ...args, kmsKeyId: key.id, kmsGrant: key.grant });
        }
        case "vault": {
            const { config, provider, mounted } = configured(systems.vault, "vault");
            const { address, mount, namespace } = config;
            const authMount = cluster?.config.vaultAuthMount ?? "";
            return new VaultStore({ address, mount, namespace, authMount, mounted, protect, provider });
        }
    }
}

export function parameterStore(
    { config, provider, key }: Aws,
    cluster: Cluster | undefined,
    protect: boolean,
): ParameterStore {
    const { accountId, region } = config;
    const args = { accountId, region, readByOperator: hasOwnRole(cluster), protect, provider };
    return new ParameterStore({ ...args, kmsKeyArn: key.arn });
}

const hasOwnRole = (cluster: Cluster | undefined): boolean => cluster?.config.operator.roleArn !== undefined;

/** The store of a platform's documents. */
export function documentStore(
    platform: Platform,
    platformConfig: PlatformConfig,
    config: StackConfig,
    systems: Systems,
    ledger: Ledger,
): SecretStore {
    const kind = platformConfig.secrets;
    if (kind !== "kubernetes")
        return storeOf(kind, config, systems, systems.clusters[platformConfig.cluster]);
    return new KubernetesStore({
        locate: (document, field) => locateInSecrets(platform, ledger, document, field),
    });
}

/** The first consumer's Secret that a field of a document goes into. */
function locateInSecrets(
    platform: Platform,
    ledger: Ledger,
    document: string,
    storedField: string,
): { secretName: string; key: string } | undefined {
    for (const consumer of Object.values(platform.consumers)) {
        const taken = secretVariables(platform, consumer, ledger)[document] ?? [];
        const found = taken.find((variable) => variable.storedField === storedField);
        if (found !== undefined) return { secretName: consumer.secretName, key: found.variable };
    }
    return undefined;
}

export const namesOf = (platform: string, { environment }: StackConfig): Names =>
    new Names(platform, environment);
