import type { Catalogue } from "../../components/domain/catalogue";
import { Names } from "../../components/domain/names";
import type { StackConfig } from "./schema";

/**
 * Whether the stack creates a platform's access keys itself, or somebody else issues them: it does where the environment
 * has an AWS account and keeps the platform's secrets in it.
 */
export function createsAccessKeys(hasAws: boolean, secretStore: unknown): boolean {
    return hasAws && typeof secretStore === "string" && secretStore.startsWith("aws-");
}

/** The roles that create access keys, one a document that has one: `marketplace-prod-s3-rotator`. */
export function rotatorNames(
    { environment, aws, platforms }: Pick<StackConfig, "environment" | "aws" | "platforms">,
    catalogue: Catalogue,
): string[] {
    return catalogue.flatMap((platform) => {
        if (!createsAccessKeys(aws !== undefined, platforms[platform.name]?.secrets)) return [];
        const names = new Names(platform.name, environment);
        return Object.entries(platform.documents)
            .filter(([, { fields }]) => Object.values(fields).some(({ kind }) => kind === "access-key"))
            .map(([document]) => `${names.identity(document)}-rotator`);
    });
}
