import type * as pulumi from "@pulumi/pulumi";
import { declareOperatorAccess } from "../../components/access/operator";
import type { Synced } from "../../components/delivery/external-secret";
import type { Names } from "../../components/domain/names";
import type { Ownership } from "../../components/domain/ownership";
import type { Cluster } from "./systems";

export interface OperatorPlace {
    readonly names: Names;
    readonly ownership: Ownership;
    readonly cluster: Cluster;
    readonly namespace: pulumi.Resource;
}

/** What External Secrets Operator may do in the namespace of a platform; nothing where it has nothing to sync there. */
export function declareOperator(
    name: string,
    synced: readonly Synced[],
    { names, ownership, cluster, namespace }: OperatorPlace,
    opts: pulumi.ComponentResourceOptions,
): void {
    if (synced.length === 0) return;
    const all = (of: keyof Synced): string[] => [...new Set(synced.flatMap((each) => each[of]))];
    declareOperatorAccess(
        `${name}/operator`,
        {
            namespace: names.namespace,
            operator: cluster.config.operator,
            ownership,
            externalSecrets: all("externalSecrets"),
            secretStores: all("secretStores"),
            generators: all("generators"),
            secretNames: all("secretNames"),
            serviceAccounts: all("serviceAccounts"),
            provider: cluster.provider,
        },
        { ...opts, dependsOn: [namespace] },
    );
}
