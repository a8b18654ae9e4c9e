import * as v from "valibot";
import { ENCRYPTION_PROVIDERS } from "../../components/domain/encryption-key";
import { Duration } from "../../components/domain/duration";
import { isDay, WEEKDAYS } from "../../components/domain/rotation/day";
import { MIGRATION_APIS } from "../../components/domain/encryption-key";
import { ciSchema } from "./ci-schema";
import { nativeSchema } from "./native-schema";

/**
 * The shape of the configuration of a stack, below the namespace `strongroom`. Keys that are not here are refused, so
 * that a typo is a mistake and not a default.
 */
const text = v.pipe(v.string(), v.nonEmpty("must not be empty"), v.trim());
const label = v.pipe(
    v.string(),
    v.regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and hyphens"),
);

export const SECRET_STORES = [
    "aws-secrets-manager",
    "aws-parameter-store",
    "gcp-secret-manager",
    "vault",
    "kubernetes",
] as const;
export const CONFIG_STORES = ["aws-parameter-store", "kubernetes"] as const;

const roleArn = (name: string) =>
    v.pipe(
        v.string(),
        v.regex(
            /^arn:aws:iam::\d{12}:role\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
            `must be the ARN of a role, such as 'arn:aws:iam::210987654321:role/${name}'`,
        ),
    );
const kubernetesName = v.pipe(
    v.string(),
    v.regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "must be a name of Kubernetes: letters, digits, '-'"),
);

/** External Secrets Operator as a cluster has it. */
export const operatorSchema = v.strictObject({
    namespace: v.optional(kubernetesName, "external-secrets"),
    serviceAccount: v.optional(kubernetesName, "external-secrets"),
    /**
     * The operator's own role in AWS. With it, SecretStores on AWS have the operator assume the consumer's role, told
     * apart by session tags, and it makes no tokens of service accounts for them; without it, it reads as the service
     * account. Needs External Secrets Operator 2.5 or newer.
     */
    roleArn: v.optional(roleArn("external-secrets")),
});

