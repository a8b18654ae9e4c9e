import { GENERATOR_KINDS } from "./external-secrets";

/** Kinds that live in a namespace, by group: Kubernetes' own, and those of the operators that handle secrets. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
    core: [
        "ConfigMap",
        "Endpoints",
        "LimitRange",
        "PersistentVolumeClaim",
        "Pod",
        "PodTemplate",
        "ReplicationController",
        "ResourceQuota",
        "Secret",
        "Service",
        "ServiceAccount",
    ],
    apps: ["ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
    extensions: ["DaemonSet", "Deployment", "Ingress", "NetworkPolicy", "ReplicaSet"],
    batch: ["CronJob", "Job"],
    autoscaling: ["HorizontalPodAutoscaler"],
    policy: ["PodDisruptionBudget"],
    "networking.k8s.io": ["Ingress", "NetworkPolicy"],
    "discovery.k8s.io": ["EndpointSlice"],
    "coordination.k8s.io": ["Lease"],
    "resource.k8s.io": ["ResourceClaim", "ResourceClaimTemplate"],
    "storage.k8s.io": ["CSIStorageCapacity"],
    "rbac.authorization.k8s.io": ["Role", "RoleBinding"],
    "gateway.networking.k8s.io": ["Gateway", "HTTPRoute", "GRPCRoute", "TLSRoute", "ReferenceGrant"],
    "external-secrets.io": ["ExternalSecret", "PushSecret", "SecretStore"],
    "generators.external-secrets.io": GENERATOR_KINDS,
    "secrets-store.csi.x-k8s.io": ["SecretProviderClass"],
    "secrets.hashicorp.com": [
        "HCPAuth",
        "HCPVaultSecretsApp",
        "SecretTransformation",
        "VaultAuth",
        "VaultConnection",
        "VaultDynamicSecret",
        "VaultPKISecret",
        "VaultStaticSecret",
    ],
    "bitnami.com": ["SealedSecret"],
    "cert-manager.io": ["Certificate", "CertificateRequest", "Issuer"],
    "monitoring.coreos.com": ["PodMonitor", "PrometheusRule", "ServiceMonitor"],
};

export const NAMESPACED_KINDS: ReadonlySet<string> = new Set(
    Object.entries(KINDS).flatMap(([group, kinds]) => kinds.map((kind) => `kubernetes:${group}:${kind}`)),
);
