import { declareAwsAccessKeys } from "../../components/access/aws-access-keys";
import type { Names } from "../../components/domain/names";
import type { CreateAccessKey } from "../../components/secrets/document";
import { createsAccessKeys } from "../config/access-keys";
import type { PlatformConfig, StackConfig } from "../config/schema";
import { configured } from "./platform-stores";
import { rotatorProvider } from "./providers";
import type { Systems } from "./systems";

/** How a platform's access keys come into being; undefined where somebody else issues them. */
export function accessKeyCreator(
    names: Names,
    { secrets }: PlatformConfig,
    { protect }: StackConfig,
    systems: Systems,
): CreateAccessKey | undefined {
    if (!createsAccessKeys(systems.aws !== undefined, secrets)) return undefined;
    const { config, provider, ci, deployerRoleArns } = configured(systems.aws, "aws");
    const { accountId } = config;
    return ({ document, ...key }, opts) =>
        declareAwsAccessKeys(
            {
                ...key,
                userName: names.identity(document),
                accountId,
                deployerRoleArns,
                deployers: ci === undefined ? [] : [ci.deploy],
                rotatorProvider: (name, roleArn, options) => rotatorProvider(name, config, roleArn, options),
                provider,
                protect,
            },
            opts,
        );
}
