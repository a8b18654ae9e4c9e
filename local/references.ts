import { markdownTable } from "../components/domain/markdown";
import type { Platform } from "../components/domain/catalogue";

/** One field as an application's own configuration refers to it. */
export interface ReferenceRow {
    /** `db.password` */
    readonly field: string;
    /** Empty for what applications compose others of, or don't read. */
    readonly variable: string;
    /** Undefined where no application can read the field by itself. */
    readonly reference: string | undefined;
    /** Whether the entry is the value itself, which applications that know no `#field` read too. */
    readonly isPlain: boolean;
}

/** A row for each field of a platform, in the order of the catalogue. */
export function referenceRows(
    platform: Platform,
    referenceOf: (documentName: string, fieldName: string) => string | undefined,
): readonly ReferenceRow[] {
    return Object.entries(platform.documents).flatMap(([documentName, document]) =>
        Object.entries(document.fields).map(([fieldName, field]) => {
            const reference = referenceOf(documentName, fieldName);
            return {
                field: `${documentName}.${fieldName}`,
                variable: field.variable ?? "",
                reference,
                isPlain: reference !== undefined && !reference.includes("#"),
            };
        }),
    );
}

/** The rows as people copy them, with what an application has to know to read them. */
export function referencesText(rows: readonly ReferenceRow[]): string {
    const table = markdownTable(
        ["field", "variable", "reference"],
        rows.map(({ field, variable, reference = "none: no consumer reads it there" }) => [
            field,
            variable,
            reference,
        ]),
    );
    const notes = [...new Set(rows.map(({ reference }) => reference?.split(":")[0]))].flatMap(
        (scheme) => NOTES[scheme ?? ""]?.(rows) ?? [],
    );
    return `${[table, ...notes].join("\n\n")}\n`;
}

type Note = (rows: readonly ReferenceRow[]) => readonly string[];

const jsonNote: Note = (rows) =>
    rows.some(({ reference, isPlain }) => reference !== undefined && !isPlain)
        ? [
              "An entry with '#' is a JSON object of its fields. An application that takes an entry for the value itself needs " +
                  'a document of one field with `format: "text"` in the catalogue.',
          ]
        : [];

/** What the way in which a store is read asks of applications. */
const NOTES: Readonly<Record<string, Note | undefined>> = {
    vault: () => [
        "Where an application asks a Vault client for a key, it is the reference without 'vault:'.",
    ],
    "aws-secrets": jsonNote,
    "aws-parameter": jsonNote,
    "gcp-secrets": jsonNote,
    kubernetes: () => [
        "A Secret is read by whoever mounts it: the reference names namespace, Secret and key for people.",
    ],
};
