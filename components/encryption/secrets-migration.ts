import type { MIGRATION_APIS } from "../domain/encryption-key";
import { StorageVersionMigration as V1 } from "@pulumi/kubernetes/storagemigration/v1";
import { StorageVersionMigration as V1alpha1 } from "@pulumi/kubernetes/storagemigration/v1alpha1";
import { StorageVersionMigration as V1beta1 } from "@pulumi/kubernetes/storagemigration/v1beta1";
import type * as pulumi from "@pulumi/pulumi";
import { encryptionKeyName } from "../domain/encryption-key";
import { kubernetesLabels } from "../domain/ownership";
import type { Generations } from "../domain/rotation/stages";

export interface SecretsMigrationArgs {
    /** What the configuration calls the cluster. */
    readonly cluster: string;
    readonly environment: string;
    readonly owner: string;
    readonly apiVersion: (typeof MIGRATION_APIS)[number];
    readonly generations: Generations;
    /** The cluster whose Secrets are written anew. */
    readonly provider: pulumi.ProviderResource;
}

/**
 * Has the cluster write all its Secrets anew, with the key that its API servers encrypt with: from the day in the
 * ledger on which that begins until the day on which it was proved.
 *
 * The promotion of a key must not start it. API servers take the new document by their own means, each in its own time,
 * and one that still encrypts with the old key writes nothing anew: to it nothing is stale. The migration then succeeds
 * all the same. So it waits for a mark in the ledger, which the ledger refuses before the last server has changed over;
 * and that it succeeded proves nothing: what stands in etcd does.
 *
 * Clusters without the API get nothing instead. A Job would need to read and replace every Secret of every namespace,
 * and that right would stand longer than the rewrite takes; policies K8S-01 and K8S-02 refuse it to anybody. An
 * administrator has it already: `kubectl get secrets --all-namespaces -o json | kubectl replace -f -`.
 *
 * @see Kubernetes, "Migrate Kubernetes Objects Using Storage Version Migration".
 */
export function declareSecretsMigration(
    args: SecretsMigrationArgs,
    opts: pulumi.ComponentResourceOptions,
): void {
    const { cluster, environment, owner, apiVersion, generations, provider } = args;
    const { current, previous } = generations;
    if (previous?.rewriting === undefined || previous.rewritten !== undefined) return;
    const name = `encryption-${encryptionKeyName(current.generation)}`;
    const labels = kubernetesLabels({ environment, owner, platform: "control-plane", class: "encryption" });
    const metadata = { name, labels };
    const resource = { group: "", resource: "secrets" };
    const own = { ...opts, provider };
    switch (apiVersion) {
        case "storagemigration.k8s.io/v1":
            new V1(`${cluster}-${name}`, { metadata, spec: { resource } }, own);
            break;
        case "storagemigration.k8s.io/v1beta1":
            new V1beta1(`${cluster}-${name}`, { metadata, spec: { resource } }, own);
            break;
        case "storagemigration.k8s.io/v1alpha1":
            new V1alpha1(
                `${cluster}-${name}`,
                { metadata, spec: { resource: { ...resource, version: "v1" } } },
                own,
            );
            break;
    }
}
