import * as pubsub from "@pulumi/gcp/pubsub";
import type * as pulumi from "@pulumi/pulumi";
import type { Duration } from "../domain/duration";
import { tagsOf } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";
import type { Day } from "../domain/rotation/day";

/** Where Secret Manager says that a document is due. */
export interface RotationNotices {
    /** `projects/<project>/topics/<name>` */
    readonly topic: pulumi.Output<string>;
    /** The right of Secret Manager to publish; it tries it when a secret names the topic. */
    readonly grant: pulumi.Resource;
}

export interface RotationNoticesArgs {
    readonly project: string;
    /** The one region that messages are kept in. */
    readonly location: string;
    readonly ownership: Ownership;
    /** The service agent of Secret Manager, as a member of a grant. */
    readonly agent: pulumi.Input<string>;
    readonly provider: pulumi.ProviderResource;
}

/** A topic for the notices of one environment. A message names the secret, and holds no value. */
export function declareRotationNotices(
    name: string,
    { project, location, ownership, agent, provider }: RotationNoticesArgs,
    opts: pulumi.ComponentResourceOptions,
): RotationNotices {
    const own = { ...opts, provider };
    const topic = new pubsub.Topic(
        name,
        {
            name,
            project,
            labels: tagsOf(ownership),
            messageStoragePolicy: { allowedPersistenceRegions: [location] },
        },
        own,
    );
    const grant = new pubsub.TopicIAMMember(
        `${name}-publish`,
        { project, topic: topic.name, role: "roles/pubsub.publisher", member: agent },
        own,
    );
    return { topic: topic.id, grant };
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
