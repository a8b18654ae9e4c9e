import { isRequired } from "../components/domain/catalogue";
import type { Document, Field, Platform } from "../components/domain/catalogue";
import { fillTemplate, parseTemplate } from "../components/domain/template";
import { drawCommand } from "./draw-command";
import { requirementText } from "./variables";

/** What stands where somebody still has to put a value: `env check` refuses it, and a shell takes it. */
export const PLACEHOLDER = "change-me";

const WIDTH_CHARS = 110;

/**
 * The `.env.example` of a platform: every variable, with what it is and how to come by a value. What applications need
 * in this environment is set, to what its configuration says or to a placeholder; the rest is commented out.
 *
 * @param settings the platform's configuration in the environment, by name.
 */
export function exampleText(
    platform: Platform,
    environment: string,
    settings: Readonly<Record<string, string>>,
): string {
    const { name, title } = platform;
    const head = comment(
        `${title}: the variables of '${name}', for ${environment}. Made of the catalogue: 'npm run env -- example'.`,
        `Copy it to .env, which Git ignores, and replace each ${PLACEHOLDER}. What is still wrong with it tells:`,
        `    npm run env -- check .env --platform ${name}`,
    );
    const documents = Object.entries(platform.documents).flatMap(([documentName, document]) =>
        documentBlock(platform, documentName, document, settings),
    );
    return `${[head, ...documents, ...configBlock(platform, settings), ...managedBlock(platform)].join("\n\n")}\n`;
}

function documentBlock(
    platform: Platform,
    documentName: string,
    document: Document,
    settings: Readonly<Record<string, string>>,
): readonly string[] {
    const read = Object.entries(document.fields).filter(([, { variable }]) => variable !== undefined);
    if (read.length === 0) return [];
    const blocks = read.map(([fieldName, field]) => {
        const lines = comment(
            `${document.fields[fieldName]?.description ?? fieldName} (${requirementText(field.required, platform)})`,
            ...howTo(platform, documentName, field),
        );
        const value = fieldValue(platform, documentName, field, settings);
        return `${lines}\n${assignment(field.variable ?? "", value, isRequired(field.required, settings))}`;
    });
    return [rule(`${documentName}: ${document.description} (${document.category})`), ...blocks];
}

function configBlock(platform: Platform, settings: Readonly<Record<string, string>>): readonly string[] {
    const read = Object.entries(platform.config).filter(([, { variable }]) => variable !== undefined);
    if (read.length === 0) return [];
    const blocks = read.map(([name, { variable = "", description, required }]) => {
        const value = settings[name];
        const isNeeded = isRequired(required, settings);
        const text = comment(`${description} (${requirementText(required, platform)})`);
        const line = assignment(
            variable,
            value ?? (isNeeded ? PLACEHOLDER : ""),
            isNeeded || value !== undefined,
        );
        return `${text}\n${line}`;
    });
    return [rule("configuration, none of it secret"), ...blocks];
}

/** What is not set by hand. */
function managedBlock({ managed = {} }: Platform): readonly string[] {
    const read = Object.values(managed).flatMap(({ variable, description, manager }) =>
        variable === undefined ? [] : [`${comment(`${description} (by ${manager})`)}\n# ${variable}=`],
    );
    return read.length === 0 ? [] : [rule("kept by other systems"), ...read];
}

/** How to come by a value, in sentences. */
function howTo(platform: Platform, documentName: string, field: Field): readonly string[] {
    switch (field.kind) {
        case "generated":
            return [`Draw one: ${drawCommand(field.generated)}`];
        case "external": {
            const { issuer, issuerUrl, renew, shape } = field;
            const begins = shape?.is === "token" ? [`Begins with ${shape.begins.join(" or ")}`] : [];
            const from =
                issuerUrl === undefined ? `Issued by: ${issuer}` : `Issued by: ${issuer}, ${issuerUrl}`;
            return [from, ...(renew === undefined ? [] : [renew]), ...begins];
        }
        case "access-key":
            return [`Issued by: ${field.issuer}`];
        case "composed": {
            const parts = parseTemplate(field.template, documentName).flatMap((part) => {
                if (!("field" in part)) return [];
                const of = platform.documents[part.document]?.fields[part.field];
                if (of?.kind === "literal" || of === undefined) return [];
                if (of.variable !== undefined) return [`${of.variable} in place of ${PLACEHOLDER}`];
                return of.kind === "generated" ? [`${PLACEHOLDER} as ${drawCommand(of.generated)}`] : [];
            });
            return parts.length === 0 ? [] : [`Made of other values, ${parts.join(", ")}`];
        }
        case "literal":
            return [];
    }
}

/** What stands after the name: a placeholder, within a text that is made of others where the field is composed. */
function fieldValue(
    platform: Platform,
    documentName: string,
    field: Field,
    settings: Readonly<Record<string, string>>,
): string {
    if (field.kind === "literal") return field.value;
    if (field.kind !== "composed") return PLACEHOLDER;
    return fillTemplate(parseTemplate(field.template, documentName), (part) => {
        if ("config" in part) return settings[part.config] ?? PLACEHOLDER;
        const of = platform.documents[part.document]?.fields[part.field];
        return of?.kind === "literal" ? of.value : PLACEHOLDER;
    });
}

/** A line that every reader of such files takes alike. */
function assignment(variable: string, value: string, isSet: boolean): string {
    const text = /^[\w.,:/@+*=-]*$/.test(value) ? value : `'${value}'`;
    return `${isSet ? "" : "# "}${variable}=${text}`;
}

const rule = (title: string): string => `# --- ${title} ${"-".repeat(Math.max(3, 72 - title.length))}`;

/** Sentences as comments, broken where a line is full; commands stay whole, to be copied. */
function comment(...sentences: readonly string[]): string {
    return sentences.flatMap(wrapped).join("\n");
}

function wrapped(sentence: string): readonly string[] {
    if (/openssl|uuidgen|npm run/.test(sentence)) return [`# ${sentence}`];
    const lines: string[] = [];
    let line = "#";
    for (const word of sentence.split(" ")) {
        if (line !== "#" && line.length + 1 + word.length > WIDTH_CHARS) {
            lines.push(line);
            line = "#  ";
        }
        line += ` ${word}`;
    }
    return [...lines, line];
}
