import type { Checked } from "../rule";
import type { Property } from "./property";

/** Objects that the SDK has IAM resources for, as the first part of their tokens: those that rule who gets a value. */
const OBJECTS = [
    "projects/iAM",
    "folder/iAM",
    "organizations/iAM",
    "serviceaccount/iAM",
    "secretmanager/secretIam",
    "secretmanager/regionalSecretIam",
    "kms/cryptoKeyIAM",
    "kms/keyRingIAM",
    "kms/ekmConnectionIam",
    "iam/workloadIdentityPoolIam",
    "pubsub/topicIAM",
    "pubsub/subscriptionIAM",
    "storage/bucketIAM",
    "storage/managedFolderIam",
    "billing/accountIam",
] as const;

/** `gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember`, and so the binding and the policy of each. */
export const GCP_IAM: ReadonlySet<string> = new Set(gcpIamTypes(OBJECTS));

/** The tokens of member, binding and policy of some objects, as `["projects/iAM"]`. */
export function gcpIamTypes(objects: readonly string[]): string[] {
    return objects.flatMap((object) => {
        const [module = "", kind = ""] = object.split("/");
        const name = kind.slice(0, 1).toUpperCase() + kind.slice(1);
        return ["Member", "Binding", "Policy"].map((way) => `gcp:${module}/${kind}${way}:${name}${way}`);
    });
}

/** Whose whole content inherits what is granted on them. */
export const WIDE_OBJECTS = ["projects/iAM", "folder/iAM", "organizations/iAM"] as const;

export interface GcpGrant {
    readonly role: Property;
    readonly members: readonly Property[];
}

/** What one IAM resource grants; undefined when its policy can't be read. */
export function gcpGrantsOf({ type, props }: Checked): GcpGrant[] | undefined {
    if (!type.endsWith("Policy")) {
        const members = [props.at("member"), props.at("members")].flatMap((one) => one.itemsOrUnknown());
        return [{ role: props.at("role"), members }];
    }
    const bindings = props.at("policyData").parsed()?.at("bindings");
    if (bindings?.isAbsent !== false) return undefined;
    return bindings
        .items()
        .map((binding) => ({ role: binding.at("role"), members: binding.at("members").itemsOrUnknown() }));
}

/** `serviceAccount:acme-prod.svc.id.goog[devplatform-prod/backend]` */
export interface Workload {
    readonly project: string;
    readonly namespace: string;
    readonly serviceAccount: string;
}

/** The Kubernetes workload that a member stands for, in the old and the new way of writing it. */
export function workloadOf(member: string): Workload | undefined {
    const [, project, namespace, serviceAccount] =
        /^serviceAccount:([^[\]/*]+)\.svc\.id\.goog\[([^[\]/*]+)\/([^[\]/*]+)\]$/.exec(member) ??
        /^principal:\/\/iam\.googleapis\.com\/projects\/\d+\/locations\/global\/workloadIdentityPools\/([^[\]/*]+)\.svc\.id\.goog\/subject\/ns\/([^/*]+)\/sa\/([^/*]+)$/.exec(
            member,
        ) ??
        [];
    if (project === undefined || namespace === undefined || serviceAccount === undefined) return undefined;
    return { project, namespace, serviceAccount };
}
