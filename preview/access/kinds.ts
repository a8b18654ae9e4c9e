import type { RenderedResource } from "../rendering";
import { placeOf, stackOf } from "./estate";
import type { Estate } from "./estate";
import type { Gap } from "./types";

/**
 * Types that the evaluation reads, `*` standing for any text without a colon. Kubernetes' without their version:
 * `kubernetes:core:Secret`.
 */
export const READ: readonly string[] = [
    "aws:iam/accessKey:AccessKey",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    "aws:iam/policy:Policy",
    "aws:iam/policyAttachment:PolicyAttachment",
    "aws:iam/role:Role",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/user:User",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    "aws:kms/alias:Alias",
    "aws:kms/grant:Grant",
    "aws:kms/key:Key",
    "aws:kms/keyPolicy:KeyPolicy",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:secretsmanager/secret:Secret",
    "aws:secretsmanager/secretRotation:SecretRotation",
    "aws:secretsmanager/secretPolicy:SecretPolicy",
    "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
    "aws:ssm/parameter:Parameter",
    "gcp:folder/iAMBinding:IAMBinding",
    "gcp:folder/iAMMember:IAMMember",
    "gcp:folder/iAMPolicy:IAMPolicy",
    "gcp:kms/cryptoKey:CryptoKey",
    "gcp:kms/cryptoKeyIAM*:CryptoKeyIAM*",
    "gcp:kms/keyRing:KeyRing",
    "gcp:kms/keyRingIAM*:KeyRingIAM*",
    "gcp:organizations/folder:Folder",
    "gcp:organizations/iAMBinding:IAMBinding",
    "gcp:organizations/iAMCustomRole:IAMCustomRole",
    "gcp:organizations/iAMMember:IAMMember",
    "gcp:organizations/iAMPolicy:IAMPolicy",
    "gcp:organizations/project:Project",
    "gcp:projects/iAMBinding:IAMBinding",
    "gcp:projects/iAMCustomRole:IAMCustomRole",
    "gcp:projects/iAMMember:IAMMember",
    "gcp:projects/iAMPolicy:IAMPolicy",
    "gcp:secretmanager/regionalSecret:RegionalSecret",
    "gcp:secretmanager/regionalSecretIam*:RegionalSecretIam*",
    "gcp:secretmanager/secret:Secret",
    "gcp:secretmanager/secretIam*:SecretIam*",
    "gcp:serviceaccount/account:Account",
    "gcp:serviceaccount/iAMBinding:IAMBinding",
    "gcp:serviceaccount/iAMMember:IAMMember",
    "gcp:serviceaccount/iAMPolicy:IAMPolicy",
    "vault:*/authBackendRole:AuthBackendRole",
    "vault:database/secretBackendRole:SecretBackendRole",
    "vault:generic/secret:Secret",
    "vault:index/policy:Policy",
    "vault:kv/secret:Secret",
    "vault:kv/secretV2:SecretV2",
    "kubernetes:apps:DaemonSet",
    "kubernetes:apps:Deployment",
    "kubernetes:apps:ReplicaSet",
    "kubernetes:apps:StatefulSet",
    "kubernetes:batch:CronJob",
    "kubernetes:batch:Job",
    "kubernetes:bitnami.com:SealedSecret",
    "kubernetes:core:Pod",
    "kubernetes:core:ReplicationController",
    "kubernetes:core:Secret",
    "kubernetes:core:ServiceAccount",
    "kubernetes:external-secrets.io:ExternalSecret",
    "kubernetes:rbac.authorization.k8s.io:ClusterRole",
    "kubernetes:rbac.authorization.k8s.io:ClusterRoleBinding",
    "kubernetes:rbac.authorization.k8s.io:Role",
    "kubernetes:rbac.authorization.k8s.io:RoleBinding",
];

