import { checkAwsCustomerKey, checkGcpCustomerKey } from "../reading/kms-keys";
import type { Property } from "../reading/property";
import { NOT_APPLICABLE, each, violation, type Checked, type Finding, type ResourceRule } from "../rule";

const CHECKS: ReadonlyMap<string, (props: Property) => readonly Finding[] | typeof NOT_APPLICABLE> = new Map([
    ["aws:secretsmanager/secret:Secret", checkSecret],
    ["aws:ssm/parameter:Parameter", checkParameter],
    ["gcp:secretmanager/secret:Secret", (props) => checkReplication(props.at("replication"))],
    ["gcp:secretmanager/regionalSecret:RegionalSecret", checkManaged],
]);

/**
 * Whoever may read a store still needs the key, which has a policy, a log and an end of its own; a service's default
 * key has none of them. A key that the same deployment makes is not known before it: the update asks again.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "SM-01",
    name: "sm-01-stores-have-a-customer-key",
    description: "Secrets, their replicas and SecureStrings are encrypted with a customer's key.",
    severity: "high",
    remediationSteps: "Name the key of this environment in kmsKeyId, keyId or customerManagedEncryption.",
    url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html",
    peers: ["Checkov", "Trivy", "KICS", "compliance-ready"],
    types: new Set(CHECKS.keys()),
    check: ({ type, props }: Checked) => CHECKS.get(type)?.(props) ?? NOT_APPLICABLE,
};

function checkSecret(props: Property): Finding[] {
    const keys = [props, ...props.at("replicas").itemsOrUnknown()].map((place) => place.at("kmsKeyId"));
    return each(keys, checkAwsCustomerKey);
}

/** Parameters of the types String and StringList are not encrypted at all, and hold configuration. */
function checkParameter(props: Property): Finding[] | typeof NOT_APPLICABLE {
    if (props.at("type").text() !== "SecureString") return NOT_APPLICABLE;
    return checkAwsCustomerKey(props.at("keyId"));
}

/** Replicas that Google chooses share one key; those that are named have one each. */
function checkReplication(replication: Property): Finding[] {
    const auto = replication.at("auto");
    if (!auto.isAbsent) return checkManaged(auto);
    const replicas = replication.at("userManaged", "replicas").items();
    if (replicas.length > 0) return each(replicas, checkManaged);
    const fix = "Name its replicas, each with customerManagedEncryption";
    return [violation(replication, "names no place, and so no key", fix)];
}

function checkManaged(place: Property): Finding[] {
    return checkGcpCustomerKey(place.at("customerManagedEncryption", "kmsKeyName"));
}
