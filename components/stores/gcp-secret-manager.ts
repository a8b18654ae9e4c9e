import * as pulumi from "@pulumi/pulumi";
import * as secretmanager from "@pulumi/gcp/secretmanager";
import { formatReference } from "../domain/references";
import { tagsOf } from "../domain/ownership";
import type { Stamp } from "../domain/rotation/stamp";
import { rotationSchedule } from "./gcp-rotation-notices";
import type { RotationNotices } from "./gcp-rotation-notices";
import { contentText, fieldRef } from "./store";
import type { EntryName, RemoteRef, StoreEntry, SyncedStore } from "./store";

export interface GcpSecretManagerStoreArgs {
    readonly project: string;
    /** The one region that values are kept in, e.g. `us-central1`. */
    readonly location: string;
    readonly kmsKeyId: pulumi.Input<string>;
    /** The grant that lets Secret Manager use the key; secrets wait for it. */
    readonly kmsGrant: pulumi.Resource;
    /** Absent where nobody wants to be told what is due. */
    readonly notices?: RotationNotices | undefined;
    /** The cluster whose workload identities read. */
    readonly cluster: { readonly name: string; readonly location: string };
    readonly protect: boolean;
    readonly provider: pulumi.ProviderResource;
}

/** GCP Secret Manager: `gcpplatform_prod_jwt-secret`, kept in one region under the environment's key. */
export class GcpSecretManagerStore implements SyncedStore {
    readonly kind = "gcp-secret-manager";

    constructor(private readonly args: GcpSecretManagerStoreArgs) {}

    path({ names, storedName }: EntryName): string {
        return names.secretId(storedName);
    }

    reference(entry: EntryName, storedField: string): string {
        return formatReference({
            scheme: "gcp-secrets",
            path: `projects/${this.args.project}/secrets/${this.path(entry)}`,
            ...(entry.format === "text" ? {} : { field: storedField }),
        });
    }

    write(entry: StoreEntry, opts: pulumi.ComponentResourceOptions): void {
        const { project, location, kmsKeyId, kmsGrant, notices, protect, provider } = this.args;
        const own = { ...opts, provider };
        const due = entry.stamp?.due;
        const schedule =
            notices === undefined || due === undefined || entry.period === undefined
                ? undefined
                : {
                      grant: notices.grant,
                      topics: [{ name: notices.topic }],
                      rotation: rotationSchedule(due, entry.period),
                  };
        const secret = new secretmanager.Secret(
            entry.id,
            {
                project,
                secretId: this.path(entry),
                labels: { ...tagsOf(entry.ownership), ...stampLabels(entry.stamp) },
                replication: {
                    userManaged: {
                        replicas: [{ location, customerManagedEncryption: { kmsKeyName: kmsKeyId } }],
                    },
                },
                ...(schedule === undefined ? {} : { topics: schedule.topics, rotation: schedule.rotation }),
            },
            { ...own, protect, dependsOn: [kmsGrant, ...(schedule === undefined ? [] : [schedule.grant])] },
        );
        if (entry.content === undefined) return;
        const text = pulumi.all(entry.content).apply((content) => contentText(entry.format, content));
        new secretmanager.SecretVersion(
            entry.id,
            // A version that is replaced is disabled, so that a rotation that went wrong can be taken back.
            { secret: secret.id, secretData: pulumi.secret(text), deletionPolicy: "DISABLE" },
            own,
        );
    }

    remoteRef(entry: EntryName, storedField: string): RemoteRef {
        return fieldRef(this.path(entry), entry.format, storedField);
    }

    providerBlock(serviceAccount: string): Record<string, unknown> {
        const { project, cluster } = this.args;
        return {
            gcpsm: {
                projectID: project,
                auth: {
                    workloadIdentity: {
                        clusterName: cluster.name,
                        clusterLocation: cluster.location,
                        clusterProjectID: project,
                        serviceAccountRef: { name: serviceAccount },
                    },
                },
            },
        };
    }
}

/** Values of GCP labels have lower-case letters, digits, `_` and `-`, 63 of them at most. */
function stampLabels(stamp: Stamp | undefined): Record<string, string> {
    if (stamp === undefined) return {};
    const generations = stamp.generations.replaceAll("=", "-").replaceAll(" ", "__");
    return { ...stamp, generations: generations.slice(0, 63) };
}
