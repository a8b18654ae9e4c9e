import * as monitoring from "@pulumi/gcp/monitoring";
import * as projects from "@pulumi/gcp/projects";
import * as pubsub from "@pulumi/gcp/pubsub";
import type * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";
import { accessFilters, changeFilter } from "./gcp-filters";
import type { GuardedSecret } from "./gcp-filters";
import type { Subscribers } from "./subscribers";

export interface GcpAuditArgs {
    readonly project: string;
    readonly ownership: Ownership;
    readonly subscribers: Subscribers;
    /** By platform. */
    readonly secrets: Readonly<Record<string, readonly GuardedSecret[]>>;
    /** E-mails of those that access secrets and that no grant of ours names, such as who runs `pulumi up`. */
    readonly expected: readonly string[];
    /** The topic that Secret Manager tells what is due; absent for none. */
    readonly rotationTopic?: pulumi.Input<string> | undefined;
    readonly provider: pulumi.ProviderResource;
}

/** Services whose reading calls are recorded; Google records none of them unless asked to. */
const RECORDED = ["secretmanager.googleapis.com", "cloudkms.googleapis.com"] as const;

/**
 * The record of who read what in a project, and policies that alert to what no grant names. The configuration of the
 * audit log is one resource a service, and leaves other services as they are.
 *
 * @param name `strongroom-prod`: names everything.
 * @see Google Cloud, "Configure Data Access audit logs"; Cloud Monitoring, "Configure log-based alerting policies"
 */
export function declareGcpAudit(
    name: string,
    args: GcpAuditArgs,
    opts: pulumi.ComponentResourceOptions,
): void {
    const { project, secrets, expected, rotationTopic, provider } = args;
    const own = { ...opts, provider };
    for (const service of RECORDED) {
        new projects.IAMAuditConfig(
            `${name}-audit-${service.split(".")[0] ?? service}`,
            { project, service, auditLogConfigs: [{ logType: "DATA_READ" }] },
            own,
        );
    }
    const channels = declareChannels(name, args, opts);
    const alert = (suffix: string, text: string, filter: string): void => {
        declareLogAlert(`${name}-${suffix}`, { ...args, channels, text, filter }, opts);
    };
    for (const [platform, guarded] of Object.entries(secrets)) {
        for (const [at, filter] of accessFilters(guarded, expected).entries()) {
            const text = `A secret of ${platform} was read by somebody whom no grant names`;
            alert(`read-${platform}-${String(at + 1)}`, text, filter);
        }
    }
    alert("changed", "A secret, a key or their record was deleted, opened or switched off", changeFilter);
    if (rotationTopic !== undefined)
        declareDueAlert(`${name}-due`, { ...args, channels, rotationTopic }, opts);
}

function declareChannels(
    name: string,
    { project, subscribers, ownership, provider }: GcpAuditArgs,
    opts: pulumi.ComponentResourceOptions,
): pulumi.Output<string>[] {
    const channels = [
        ...subscribers.emails.map((address) => ["email", "email_address", address] as const),
        ...subscribers.https.map((address) => ["webhook_tokenauth", "url", address] as const),
    ];
    return channels.map(
        ([type, label, address]) =>
            new monitoring.NotificationChannel(
                `${name}-alerts-${address.replace(/^https:\/\//, "")}`,
                {
                    project,
                    type,
                    displayName: `${name}-alerts`,
                    labels: { [label]: address },
                    userLabels: tagsOf(ownership),
                },
                { ...opts, provider },
            ).name,
    );
}

interface AlertArgs extends GcpAuditArgs {
    readonly channels: readonly pulumi.Output<string>[];
}

function declareLogAlert(
    name: string,
    { project, ownership, channels, text, filter, provider }: AlertArgs & Record<"text" | "filter", string>,
    opts: pulumi.ComponentResourceOptions,
): void {
    new monitoring.AlertPolicy(
        name,
        {
            project,
            displayName: name,
            combiner: "OR",
            conditions: [{ displayName: text, conditionMatchedLog: { filter } }],
            // A policy on logs has to have a limit: one message in five minutes, and the log has the rest.
            alertStrategy: { notificationRateLimit: { period: "300s" }, autoClose: "604800s" },
            documentation: { content: text, mimeType: "text/markdown" },
            notificationChannels: [...channels],
            userLabels: tagsOf(ownership),
        },
        { ...opts, provider },
    );
}

/**
 * Who is told that a document is due: the topic's messages about rotation wait in a subscription, which alerts while one
 * is there. Whoever takes the message out (`gcloud pubsub subscriptions pull --auto-ack`) has read which document it is.
 *
 * @see Google Cloud, Secret Manager, "Set up notifications on a secret": the attribute `eventType`
 */
function declareDueAlert(
    name: string,
    {
        project,
        ownership,
        channels,
        rotationTopic,
        provider,
    }: AlertArgs & { readonly rotationTopic: pulumi.Input<string> },
    opts: pulumi.ComponentResourceOptions,
): void {
    const own = { ...opts, provider };
    new pubsub.Subscription(
        name,
        {
            name,
            project,
            topic: rotationTopic,
            filter: 'attributes.eventType = "SECRET_ROTATE"',
            messageRetentionDuration: "2678400s",
            // It does not go when nobody has pulled for a month, which is the case when nothing is due.
            expirationPolicy: { ttl: "" },
            labels: tagsOf(ownership),
        },
        own,
    );
    const waiting = [
        'resource.type = "pubsub_subscription"',
        `resource.labels.subscription_id = "${name}"`,
        'metric.type = "pubsub.googleapis.com/subscription/num_undelivered_messages"',
    ];
    const text = `A document is due to rotate; the messages of the subscription ${name} name it`;
    new monitoring.AlertPolicy(
        name,
        {
            project,
            displayName: name,
            combiner: "OR",
            conditions: [
                {
                    displayName: text,
                    conditionThreshold: {
                        filter: waiting.join(" AND "),
                        comparison: "COMPARISON_GT",
                        thresholdValue: 0,
                        duration: "0s",
                        aggregations: [{ alignmentPeriod: "300s", perSeriesAligner: "ALIGN_MAX" }],
                    },
                },
            ],
            documentation: { content: text, mimeType: "text/markdown" },
            notificationChannels: [...channels],
            userLabels: tagsOf(ownership),
        },
        own,
    );
}
