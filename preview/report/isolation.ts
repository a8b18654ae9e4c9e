import type { IsolationFinding } from "../isolation";
import { filled, wordsOf } from "./layout";
import type { Redactor } from "./redact";
import type { Style } from "./style";

/** Findings of one kind that a folded report shows; the rest is counted. */
const FOLDED_FINDINGS = 10;

const TITLES: Readonly<Record<IsolationFinding["kind"], string>> = {
    "shared-system": "Accounts, projects, mounts and clusters of two environments",
    "shared-principal": "Principals of two environments",
    "shared-key": "Keys of two environments",
    "shared-entry": "Entries of two environments",
    "missing-field": "Fields that an environment lacks",
    "equal-value": "Values that are used twice",
};

/** What the environments share, or lack, as only their stacks together tell; the places, then the fix. */
export function isolationSection(
    findings: readonly IsolationFinding[],
    redactor: Redactor,
    style: Style,
): readonly string[] {
    if (findings.length === 0) return [];
    const kinds = (Object.keys(TITLES) as (keyof typeof TITLES)[]).map(
        (kind) => [kind, findings.filter((finding) => finding.kind === kind)] as const,
    );
    return [
        style.bold(style.bad(`Between environments (${findings.length})`)),
        ...kinds.flatMap(([kind, group]) => {
            if (group.length === 0) return [];
            const shown = style.full ? group : group.slice(0, FOLDED_FINDINGS);
            const hidden = group.length - shown.length;
            return [
                `  ${style.bad(`${TITLES[kind]} (${group.length})`)}`,
                ...shown.flatMap((finding) => findingLines(finding, redactor, style)),
                ...(hidden === 0 ? [] : [style.faint(`    ${hidden} more: --verbose lists them`)]),
            ];
        }),
        "",
    ];
}

function findingLines(
    { places, message, fix }: IsolationFinding,
    redactor: Redactor,
    style: Style,
): readonly string[] {
    const where = places.map(({ stack, what }) => `${stack}: ${what}`).join("; ");
    return [
        ...filled("    - ", "      ", wordsOf(redactor.message(where)).map(style.bold), style.columns),
        ...filled(
            "      ",
            "      ",
            wordsOf(`${redactor.message(capitalized(message))}. ${fix}.`),
            style.columns,
        ),
    ];
}

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
