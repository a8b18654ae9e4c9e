import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";
import { keyPolicy } from "./aws-key-policy";

export interface AwsKeyArgs {
    readonly accountId: string;
    readonly ownership: Ownership;
    /** @default that it encrypts the platform's secrets of the environment */
    readonly description?: string;
    /** Statements of the key policy that say who may use it: administration alone opens nothing. */
    readonly statements: readonly object[];
    readonly provider: pulumi.ProviderResource;
    /** A second region that the key is replicated to, so that secrets can be. */
    readonly replica?: { readonly region: string; readonly provider: pulumi.ProviderResource } | undefined;
    readonly protect: boolean;
}

export interface AwsKey {
    readonly arn: pulumi.Output<string>;
    readonly replicaArn: pulumi.Output<string> | undefined;
}

/** Days in which the deletion of a key can be taken back; the longest AWS offers, since its loss is every value's. */
const DELETION_WINDOW_DAYS = 30;

/** One key for what the environment stores in an account, rotated yearly by KMS. */
export function declareAwsKey(name: string, args: AwsKeyArgs, opts: pulumi.ComponentResourceOptions): AwsKey {
    const { accountId, ownership, provider, replica, protect } = args;
    const own = { ...opts, provider, protect };
    const { description = `Encrypts the ${ownership.platform} secrets of ${ownership.environment}` } = args;
    const policy = keyPolicy(accountId, args.statements);
    const tags = tagsOf(ownership);
    const key = new kms.Key(
        name,
        {
            description,
            enableKeyRotation: true,
            deletionWindowInDays: DELETION_WINDOW_DAYS,
            multiRegion: replica !== undefined,
            policy,
            tags,
        },
        own,
    );
    new kms.Alias(name, { name: `alias/${name}`, targetKeyId: key.keyId }, { ...opts, provider });
    if (replica === undefined) return { arn: key.arn, replicaArn: undefined };
    const copy = new kms.ReplicaKey(
        `${name}-${replica.region}`,
        { primaryKeyArn: key.arn, description, deletionWindowInDays: DELETION_WINDOW_DAYS, policy, tags },
        { ...opts, provider: replica.provider, protect },
    );
    return { arn: key.arn, replicaArn: copy.arn };
}
