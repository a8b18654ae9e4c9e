import * as pulumi from "@pulumi/pulumi";
import * as secretmanager from "@pulumi/gcp/secretmanager";
import type { Duration } from "../domain/duration";
import { formatReference } from "../domain/references";
import type { Day } from "../domain/rotation/day";
import { contentText, entryTags, fieldRef } from "./store";
import type { EntryName, RemoteRef, StoreEntry, SyncedStore } from "./store";

/** Where Secret Manager says that a document is due. */
export interface RotationNotices {
    /** `projects/<project>/topics/<name>` */
    readonly topic: pulumi.Output<string>;
    /** The right of Secret Manager to publish; it tries it when a secret names the topic. */
    readonly grant: pulumi.Resource;
}

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

/** 30 days in which a version that somebody destroys is only disabled, and can be enabled again. */
const VERSION_DESTROY_TTL = `${String(30 * 24 * 3600)}s`;

/** GCP Secret Manager: `gcpplatform_prod_jwt-secret`, kept in one region under the environment's key. */
export class GcpSecretManagerStore implements SyncedStore {
    readonly kind = "gcp-secret-manager";
    readonly readsAs = "service account";

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
                labels: labelsOf(entry),
                replication: {
                    userManaged: {
                        replicas: [{ location, customerManagedEncryption: { kmsKeyName: kmsKeyId } }],
                    },
                },
                versionDestroyTtl: VERSION_DESTROY_TTL,
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
function labelsOf(entry: StoreEntry): Record<string, string> {
    const tags = entryTags(entry);
    if (entry.stamp === undefined) return tags;
    const generations = entry.stamp.generations.replaceAll("=", "-").replaceAll(" ", "__");
    return { ...tags, generations: generations.slice(0, 63) };
}

/**
 * The schedule of a secret's notices, from the ledger: the first on the due day, and one a period after that for as long
 * as it is overdue. Nothing here knows the day, so what follows is so by construction:
 * - The time changes with a step of the ledger only, and such a step sets it a period ahead of the day it is taken.
 *   What does not change is not sent, so an overdue secret is no obstacle to an `up`.
 * - Google refuses a time that has passed. It is sent when a secret is created, and when a refresh has found the time
 *   that Google moved on by itself: with an overdue secret, `up` then fails at it until it is rotated.
 * - Ignoring changes would avoid that, and also keep a rotation from moving the time.
 *
 * @see Google Cloud, Secret Manager API, `Rotation`: a time is at least five minutes ahead, and comes with each period.
 */
export function rotationSchedule(
    due: Day,
    period: Duration,
): { readonly nextRotationTime: string; readonly rotationPeriod: string } {
    return {
        nextRotationTime: `${due}T00:00:00Z`,
        rotationPeriod: `${String(period.minutes * 60)}s`,
    };
}
