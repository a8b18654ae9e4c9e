import { code, markdownTable } from "../components/domain/markdown";
import { promises } from "./pack";

/** A rule, as the list of the pack has it. */
export interface RuleRow {
    readonly id: string;
    /** What the configuration calls it. */
    readonly name: string;
    /** The folder that it stands in: what it keeps. */
    readonly promise: string;
    readonly checks: string;
    readonly severity: string;
    /** The pack's own; `config.<stack>.json` says what it is in an environment. */
    readonly level: "mandatory" | "advisory";
    /** What it looks at. */
    readonly scope: "resource" | "stack";
    readonly exemptible: boolean;
    /** Settings with their defaults. */
    readonly settings: Readonly<Record<string, unknown>>;
    /** Tools of others that ship an equivalent. */
    readonly peers: readonly string[];
    readonly source: string;
}

/** Every rule of the pack, by promise. */
export function ruleRows(): RuleRow[] {
    return Object.entries(promises).flatMap(([promise, rules]) =>
        rules.map(({ id, name, description, severity, level, scope, exemptible, settings, peers, url }) => ({
            ...{
                id,
                name,
                promise,
                checks: description,
                severity,
                level: level ?? ("mandatory" as const),
                scope,
            },
            exemptible: exemptible !== false,
            settings: Object.fromEntries(
                Object.entries(settings ?? {}).map(([key, schema]) => [key, schema.default]),
            ),
            ...{ peers, source: url },
        })),
    );
}

/** The rows as people read them. */
export function ruleTable(rows: readonly RuleRow[]): string {
    const head = [
        "id",
        "promise",
        "what it checks",
        "severity",
        "level",
        "scope",
        "exempt",
        "settings",
        "peers",
    ];
    return markdownTable(
        head,
        rows.map(({ id, promise, checks, severity, level, scope, exemptible, settings, peers, source }) => [
            `[${id}](${source})`,
            ...[promise, checks, severity, level, scope, exemptible ? "may be" : "never"],
            Object.keys(settings).map(code).join(", "),
            peers.join(", "),
        ]),
    );
}

const [BEGIN, END] = [
    "<!-- The table is written by `npm run policies -- --write`. -->",
    "<!-- End of the table. -->",
];

/** @throws {Error} where the text has no place for the table. */
export function withTable(readme: string, table: string): string {
    const [before, rest] = readme.split(BEGIN);
    const after = rest?.split(END)[1];
    if (before === undefined || after === undefined) throw new Error(`it lacks '${BEGIN}' or '${END}'`);
    return `${before}${BEGIN}\n\n${table}\n\n${END}${after}`;
}
