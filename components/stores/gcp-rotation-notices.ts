import * as pubsub from "@pulumi/gcp/pubsub";
import type * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";

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
): { readonly topic: pulumi.Output<string>; readonly grant: pulumi.Resource } {
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
