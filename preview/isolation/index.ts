import { addTo } from "../../components/domain/grouped";
import type { Rendering } from "../rendering";
import { sharedThings } from "./claims";
import { missingFields } from "./keys";
import type { Environment, IsolationFinding } from "./types";
import { equalValues } from "./values";

export type { IsolationFinding, Place } from "./types";

/**
 * What several stacks say only together: nothing is shared between environments, all of them have the same fields, and
 * no value is used twice. Who reaches over is the access matrix's to tell. Linear in the number of resources.
 */
export function isolationFindings(renderings: readonly Rendering[]): readonly IsolationFinding[] {
    const environments = environmentsOf(renderings);
    const between =
        environments.length < 2 ? [] : [...sharedThings(environments), ...missingFields(environments)];
    return [...between, ...equalValues(environments)];
}

/** Parts of one environment, `prod.devplatform`, are one. */
function environmentsOf(renderings: readonly Rendering[]): readonly Environment[] {
    const byName = new Map<string, Rendering[]>();
    for (const rendering of renderings) addTo(byName, environmentOf(rendering), rendering);
    return [...byName].map(([name, own]) => ({ name, renderings: own }));
}

const environmentOf = ({ environment, stack }: Rendering): string =>
    environment ?? stack.split(".")[0] ?? stack;
