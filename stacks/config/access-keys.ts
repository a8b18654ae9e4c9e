/**
 * Whether the stack creates a platform's access keys itself, or somebody else issues them: it does where the environment
 * has an AWS account and keeps the platform's secrets in it.
 */
export function createsAccessKeys(hasAws: boolean, secretStore: unknown): boolean {
    return hasAws && typeof secretStore === "string" && secretStore.startsWith("aws-");
}
