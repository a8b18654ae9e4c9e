import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";
import { liveStages } from "../domain/rotation/stages";
import type { Generations } from "../domain/rotation/stages";

export interface AwsAccessKeysArgs {
    /** `marketplace-prod-s3`: the IAM user. */
    readonly userName: string;
    /** The ledger's name of the key, `marketplace/s3.access_key`: names the resources. */
    readonly field: string;
    readonly generations: Generations;
    /** The class that rotates it; a tag of the user, so that a key that nothing rotates is told from it. */
    readonly rotationClass: string;
    readonly ownership: Ownership;
    readonly accountId: string;
    /** Who may assume the rotator role; without any there is none, and the deployer's own rights create the keys. */
    readonly deployerRoleArns: readonly string[];
    /** Those of the deployers that the stack declares: IAM refuses to trust a role that is not there yet. */
    readonly deployers: readonly pulumi.Resource[];
    /** A provider of the same account, which assumes the role where one is given. */
    readonly rotatorProvider: (
        name: string,
        roleArn: pulumi.Input<string> | undefined,
        opts: pulumi.ResourceOptions,
    ) => pulumi.ProviderResource;
    readonly provider: pulumi.ProviderResource;
    readonly protect: boolean;
}

/** The two halves of the current key; both secret. */
export interface AccessKeyPair {
    readonly id: pulumi.Output<string>;
    readonly secret: pulumi.Output<string>;
}

/**
 * An IAM user and its access keys, one resource per live generation, `<field>-g<N>`: a rotation creates the new key
 * before it deletes the old one. IAM allows a user two, which is what a ledger entry of strategy `two-key` can have.
 *
 * The user has no policy: the stack that owns the bucket attaches what the bucket needs. Keys are not protected, unlike
 * what holds values: one that leaves the ledger has to go at IAM, or it would work for ever.
 *
 * Keys have a provider of their own, whether or not it assumes a role: the engine replaces a resource whose provider
 * becomes another one, and a replaced key is another key under the number of the old one.
 *
 * @returns the current key. The previous one works until it is deleted, and is delivered to nobody.
 */
export function declareAwsAccessKeys(
    args: AwsAccessKeysArgs,
    opts: pulumi.ComponentResourceOptions,
): AccessKeyPair {
    const { userName, field, generations, rotationClass, ownership, deployerRoleArns, provider, protect } =
        args;
    const user = new iam.User(
        userName,
        { name: userName, tags: { ...tagsOf(ownership), "rotation-class": rotationClass } },
        { ...opts, provider, protect },
    );
    const rotator = deployerRoleArns.length === 0 ? undefined : declareRotator(args, opts);
    const creator = args.rotatorProvider(`${userName}-rotator`, rotator?.arn, {
        ...opts,
        ...(rotator === undefined ? {} : { dependsOn: [rotator.policy] }),
    });
    let current: iam.AccessKey | undefined;
    for (const { stage, generation } of liveStages(generations)) {
        const name = `${field}-g${String(generation)}`;
        const key = new iam.AccessKey(name, { user: user.name }, { ...opts, provider: creator });
        if (stage === "current") current = key;
    }
    if (current === undefined) throw new Error(`'${field}' has no current generation`);
    return { id: pulumi.secret(current.id), secret: pulumi.secret(current.secret) };
}

/**
 * A role that can do one thing: create, list and delete the access keys of one user. A role can be assumed some seconds
 * after it was made, so that the first `up` of a user may have to be run twice.
 */
function declareRotator(
    { userName, ownership, accountId, deployerRoleArns, deployers, provider }: AwsAccessKeysArgs,
    opts: pulumi.ComponentResourceOptions,
): { readonly arn: pulumi.Output<string>; readonly policy: pulumi.Resource } {
    const roleName = `${userName}-rotator`;
    const own = { ...opts, provider };
    const role = new iam.Role(
        roleName,
        {
            name: roleName,
            description: `Rotates the access keys of ${userName}`,
            assumeRolePolicy: trustPolicy(deployerRoleArns),
            maxSessionDuration: 3600,
            tags: tagsOf({ ...ownership, class: "rotation" }),
        },
        { ...own, dependsOn: [...deployers] },
    );
    const policy = new iam.RolePolicy(
        `${roleName}-rotate`,
        { name: "rotate", role: role.name, policy: rotatePolicy(accountId, userName) },
        own,
    );
    return { arn: role.arn, policy };
}

function trustPolicy(deployerRoleArns: readonly string[]): string {
    const [only, ...others] = deployerRoleArns;
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "AssumedByTheDeployer",
                Effect: "Allow",
                Principal: { AWS: others.length === 0 ? only : deployerRoleArns },
                Action: "sts:AssumeRole",
            },
        ],
    });
}

/**
 * What the provider calls for an access key: CreateAccessKey to make it, ListAccessKeys to read it, DeleteAccessKey to
 * remove it. It would call UpdateAccessKey only for a change of `status`, which is never set.
 *
 * @see terraform-provider-aws, internal/service/iam/access_key.go
 */
function rotatePolicy(accountId: string, userName: string): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "RotateOwnAccessKeys",
                Effect: "Allow",
                Action: ["iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:ListAccessKeys"],
                Resource: `arn:aws:iam::${accountId}:user/${userName}`,
            },
        ],
    });
}
