import type { Catalogue } from "../components/domain/catalogue";
import { variablesOf } from "./variables";

/** The platform that most of the variables are of; undefined where none or more than one is. */
export function likeliestPlatform(catalogue: Catalogue, names: readonly string[]): string | undefined {
    const set = new Set(names.map((name) => name.replace(/_FILE$/, "")));
    const counts = catalogue
        .map((platform) => ({
            name: platform.name,
            count: [...variablesOf(platform).keys()].filter((name) => set.has(name)).length,
        }))
        .sort((one, other) => other.count - one.count);
    const [first, second] = counts;
    return first === undefined || first.count === 0 || first.count === second?.count ? undefined : first.name;
}
