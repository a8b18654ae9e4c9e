import type { Replacement } from "./replacement";
import { schema } from "./replacement";

const of = (resource: string, ...properties: readonly string[]): Replacement =>
    schema(`Terraform provider of Google Cloud, ${resource}: ForceNew`, ...properties);

/** A member is its role, its name and its condition; what it is granted on comes first. */
const member = (resource: string, ...on: readonly string[]): Replacement =>
    of(resource, ...on, "role", "member", "condition");

export const gcp: Readonly<Record<string, Replacement>> = {
    "gcp:iam/workloadIdentityPool:WorkloadIdentityPool": of(
        "google_iam_workload_identity_pool",
        "workloadIdentityPoolId",
        "project",
    ),
    "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider": of(
        "google_iam_workload_identity_pool_provider",
        "workloadIdentityPoolId",
        "workloadIdentityPoolProviderId",
        "project",
    ),
    "gcp:kms/cryptoKey:CryptoKey": of(
        "google_kms_crypto_key",
        "keyRing",
        "name",
        "purpose",
        "cryptoKeyBackend",
        "destroyScheduledDuration",
        "importOnly",
        "versionTemplate.protectionLevel",
    ),
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": member(
        "google_kms_crypto_key_iam_member",
        "cryptoKeyId",
    ),
    "gcp:kms/keyRing:KeyRing": of("google_kms_key_ring", "location", "name", "project"),
    "gcp:monitoring/alertPolicy:AlertPolicy": of("google_monitoring_alert_policy", "project"),
    "gcp:monitoring/notificationChannel:NotificationChannel": of(
        "google_monitoring_notification_channel",
        "project",
    ),
    "gcp:projects/iAMAuditConfig:IAMAuditConfig": of("google_project_iam_audit_config", "service", "project"),
    "gcp:projects/iAMCustomRole:IAMCustomRole": of("google_project_iam_custom_role", "roleId", "project"),
    "gcp:projects/serviceIdentity:ServiceIdentity": of(
        "google_project_service_identity",
        "service",
        "project",
    ),
    "gcp:pubsub/subscription:Subscription": of(
        "google_pubsub_subscription",
        "name",
        "topic",
        "enableMessageOrdering",
        "filter",
        "tags",
        "project",
    ),
    "gcp:pubsub/topic:Topic": of("google_pubsub_topic", "name", "tags", "project"),
    "gcp:pubsub/topicIAMMember:TopicIAMMember": member("google_pubsub_topic_iam_member", "topic", "project"),
    "gcp:secretmanager/secret:Secret": of(
        "google_secret_manager_secret",
        "secretId",
        "replication.auto",
        "replication.userManaged",
        "tags",
        "project",
    ),
    "gcp:secretmanager/secretIamMember:SecretIamMember": member(
        "google_secret_manager_secret_iam_member",
        "secretId",
        "project",
    ),
    "gcp:secretmanager/secretVersion:SecretVersion": of(
        "google_secret_manager_secret_version",
        "secret",
        "secretData",
        "secretDataWoVersion",
        "isSecretDataBase64",
    ),
    "gcp:serviceaccount/account:Account": of("google_service_account", "accountId", "project"),
    "gcp:serviceaccount/iAMMember:IAMMember": member("google_service_account_iam_member", "serviceAccountId"),
};
