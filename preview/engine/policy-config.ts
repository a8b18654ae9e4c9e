import type { Problem } from "../../components/domain/problems";
import { suggest } from "../../components/domain/problems";
import type { EnforcementLevel } from "../rendering";
import { settingProblems } from "./policy-settings";
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
    const schemas = new Map(info.policies.map(({ name, configschema }) => [name, configschema?.properties]));
    for (const policy of info.policies) {
        configuration[policy.name] = {
            enforcementlevel: policy.enforcementlevel,
            properties: defaults(policy.configschema?.properties ?? {}),
        };
    }
    const given: Record<string, Partial<Config>> = {};
    for (const [name, value] of Object.entries(policies)) {
        if (name === "environments") continue;
        if (name !== "all" && !Object.hasOwn(configuration, name)) {
            const message = `there is no policy '${name}' in the pack`;
            problems.push({ place: file, message, fix: policySuggestion(name, Object.keys(configuration)) });
            continue;
        }
        const place = `${file} (${name})`;
        const read = readGiven(value);
        if ("message" in read) {
            problems.push({ place, ...read });
            continue;
        }
        given[name] = read;
        const settings = read.properties ?? {};
        if (name !== "all") problems.push(...settingProblems(place, settings, schemas.get(name) ?? {}));
        else if (Object.keys(settings).length > 0) {
            const message = "settings belong to one policy, and 'all' has none";
            problems.push({ place, message, fix: "Give 'all' a level alone" });
        }
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

/** The engine passes over a name that it does not know, an id among them, so that the policy would keep its level. */
function policySuggestion(given: string, names: readonly string[]): string {
    const byId = names.find((name) => name.startsWith(`${given.toLowerCase()}-`));
    return byId === undefined ? suggest(given, names) : `The engine knows it by its name: '${byId}'`;
}

/** @returns the configuration, or what is wrong with it. */
function readGiven(value: unknown): Partial<Config> | Omit<Problem, "place"> {
    if (typeof value === "string") return readLevel(value);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
        const message = "must be an enforcement level, or an object with one and settings";
        return { message, fix: `Choose one of ${LEVELS.join(", ")}` };
    }
    const { enforcementLevel, ...properties } = value as Record<string, PropertyValue>;
    if (enforcementLevel === undefined) return { properties };
    const level = readLevel(enforcementLevel);
    return "message" in level ? level : { ...level, properties };
}

function readLevel(value: unknown): Pick<Config, "enforcementlevel"> | Omit<Problem, "place"> {
    const level = LEVELS.indexOf(value as EnforcementLevel);
    if (level >= 0) return { enforcementlevel: level };
    const message =
        typeof value === "string" ? `'${value}' is no enforcement level` : "an enforcement level is a text";
    return { message, fix: suggest(String(value), LEVELS) };
}

function defaults(schema: PropertyMap): PropertyMap {
    const given = Object.entries(schema).flatMap(([name, of]): [string, PropertyValue][] => {
        const value = (of as PropertyMap | null)?.["default"];
        return value === undefined ? [] : [[name, value]];
    });
    return Object.fromEntries(given);
}
