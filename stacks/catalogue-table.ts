import { fieldsOf, rotationText } from "../components/domain/catalogue";
import type { Catalogue, Requirement } from "../components/domain/catalogue";
import { markdownTable } from "../components/domain/markdown";

/** One field or configuration value of the catalogue, as its export has it. */
export interface CatalogueRow {
    readonly platform: string;
    /** `db.password`, or `config.s3_region`. */
    readonly name: string;
    /** The environment variable; empty for what applications don't read. */
    readonly variable: string;
    readonly kind: string;
    readonly category: string;
    /** `yes`, `no`, or the condition. */
    readonly required: string;
    readonly rotation: string;
    readonly owner: string;
    readonly description: string;
}

/** The whole catalogue as rows, in its own order. */
export function catalogueRows(catalogue: Catalogue): CatalogueRow[] {
    return catalogue.flatMap((platform) => {
        const common = { platform: platform.name, owner: platform.owner };
        const fields = [...fieldsOf([platform])].map(({ documentName, fieldName, document, field }) => ({
            ...common,
            name: `${documentName}.${fieldName}`,
            variable: field.variable ?? "",
            kind: field.kind,
            category: document.category,
            required: requirementText(field.required),
            rotation: field.kind === "composed" ? "with its parts" : rotationText(field.rotation),
            description: field.description,
        }));
        const config = Object.entries(platform.config).map(
            ([name, { variable = "", required, description }]) => ({
                ...common,
                name: `config.${name}`,
                variable,
                kind: "config",
                category: "config",
                required: requirementText(required),
                rotation: "never",
                description,
            }),
        );
        return [...fields, ...config];
    });
}

function requirementText(required: Requirement): string {
    if (typeof required === "boolean") return required ? "yes" : "no";
    return `when ${required.config} is ${required.is}`;
}

const COLUMNS = [
    "platform",
    "name",
    "variable",
    "kind",
    "category",
    "required",
    "rotation",
    "owner",
    "description",
] as const satisfies readonly (keyof CatalogueRow)[];

/** The rows as people read them. */
export function catalogueTable(rows: readonly CatalogueRow[]): string {
    return markdownTable(
        COLUMNS,
        rows.map((row) => COLUMNS.map((column) => row[column])),
    );
}
