import { checkAwsCustomerKey, checkGcpCustomerKey } from "../reading/kms-keys";
import type { Property } from "../reading/property";
import { violation, type Checked, type Finding, type ResourceRule } from "../rule";

const EKS = "aws:eks/cluster:Cluster";

/**
 * The control plane of a managed cluster writes Secrets to an etcd that nobody sees; it encrypts them with a key of
 * one's own only when told to, and on EKS for good. The component `@pulumi/eks` makes the same resource below it.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ENC-05",
    name: "enc-05-managed-clusters-encrypt-secrets",
    description: "EKS and GKE clusters encrypt Secrets in etcd with a customer's key.",
    severity: "high",
    remediationSteps:
        "Set encryptionConfig for 'secrets' on EKS, databaseEncryption on GKE, each with a key.",
    url: "https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html",
    peers: ["Checkov", "Trivy", "KICS"],
    types: new Set([EKS, "gcp:container/cluster:Cluster"]),
    check: ({ type, props }: Checked) => (type === EKS ? checkEks(props) : checkGke(props)),
};

function checkEks(props: Property): readonly Finding[] {
    const config = props.at("encryptionConfig");
    if (config.isAbsent) return [violation(config, "is missing", "Encrypt 'secrets' with a key of KMS")];
    const resources = config.at("resources");
    if (!resources.texts().includes("secrets"))
        return [violation(resources, "does not hold 'secrets'", "Add 'secrets'")];
    return checkAwsCustomerKey(config.at("provider", "keyArn"));
}

function checkGke(props: Property): readonly Finding[] {
    const encryption = props.at("databaseEncryption");
    const state = encryption.at("state");
    if (state.text() !== "ENCRYPTED")
        return [violation(state, "is not 'ENCRYPTED'", "Set it, and name a key in keyName")];
    return checkGcpCustomerKey(encryption.at("keyName"));
}