export const awsSchema = v.strictObject({
    /** Twelve digits; quote it, since YAML takes a leading zero away. */
    accountId: v.pipe(
        v.string("must be quoted: it is twelve digits"),
        v.regex(/^\d{12}$/, "must be twelve digits"),
    ),
    region: v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a region such as 'us-east-1'")),
    /**
     * Whoever runs `pulumi up` in this account by hand: may assume the roles which create access keys, and use the
     * environment's key to write values. Without it there are no such roles, the deployer's own credentials create the
     * keys, and IAM decides who writes. The pipeline of `strongroom:ci` has a role of its own.
     */
    deployerRoleArn: v.optional(roleArn("deployer")),
    /** The region that secrets are replicated to; absent for none. */
    replicaRegion: v.optional(
        v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a region such as 'us-west-2'")),
    ),
    /** Days in which a deleted secret can be restored; its name is blocked for as long. 0 deletes at once. */
    recoveryWindowDays: v.optional(
        v.pipe(
            v.number(),
            v.check((n) => n === 0 || (Number.isInteger(n) && n >= 7 && n <= 30), "must be 0, or 7 to 30"),
        ),
        30,
    ),
    /**
     * Days that the record of what happens in the account is kept, of those that CloudWatch Logs knows. A year is the
     * shortest that the CIS benchmark and AWS's own controls accept, in any environment.
     */
    retentionDays: v.optional(
        v.picklist(
            [365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
            "must be 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653",
        ),
        365,
    ),
});

export const gcpSchema = v.strictObject({
    project: v.pipe(
        v.string(),
        v.regex(
            /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
            "must be a project id (not a number): 6 to 30 letters, digits, '-'",
        ),
    ),
    /** Where secrets and keys live, e.g. `us-central1`. */
    location: text,
    /**
     * Whether Secret Manager tells a Pub/Sub topic, `strongroom-<environment>-rotation`, when a document is due. It
     * only tells. Google refuses a day that has passed: rotate what is overdue before switching this on.
     */
    rotationNotices: v.optional(v.boolean(), false),
    /** The number of the project, which names its service agents. */
    projectNumber: v.pipe(
        v.string("must be quoted: it is a name"),
        v.regex(/^\d{6,}$/, "must be the project's number"),
    ),
});

export const vaultSchema = v.strictObject({
    address: v.pipe(v.string(), v.regex(/^https:\/\/[^/\s]+$/, "must be https://host[:port] without a path")),
    /** The path that KV version 2 is mounted at. */
    mount: v.pipe(
        v.string(),
        v.regex(/^[a-z][a-z0-9-]*$/, "must be one name of lower-case letters, digits and '-'"),
    ),
    namespace: v.optional(text),
    /** Versions of an entry that Vault keeps. */
    maxVersions: v.optional(
        v.pipe(v.number(), v.integer(), v.minValue(3, "must be 3 or more: an overlap needs them")),
        10,
    ),
    /**
     * Where each server records its requests: a path, or `stdout`, which a container's runtime collects. A server that
     * can't write there answers nobody.
     */
    auditFile: v.optional(
        v.pipe(v.string(), v.regex(/^(stdout|\/[^\s]+)$/, "must be stdout or a path")),
        "stdout",
    ),
});

export const clusterSchema = v.strictObject({
    /** The context in the kubeconfig of whoever runs `pulumi`. */
    context: text,
    distribution: v.picklist(["self-managed", "eks", "gke"], "must be self-managed, eks or gke"),
    /** The issuer of service account tokens without `https://`; AWS roles trust it. */
    oidcIssuer: v.optional(
        v.pipe(v.string(), v.regex(/^[^/:]+(\/[^\s]*)?$/, "must be a host and path without https://")),
    ),
    /** The mount of Vault's Kubernetes auth method for this cluster. */
    vaultAuthMount: v.optional(text),
    /** GKE: name and location of the cluster. */
    name: v.optional(text),
    location: v.optional(text),
    /** The API server as Vault reaches it, for its Kubernetes auth method. */
    apiServer: v.optional(v.pipe(v.string(), v.startsWith("https://", "must begin with https://"))),
    operator: v.optional(operatorSchema, {}),
});

export const platformSchema = v.strictObject({
    /** A key of `clusters`. */
    cluster: text,
    secrets: v.picklist(SECRET_STORES, `must be one of ${SECRET_STORES.join(", ")}`),
    config: v.picklist(CONFIG_STORES, `must be one of ${CONFIG_STORES.join(", ")}`),
    /** How often a document was created again while its old name was blocked, by document: its name gets `-r2`. */
    recreated: v.optional(
        v.record(v.string(), v.pipe(v.number(), v.integer(), v.minValue(2, "must be 2 or more"))),
        {},
    ),
    /**
     * Documents that their store rotates by itself: none of their fields is drawn, and the ledger has none. The first
     * value is set in the store, and never enters the state.
     */
    native: v.optional(v.record(v.string(), nativeSchema), {}),
    /** Values of the platform's configuration in this environment, by name. */
    settings: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])), {}),
});

export const etcdSchema = v.strictObject({
    /** Where the control plane fetches its EncryptionConfiguration from: never the cluster it protects. */
    store: v.picklist(
        ["aws-secrets-manager", "gcp-secret-manager", "vault"],
        "must be aws-secrets-manager, gcp-secret-manager or vault",
    ),
    /** `secretbox` unless a cluster can't; `aescbc` is weaker. */
    provider: v.optional(v.picklist(ENCRYPTION_PROVIDERS), "secretbox"),
    /**
     * While the key moves to another provider: generations up to `through` keep the earlier one, and the rotation to
     * the next generation is the move. Taken out once none of them lives.
     */
    earlier: v.optional(
        v.strictObject({
            provider: v.picklist(ENCRYPTION_PROVIDERS),
            through: v.pipe(v.number(), v.integer(), v.minValue(1, "must be the number of a generation")),
        }),
    ),
    /**
     * How all Secrets are written anew while the key rotates: the API of the migration that the clusters serve, or
     * `none` where they serve none and somebody does it with kubectl.
     *
     * @default storagemigration.k8s.io/v1, which Kubernetes serves unasked since 1.37; `v1beta1` (1.35) and `v1alpha1`
     *     (1.30) have to be switched on with the feature gate StorageVersionMigrator.
     */
    migration: v.optional(
        v.picklist([...MIGRATION_APIS, "none"], `must be none or one of ${MIGRATION_APIS.join(", ")}`),
        MIGRATION_APIS[0],
    ),
});