/** Types that carry no grant on a secret, a key or an identity, by what they are instead. */
export const NO_GRANTS: Readonly<Record<string, readonly string[]>> = {
    "values, whose container the grants are about": [
        "aws:secretsmanager/secretVersion:SecretVersion",
        "gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion",
        "gcp:secretmanager/secretVersion:SecretVersion",
    ],
    "logs, alarms and messages, and who may send them": [
        "aws:cloudtrail/*:*",
        "aws:cloudwatch/*:*",
        "aws:sns/*:*",
        "aws:sqs/*:*",
        "gcp:logging/*:*",
        "gcp:monitoring/*:*",
        "gcp:pubsub/*:*",
        "gcp:organizations/iamAuditConfig:IamAuditConfig",
        "gcp:projects/iAMAuditConfig:IAMAuditConfig",
        "vault:index/audit:Audit",
        "vault:index/auditRequestHeader:AuditRequestHeader",
    ],
    "files, and who may read them": ["aws:s3/*:*", "gcp:storage/*:*"],
    "what limits and never gives": [
        "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
        "aws:organizations/policy:Policy",
        "gcp:orgpolicy/policy:Policy",
        "kubernetes:admissionregistration.k8s.io:ValidatingAdmissionPolicy",
        "kubernetes:admissionregistration.k8s.io:ValidatingAdmissionPolicyBinding",
        "kubernetes:core:LimitRange",
        "kubernetes:core:ResourceQuota",
        "kubernetes:networking.k8s.io:NetworkPolicy",
        "kubernetes:policy:PodDisruptionBudget",
        "vault:index/quotaLeaseCount:QuotaLeaseCount",
        "vault:index/quotaRateLimit:QuotaRateLimit",
    ],
    "whose tokens are known; roles say which of them count": [
        "gcp:iam/workloadIdentityPool:WorkloadIdentityPool",
        "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
        "vault:index/authBackend:AuthBackend",
        "vault:jwt/authBackend:AuthBackend",
        "vault:kubernetes/authBackendConfig:AuthBackendConfig",
    ],
    "services of a project, and the agents that Google makes for them": [
        "gcp:projects/service:Service",
        "gcp:projects/serviceIdentity:ServiceIdentity",
    ],
    "places for entries": [
        "vault:database/secretBackendConnection:SecretBackendConnection",
        "vault:database/secretsMount:SecretsMount",
        "vault:index/mount:Mount",
        "vault:index/namespace:Namespace",
        "vault:kv/secretBackendV2:SecretBackendV2",
        "kubernetes:core:Namespace",
    ],
    "configuration, networks and storage": [
        "kubernetes:apiextensions.k8s.io:CustomResourceDefinition",
        "kubernetes:autoscaling:HorizontalPodAutoscaler",
        "kubernetes:core:ConfigMap",
        "kubernetes:core:PersistentVolume",
        "kubernetes:core:PersistentVolumeClaim",
        "kubernetes:core:Service",
        "kubernetes:monitoring.coreos.com:*",
        "kubernetes:networking.k8s.io:Ingress",
        "kubernetes:scheduling.k8s.io:PriorityClass",
        "kubernetes:storage.k8s.io:StorageClass",
        "kubernetes:storagemigration.k8s.io:StorageVersionMigration",
    ],
    "which store an operator asks, and as whom": [
        "kubernetes:external-secrets.io:ClusterSecretStore",
        "kubernetes:external-secrets.io:SecretStore",
        "kubernetes:generators.external-secrets.io:VaultDynamicSecret",
    ],
};

/** Packages without grants of their own. */
const PACKAGES = new Set(["pulumi", "strongroom", "random"]);

const patterns = [...READ, ...Object.values(NO_GRANTS).flat()].map(
    (text) =>
        new RegExp(
            `^${text.replace(/[.*+?^${}()|[\]\\/]/gu, (each) => (each === "*" ? "[^:]*" : `\\${each}`))}$`,
            "u",
        ),
);

/** Kubernetes' types without their version, as the lists above have them. */
const canonical = (type: string): string => type.replace(/^(kubernetes:[^/:]+)\/[^:]+:/u, "$1:");

/** True for a type that is read, or that carries no grant. */
export function isKnown(type: string): boolean {
    const [name = ""] = type.split(":");
    return PACKAGES.has(name) || patterns.some((pattern) => pattern.test(canonical(type)));
}

/** Resources of a kind that nobody here can judge: each may grant anything, so that it is refused by name. */
export function unknownKinds(estate: Estate): readonly Gap[] {
    const unknown = estate.types().filter((type) => !isKnown(type));
    return estate
        .ofType(...unknown)
        .filter(({ custom }) => custom)
        .map((resource) => ({
            place: placeOf(resource),
            stack: stackOf(resource),
            message: "a resource of a kind whose grants are not evaluated",
            fix: fixOf(resource),
        }));
}

/** The kind that is read and does the same, where there is one. */
function fixOf({ type }: RenderedResource): string {
    if (type.startsWith("aws:iam/group") || type === "aws:iam/userGroupMembership:UserGroupMembership")
        return "Attach the policy to a role instead of a group";
    if (/^kubernetes:.*(?:List|Patch)$/u.test(type)) return "Declare each object as a resource of its own";
    if (/^kubernetes:(?:helm|kustomize|yaml)/u.test(type))
        return "Declare its objects as resources of their own";
    return "Grant with a kind that 'preview/access/kinds.ts' reads, or list this one there with why it grants nothing";
}
