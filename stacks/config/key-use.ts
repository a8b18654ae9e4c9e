import { deployRoleArn } from "../../components/access/ci-pipeline";
import { configVariables, secretVariables } from "../../components/delivery/variables";
import type { Catalogue, Platform } from "../../components/domain/catalogue";
import { Names } from "../../components/domain/names";
import type { Problems } from "../../components/domain/problems";
import {
    KEY_POLICY_CHARS_MAX,
    keyPolicy,
    storeKeyStatements,
} from "../../components/encryption/aws-key-policy";
import type { StoreKeyUse } from "../../components/encryption/aws-key-policy";
import { storedNameOf } from "./paths";
import { pipelinesOf, sharedNames } from "./pipelines";
import type { AwsConfig, PlatformConfig, StackConfig } from "./schema";
import { settingsOf } from "./settings";

/** Everybody who deploys into the account by a role that is known: people, and the pipeline. */
export function deployerRoleArns(stack: StackConfig, { accountId, deployerRoleArn }: AwsConfig): string[] {
    return [
        ...(deployerRoleArn === undefined ? [] : [deployerRoleArn]),
        ...(pipelinesOf(stack).length === 0
            ? []
            : [deployRoleArn(accountId, sharedNames(stack.environment).namespace)]),
    ];
}

/** Whom the key of the environment's AWS stores is for, from names alone: the key comes before its readers. */
export function storeKeyUse(stack: StackConfig, aws: AwsConfig, catalogue: Catalogue): StoreKeyUse {
    const { accountId, region, replicaRegion } = aws;
    const platforms = catalogue.flatMap((platform) => {
        const config = stack.platforms[platform.name];
        return config === undefined ? [] : [{ platform, config }];
    });
    const readers = platforms.flatMap(({ platform, config }) =>
        readersOnAws(platform, config, new Names(platform.name, stack.environment)),
    );
    const rotated = platforms.flatMap(({ platform, config }) => rotatedNames(platform, config, stack));
    return {
        accountId,
        regions: [region, ...(replicaRegion === undefined ? [] : [replicaRegion])],
        readers: readers.map((role) => `arn:aws:iam::${accountId}:role/${role}`),
        writers: deployerRoleArns(stack, aws),
        rotatedSecretArns: rotated.map(
            (name) => `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-??????`,
        ),
    };
}

/** The roles of consumers that read something in the account: exactly those that are declared. */
function readersOnAws(platform: Platform, config: PlatformConfig, names: Names): string[] {
    const settings = settingsOf(platform, config.settings);
    return Object.entries(platform.consumers)
        .filter(
            ([, consumer]) =>
                (config.secrets.startsWith("aws-") &&
                    Object.keys(secretVariables(platform, consumer, {})).length > 0) ||
                (config.config.startsWith("aws-") &&
                    configVariables(platform, consumer, settings).length > 0),
        )
        .map(([consumer]) => names.identity(consumer));
}

function rotatedNames({ name }: Platform, config: PlatformConfig, { environment }: StackConfig): string[] {
    return Object.entries(config.native)
        .filter(([, { by }]) => by === "aws-secrets-manager")
        .map(([document]) => new Names(name, environment).document(storedNameOf(document, config)));
}

/** A key policy names each reader, and KMS takes so many characters. */
export function checkKeyUse(stack: StackConfig, catalogue: Catalogue, problems: Problems): void {
    if (stack.aws === undefined) return;
    const use = storeKeyUse(stack, stack.aws, catalogue);
    const { length } = keyPolicy(use.accountId, storeKeyStatements(use));
    if (length <= KEY_POLICY_CHARS_MAX) return;
    const message = `the policy of its key names ${String(use.readers.length)} readers and has ${String(length)} characters, and ${String(KEY_POLICY_CHARS_MAX)} are allowed`;
    problems.add(
        "strongroom:aws",
        message,
        "Split the environment into parts with accounts of their own, such as 'prod.devplatform'",
    );
}
