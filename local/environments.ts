import { suggest } from "../components/domain/problems";
import type { Problem } from "../components/domain/problems";
import type { Catalogue, Platform } from "../components/domain/catalogue";
import type { StackConfig } from "../stacks/config/schema";
import { settingsOf } from "../stacks/config/settings";
import type { Environment } from "./check/subject";

/** A stack as far as local development asks of it. */
export interface LocalStack {
    readonly stack: string;
    readonly environment: string;
    readonly config: StackConfig;
}

/** What was chosen, or what is wrong with the choice. */
export type Choice<T> = { readonly chosen: T } | { readonly problem: Problem };

/** The platform of a name. */
export function choosePlatform(catalogue: Catalogue, name: string): Choice<Platform> {
    const chosen = catalogue.find((platform) => platform.name === name);
    if (chosen !== undefined) return { chosen };
    const fix = suggest(
        name,
        catalogue.map((platform) => platform.name),
    );
    return { problem: { place: name, message: "the catalogue has no platform of this name", fix } };
}

/**
 * The stack that has a platform in an environment.
 *
 * @param name undefined for the only one that is not protected: that is where people develop.
 */
export function chooseStack<T extends LocalStack>(
    stacks: readonly T[],
    platform: string,
    name: string | undefined,
): Choice<T> {
    const having = stacks.filter(({ config }) => config.platforms[platform] !== undefined);
    const names = [...new Set(stacks.map(({ environment }) => environment))];
    const matching = having.filter(({ environment, config }) =>
        name === undefined ? !config.protect : environment === name,
    );
    const [chosen, ...others] = matching;
    if (chosen !== undefined && others.length === 0) return { chosen };
    const place = `--environment${name === undefined ? "" : ` ${name}`}`;
    if (name === undefined) {
        const message = `${matching.length === 0 ? "every" : "more than one"} environment of '${platform}' could be meant`;
        const fix = `Name one of ${having.map(({ environment }) => `'${environment}'`).join(", ")}`;
        return { problem: { place, message, fix } };
    }
    if (names.includes(name)) {
        const message = `'${platform}' is not in this environment`;
        return { problem: { place, message, fix: `Add it to strongroom:platforms, or choose another` } };
    }
    return { problem: { place, message: "there is no such environment", fix: suggest(name, names) } };
}

/** The environment of a stack as values for a platform are judged by. */
export function environmentOf(
    stacks: readonly LocalStack[],
    own: LocalStack,
    platform: Platform,
): Environment {
    const hosts = new Map<string, string>();
    for (const { environment, config } of stacks) {
        if (!config.protect || environment === own.environment) continue;
        for (const host of hostsOf(config, platform)) hosts.set(host, environment);
    }
    for (const host of hostsOf(own.config, platform)) hosts.delete(host);
    return {
        name: own.environment,
        stack: own.stack,
        isProtected: own.config.protect,
        settings: settingsIn(own.config, platform),
        foreignHosts: hosts,
    };
}

/** The platform's configuration in an environment, by name. */
export const settingsIn = (config: StackConfig, platform: Platform): Record<string, string> =>
    settingsOf(platform, config.platforms[platform.name]?.settings ?? {});

/** Names of hosts in a platform's settings that are names in the whole of DNS, and so of one environment. */
function hostsOf(config: StackConfig, platform: Platform): readonly string[] {
    const texts = [...Object.values(settingsIn(config, platform)), config.vault?.address ?? ""];
    return texts
        .flatMap((text) => text.split(","))
        .flatMap((text) => (URL.canParse(text) ? new URL(text).hostname : text))
        .map((host) => host.trim().toLowerCase())
        .filter((host) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host) && /[a-z]/.test(host));
}
