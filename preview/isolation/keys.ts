import { addTo } from "../../components/domain/grouped";
import { order } from "../access/estate";
import { documentsOf, PLATFORM } from "./fields";
import type { Environment, IsolationFinding } from "./types";

/** What one environment has of a platform, as far as all its stacks were rendered whole. */
interface Held {
    readonly environment: string;
    readonly stack: string;
    /** By id, whether applications need it. */
    readonly fields: Map<string, boolean>;
}

/**
 * Fields that one environment has and another lacks, of a platform that runs in both: what works in dev must find the
 * same keys in prod. What an environment does not need (`required`) may be missing there. Stacks that failed say nothing
 * of what they lack.
 */
export function missingFields(environments: readonly Environment[]): readonly IsolationFinding[] {
    const byPlatform = new Map<string, Held[]>();
    for (const environment of environments) {
        if (environment.renderings.some(({ complete }) => !complete)) continue;
        for (const [platform, held] of heldBy(environment)) addTo(byPlatform, platform, held);
    }
    return [...byPlatform].sort(([a], [b]) => order(a, b)).flatMap(([, held]) => differences(held));
}

function heldBy({ name, renderings }: Environment): ReadonlyMap<string, Held> {
    const platforms = new Map<string, Held>();
    for (const rendering of renderings) {
        const { stack, resources } = rendering;
        for (const { type, name: platform } of resources) {
            if (type === PLATFORM) platforms.set(platform, { environment: name, stack, fields: new Map() });
        }
        for (const { id, platform, fields } of documentsOf(rendering)) {
            const held = platforms.get(platform);
            for (const [field, { required }] of fields) held?.fields.set(`${id}.${field}`, required);
        }
    }
    return platforms;
}

function differences(held: readonly Held[]): IsolationFinding[] {
    const all = new Set(held.flatMap(({ fields }) => [...fields.keys()]));
    return [...all].sort(order).flatMap((field): IsolationFinding[] => {
        const having = held.filter(({ fields }) => fields.get(field) === true);
        const lacking = held.filter(({ fields }) => !fields.has(field));
        if (having.length === 0 || lacking.length === 0) return [];
        const names = (some: readonly Held[]): string =>
            some.map(({ environment }) => environment).join(" and ");
        return [
            {
                kind: "missing-field",
                places: [...having, ...lacking].map(({ stack }) => ({ stack, what: field })),
                message: `'${field}' is needed in ${names(having)} and is missing in ${names(lacking)}`,
                fix: "Declare it in the catalogue for all environments, or say there which of them need it",
            },
        ];
    });
}
