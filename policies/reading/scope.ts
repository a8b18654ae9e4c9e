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

/** True also for the prefix alone, as namespaces are named. */
export function isOurPlace(name: string, facts: Facts): boolean {
    return ownerOf(name, "-", facts)?.environment === facts.environment;
}

export function namesAnotherEnvironment(name: string, separator: Separator, facts: Facts): boolean {
    const owner = ownerOf(name, separator, facts);
    return owner !== undefined && owner.environment !== facts.environment;
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