const duration = v.pipe(
    v.string("must be a duration such as '2 days'"),
    v.check((text) => Duration.isValid(text), "must be a duration such as '2 days'"),
);
const day = v.pipe(
    v.string("must be a day, YYYY-MM-DD"),
    v.check(isDay, "must be a day of the calendar, YYYY-MM-DD"),
);

export const rotationSchema = v.strictObject({
    /**
     * The longest time from the day that a step has in the ledger, at 00:00 UTC, until `up` has made it true: review,
     * approval and deployment. Announcements and overlaps are longer by it.
     */
    deployWithin: v.optional(duration, "1 day"),
    /** The longest time until a workload that takes variables has restarted after they changed. */
    restartWithin: v.optional(duration, "1 hour"),
    /** The environment in which a class of fields has to have rotated before it does in this one. */
    after: v.optional(label),
    /** When rotations may begin and go on; at any time without it. A compromise never waits. */
    windows: v.optional(
        v.strictObject({
            days: v.pipe(
                v.array(v.picklist(WEEKDAYS, `must be one of ${WEEKDAYS.join(", ")}`)),
                v.nonEmpty("must name a day"),
            ),
            /** Days, both included, on which nothing rotates. */
            freezes: v.optional(v.array(v.strictObject({ from: day, to: day, why: text })), []),
        }),
    ),
});

/** Who is told of reads that no grant names, of what is deleted or switched off, and of values that are too old. */
export const alertsSchema = v.strictObject({
    /** Each confirms once, by the link that AWS sends. */
    emails: v.optional(v.array(v.pipe(v.string(), v.email("must be an e-mail address"))), []),
    /** Without a token in it: this file is no place for one. */
    https: v.optional(
        v.array(
            v.pipe(v.string(), v.regex(/^https:\/\/[^\s@?#]+$/, "must be https:// without user or query")),
        ),
        [],
    ),
    /**
     * Who reads documents although no grant of this project names them, and is not told about: ARNs of roles, e-mails of
     * service accounts. Whoever runs `pulumi up` on GCP, a rotation function, a control plane. `aws.deployerRoleArn` is
     * one by itself.
     */
    expected: v.optional(v.array(text), []),
});

export const stackSchema = v.strictObject({
    environment: label,
    environments: v.pipe(v.array(label), v.nonEmpty("must name the environments")),
    ledger: text,
    aws: v.optional(awsSchema),
    gcp: v.optional(gcpSchema),
    vault: v.optional(vaultSchema),
    clusters: v.record(label, clusterSchema),
    platforms: v.record(label, platformSchema),
    etcd: v.optional(etcdSchema),
    /** The pipelines that deploy; without it there are no identities for them. */
    ci: v.optional(ciSchema),
    /** How often ESO reads the stores, as Go writes durations, e.g. `1h`. */
    refreshInterval: v.optional(
        v.pipe(
            v.string(),
            v.regex(/^(?=[^0]*[1-9])(\d+h)?(\d+m)?(\d+s)?$/, "must be a duration such as '1h' or '30m'"),
        ),
        "1h",
    ),
    rotation: v.optional(rotationSchema, {}),
    alerts: v.optional(alertsSchema, {}),
    /** For one deployment: into an empty state values are drawn anew. A deployment that refuses to says the text. */
    startOver: v.optional(text),
    /** Keep what this environment declares when it leaves the program: stores and keys get `protect`. */
    protect: v.optional(v.boolean(), false),
    /** External fields, by id, that are set in the store itself: they never enter the state. */
    outOfBand: v.optional(v.array(v.string()), []),
    /** Leave to violate a policy for a while. The policies read and check them, with or without this program. */
    exemptions: v.optional(v.array(v.unknown(), "must be a list")),
    /** Values that others issue, by field: `platform/document.field`. Always encrypted in the file. */
    values: v.optional(v.record(v.string(), v.string("must be text")), {}),
});

export type StackConfig = v.InferOutput<typeof stackSchema>;
export type AwsConfig = v.InferOutput<typeof awsSchema>;
export type GcpConfig = v.InferOutput<typeof gcpSchema>;
export type VaultConfig = v.InferOutput<typeof vaultSchema>;
export type ClusterConfig = v.InferOutput<typeof clusterSchema>;
export type OperatorConfig = v.InferOutput<typeof operatorSchema>;
export type RotationConfig = v.InferOutput<typeof rotationSchema>;
export type PlatformConfig = v.InferOutput<typeof platformSchema>;
