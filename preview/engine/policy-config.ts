import type { Problem } from "../../components/domain/problems";
import { suggest } from "../../components/domain/problems";
import type { EnforcementLevel } from "../rendering";
import type { PropertyMap, PropertyValue } from "./values";
import type { Sent } from "./wire/message";
import type { AnalyzerInfo, PolicyConfig } from "./wire/analyzer-messages";

/** The protocol's numbers for enforcement levels. */
export const LEVELS: readonly EnforcementLevel[] = ["advisory", "mandatory", "disabled", "remediate"];

/** As `pulumi preview --policy-pack-config` reads it: a level, or properties with one among them, by policy or "all". */
export interface PolicyPackConfig {
    readonly file: string;
    readonly policies: Readonly<Record<string, unknown>>;
}

type Config = Sent<typeof PolicyConfig>;

/**
 * The configuration of each policy: its schema's defaults, then what the pack gives itself, then the file; `all`
 * before a policy's own, as the engine reconciles them.
 */
export function policyConfig(
    info: Sent<typeof AnalyzerInfo>,
    { file, policies }: PolicyPackConfig,
): { configuration: Record<string, Config>; problems: readonly Problem[] } {
    const problems: Problem[] = [];
    const configuration: Record<string, Config> = {};
    for (const policy of info.policies) {
        configuration[policy.name] = {
            enforcementlevel: policy.enforcementlevel,
            properties: defaults(policy.configschema?.properties ?? {}),
        };
    }
    const given: Record<string, Partial<Config>> = {};
    for (const [name, value] of Object.entries(policies)) {
        if (name === "environments") continue;
        if (name !== "all" && configuration[name] === undefined) {
            problems.push({
                place: file,
                message: `there is no policy '${name}' in the pack`,
                fix: suggest(name, Object.keys(configuration)),
            });
            continue;
        }
        const read = readGiven(value);
        if (typeof read === "string") problems.push({ place: `${file} (${name})`, message: read });
        else given[name] = read;
    }
    apply(configuration, info.initialconfig);
    apply(configuration, given);
    for (const { name, configschema } of info.policies) {
        for (const required of configschema?.required ?? []) {
            if (required in (configuration[name]?.properties ?? {})) continue;
            problems.push({ place: `${file} (${name})`, message: `the property '${required}' is required` });
        }
    }
    return { configuration, problems };
}

function apply(
    configuration: Record<string, Config>,
    given: Readonly<Record<string, Partial<Config>>>,
): void {
    const all = given["all"]?.enforcementlevel;
    for (const [name, before] of Object.entries(configuration)) {
        const own = given[name];
        configuration[name] = {
            enforcementlevel: own?.enforcementlevel ?? all ?? before.enforcementlevel,
            properties: { ...before.properties, ...own?.properties },
        };
    }
}

/** @returns what is wrong with it, as text. */
function readGiven(value: unknown): Partial<Config> | string {
    if (typeof value === "string") {
        const level = LEVELS.indexOf(value as EnforcementLevel);
        return level < 0
            ? `'${value}' is none of the levels ${LEVELS.join(", ")}`
            : { enforcementlevel: level };
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
        return "must be an enforcement level, or an object of properties";
    }
    const { enforcementLevel, ...properties } = value as Record<string, PropertyValue>;
    if (enforcementLevel === undefined) return { properties };
    const level = readGiven(enforcementLevel);
    return typeof level === "string" ? level : { ...level, properties };
}

function defaults(schema: PropertyMap): PropertyMap {
    const given = Object.entries(schema).flatMap(([name, of]): [string, PropertyValue][] => {
        const value = (of as PropertyMap | null)?.["default"];
        return value === undefined ? [] : [[name, value]];
    });
    return Object.fromEntries(given);
}
