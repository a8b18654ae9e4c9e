import { Problems, suggest, type Problem } from "../../components/domain/problems";
import type { Rule } from "../rule";
import { calendar, type Exemption } from "./exemption";

const KEYS = ["policy", "resource", "owner", "reason", "until"] as const;
type Key = (typeof KEYS)[number];

/** Where they stand in the stack's configuration. */
export const EXEMPTIONS = "strongroom:exemptions";

const FIXES: Readonly<Record<Key, string>> = {
    policy: "Name the policy by its id or its name",
    resource: "Write its URN, or its type and its name, as 'Secret devplatform/prod/db'",
    owner: "Name who answers for it",
    reason: "Say why the policy can't be met yet",
    until: "Write the last day as YYYY-MM-DD",
};

/**
 * Reads exemptions strictly: a mistake in one would let a violation through, or stop a deployment for no reason.
 *
 * @param text the value of `strongroom:exemptions`, as JSON.
 * @returns what was read, and all mistakes; values are never quoted.
 */
export function readExemptions(
    text: string | undefined,
    rules: readonly Rule[],
): { readonly exemptions: readonly Exemption[]; readonly problems: readonly Problem[] } {
    if (text === undefined) return { exemptions: [], problems: [] };
    const problems = new Problems();
    const list = parsed(text);
    if (!Array.isArray(list)) {
        problems.add(EXEMPTIONS, "must be a list", "Write each exemption with '-' and its fields");
        return { exemptions: [], problems: problems.all };
    }
    const exemptions = (list as unknown[]).flatMap((item, i) => {
        const exemption = readOne(item, `${EXEMPTIONS}[${String(i)}]`, rules, problems);
        return exemption === undefined ? [] : [exemption];
    });
    const seen = new Set<string>();
    for (const { place, policy, resource } of exemptions) {
        const key = `${policy} ${resource}`;
        if (seen.has(key)) problems.add(place, "is there a second time", "Keep one of them");
        seen.add(key);
    }
    return { exemptions, problems: problems.all };
}

function readOne(
    item: unknown,
    place: string,
    rules: readonly Rule[],
    problems: Problems,
): Exemption | undefined {
    if (typeof item !== "object" || item === null || Array.isArray(item)) {
        problems.add(place, "must have fields", `Write ${KEYS.join(", ")}`);
        return undefined;
    }
    const given = item as Record<string, unknown>;
    for (const key of Object.keys(given)) {
        if (!KEYS.includes(key as Key))
            problems.add(`${place}.${key}`, "there is no such key", suggest(key, KEYS));
    }
    const field = (key: Key): string => {
        const value = given[key];
        if (value === undefined) problems.add(place, `has no '${key}'`, FIXES[key]);
        else if (typeof value !== "string" || value.trim() === "")
            problems.add(`${place}.${key}`, "must be a text that is not empty", FIXES[key]);
        else return value.trim();
        return "";
    };
    const [policy, resource, owner, reason, until] = KEYS.map(field) as [
        string,
        string,
        string,
        string,
        string,
    ];
    if (until !== "" && !calendar().isDay(until))
        problems.add(`${place}.until`, "is no day of the calendar", FIXES.until);
    if (resource !== "" && !isResource(resource))
        problems.add(`${place}.resource`, "names no resource", FIXES.resource);
    const rule = policy === "" ? undefined : ruleOf(policy, `${place}.policy`, rules, problems);
    if (rule === undefined) return undefined;
    return { place, policy: rule.name, id: rule.id, resource, owner, reason, until };
}

const isResource = (text: string): boolean => /^urn:pulumi:\S/.test(text) || /^(?!urn:)\S+ \S/.test(text);

function ruleOf(named: string, place: string, rules: readonly Rule[], problems: Problems): Rule | undefined {
    const rule = rules.find(({ id, name }) => name === named || id === named);
    if (rule === undefined) {
        const known = rules.flatMap(({ id, name }) => [id, name]);
        problems.add(place, "there is no such policy", suggest(named, known));
    } else if (rule.exemptible === false) {
        problems.add(
            place,
            `${rule.id} allows no exemption: it keeps values and environments apart`,
            rule.remediationSteps.replace(/\.$/, ""),
        );
        return undefined;
    }
    return rule;
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}
