import type { Facts } from "../facts";

/**
 * Whose a name is. Stores with paths separate platform and environment by `/`, GCP's secret ids by `_` (no part of a
 * name has one), and names that must be DNS labels by `-`, which parts of a name have too: there the longest known
 * platform and environment decide, so that `devplatform-prod-eu-api` is never taken for one of `prod`.
 */
export type Separator = "/" | "_" | "-";

/** True where a name lies in this environment: behind the prefix something must follow. */
export function isOurs(name: string, separator: Separator, facts: Facts): boolean {
    const owner = ownerOf(name, separator, facts);
    return owner?.environment === facts.environment && owner.rest !== "";
}

/** True for `strongroom-prod-ci-deploy` where a setting names it whole, or by `ci-deploy`, what follows the prefix. */
export function isListed(name: string, list: readonly string[], facts: Facts): boolean {
    if (list.includes(name)) return true;
    const owner = ownerOf(name, "-", facts);
    return owner?.environment === facts.environment && list.includes(owner.rest);
}

/** True also for the prefix alone, as namespaces are named. */
export function isOurPlace(name: string, facts: Facts): boolean {
    return ownerOf(name, "-", facts)?.environment === facts.environment;
}

export function namesAnotherEnvironment(name: string, separator: Separator, facts: Facts): boolean {
    const owner = ownerOf(name, separator, facts);
    return owner !== undefined && owner.environment !== facts.environment;
}

/**
 * True where the words of a name, `deployer-dev` or `ci_dev_reader`, are another environment's: for what others than
 * this project name, which no prefix binds. The longest environment's name decides, so that `ci-prod-eu` names `prod-eu`
 * alone.
 */
export function speaksOfAnotherEnvironment(name: string, facts: Facts): boolean {
    const names = [...new Set([facts.environment, ...facts.environments])]
        .sort((a, b) => b.length - a.length)
        .map((environment) => environment.replace(/[^A-Za-z0-9]/g, "\\$&"));
    const word = new RegExp(`(?<![A-Za-z0-9])(?:${names.join("|")})(?![A-Za-z0-9])`, "gi");
    return [...name.matchAll(word)].some(
        ([found]) => found.toLowerCase() !== facts.environment.toLowerCase(),
    );
}

/**
 * The id of a GCP service account, which has 30 characters at most: a longer name keeps its first 22 and gets a check
 * sum, so the prefix is compared as far as it survives that.
 */
export function isOurServiceAccountId(id: string, facts: Facts): boolean {
    if (isOurs(id, "-", facts)) return true;
    return facts.platforms.some((platform) => {
        const prefix = `${platform}-${facts.environment}-`;
        return prefix.length > 22 && id.startsWith(prefix.slice(0, 22).replace(/-$/, ""));
    });
}

/** `'<platform>/prod/'`, for a violation text. */
export function prefixText(separator: Separator, facts: Facts, lead = ""): string {
    return `'${lead}<platform>${separator}${facts.environment}${separator}'`;
}

/** For a violation text: the platforms are configuration, not values of the resource. */
export function platformsText(facts: Facts): string {
    return `where <platform> is one of ${facts.platforms.join(", ")}`;
}

interface Owner {
    readonly platform: string;
    readonly environment: string;
    readonly rest: string;
}

function ownerOf(name: string, separator: Separator, facts: Facts): Owner | undefined {
    let best: Owner | undefined;
    let bestLength = 0;
    for (const platform of facts.platforms) {
        if (!name.startsWith(platform + separator)) continue;
        for (const environment of [facts.environment, ...facts.environments]) {
            const prefix = `${platform}${separator}${environment}`;
            const ends = name === prefix || name.startsWith(prefix + separator);
            if (!ends || prefix.length <= bestLength) continue;
            best = { platform, environment, rest: name.slice(prefix.length + separator.length) };
            bestLength = prefix.length;
        }
    }
    return best;
}
