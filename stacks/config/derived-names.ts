import type { Platform } from "../../components/domain/catalogue";
import { Names } from "../../components/domain/names";
import type { Problems } from "../../components/domain/problems";
import { createsAccessKeys } from "./access-keys";
import { storedNameOf } from "./paths";
import type { PlatformConfig, StackConfig } from "./schema";

/** IAM users and roles, and functions (IAM API reference, CreateUser; Lambda API reference, CreateFunction). */
const AWS_NAME_CHARS_MAX = 64;

interface DerivedName {
    readonly place: string;
    readonly what: string;
    readonly name: string;
    readonly max?: number;
}

/** Names that are made of a document's: too long as a whole, or the identity of a consumer, whose rights they would get. */
export function checkDerivedNames(
    platform: Platform,
    platformConfig: PlatformConfig,
    config: StackConfig,
    problems: Problems,
): void {
    const names = new Names(platform.name, config.environment);
    const identities = new Map(
        Object.keys(platform.consumers).map((consumer) => [names.identity(consumer), consumer]),
    );
    for (const { place, what, name, max } of [
        ...ofAccessKeys(platform, platformConfig, config, names),
        ...ofNative(platform, platformConfig, names),
    ]) {
        const consumer = identities.get(name);
        if (consumer !== undefined) {
            const message = `the ${what} '${name}' is the identity of the consumer '${consumer}'`;
            problems.add(place, message, "Rename the document or the consumer");
        }
        if (max === undefined || name.length <= max) continue;
        const message = `the ${what} '${name}' has ${String(name.length)} characters, and ${String(max)} are allowed`;
        problems.add(place, message, "Shorten the platform's, the environment's or the document's name");
    }
}

function ofAccessKeys(
    platform: Platform,
    { secrets }: PlatformConfig,
    { aws }: StackConfig,
    names: Names,
): DerivedName[] {
    if (!createsAccessKeys(aws !== undefined, secrets)) return [];
    return Object.entries(platform.documents).flatMap(([document, { fields }]) => {
        if (!Object.values(fields).some(({ kind }) => kind === "access-key")) return [];
        const name = `${names.identity(document)}-rotator`;
        return [{ place: `${platform.name}/${document}`, what: "role", name, max: AWS_NAME_CHARS_MAX }];
    });
}

function ofNative(platform: Platform, platformConfig: PlatformConfig, names: Names): DerivedName[] {
    return Object.entries(platformConfig.native).flatMap(([document, native]): DerivedName[] => {
        const place = `${platform.name}/${document}`;
        const stored = storedNameOf(document, platformConfig);
        if (native.by === "vault-database") {
            return Object.keys(platform.consumers).map((consumer) => ({
                place,
                what: "login",
                name: `${names.identity(consumer)}-${stored}`,
            }));
        }
        if (native.application === undefined) return [];
        const name = `${names.identity(stored)}-rotation`;
        return [{ place, what: "function", name, max: AWS_NAME_CHARS_MAX }];
    });
}
