import { documentId, fieldId, rotationClasses } from "./catalogue";
import type { Catalogue, Document, Field, Platform, Requirement } from "./catalogue";
import { checkConsumers, checkEachDocumentIsRead } from "./consumer-check";
import { documentOrder } from "./document-order";
import { Duration } from "./duration";
import { hintProblems } from "./hints";
import { fieldNameFault, labelFault, variableNameFault } from "./names";
import { Problems, suggest } from "./problems";
import type { Problem } from "./problems";
import { classProblems, periodProblems } from "./rotation/overlap-law";
import { looksLikeSecret } from "./secret-shapes";
import { parseTemplate } from "./template";

/** The number of documents above which a catalogue is refused: split it over several stacks. */
export const MAX_DOCUMENTS = 5_000;

/**
 * Everything that is wrong with a catalogue whatever the environment. Compile-time types hold its shape; this holds
 * what types can't say: names, references, periods, and that nothing is read by nobody.
 */
export function catalogueProblems(catalogue: Catalogue): readonly Problem[] {
    const problems = new Problems();
    const documents = catalogue.reduce((sum, platform) => sum + Object.keys(platform.documents).length, 0);
    if (documents > MAX_DOCUMENTS) {
        problems.add(
            "the catalogue",
            `it has ${String(documents)} documents, and one stack takes ${String(MAX_DOCUMENTS)}`,
            "Split its platforms over several stacks",
        );
        return problems.all;
    }
    const names = new Set<string>();
    checkClasses(catalogue, problems);
    for (const platform of catalogue) {
        if (names.has(platform.name))
            problems.add(platform.name, "two platforms have this name", "Rename one");
        names.add(platform.name);
        checkPlatform(platform, problems);
    }
    return problems.all;
}

/** One name, one class: an environment proves a class for the next by its name. */
function checkClasses(catalogue: Catalogue, problems: Problems): void {
    for (const [name, [rotationClass, ...others]] of rotationClasses(catalogue)) {
        const place = `the rotation class '${name}'`;
        problems.addAll(classProblems(rotationClass, place));
        if (others.length > 0) problems.add(place, "two classes have this name", "Rename one");
    }
}

function checkPlatform(platform: Platform, problems: Problems): void {
    const { name, documents, config, consumers } = platform;
    const fault = labelFault(name);
    if (fault !== undefined) problems.add(name, `the name of a platform ${fault}`);
    if (platform.owner === "") problems.add(name, "it has no owner", "Name the team that answers for it");

    const variables = new Map<string, string>();
    const claim = (variable: string | undefined, place: string): void => {
        if (variable === undefined) return;
        const wrong = variableNameFault(variable);
        if (wrong !== undefined) problems.add(place, `the variable '${variable}' ${wrong}`);
        const other = variables.get(variable);
        if (other !== undefined)
            problems.add(place, `the variable '${variable}' is taken by ${other}`, "Rename one");
        variables.set(variable, place);
    };
    for (const [documentName, document] of Object.entries(documents)) {
        checkDocument(platform, documentName, document, problems);
        for (const [fieldName, field] of Object.entries(document.fields)) {
            claim(field.variable, fieldId(name, documentName, fieldName));
        }
    }
    for (const [configName, value] of Object.entries(config)) {
        const place = `${name}/config.${configName}`;
        const wrong = fieldNameFault(configName);
        if (wrong !== undefined) problems.add(place, `the name of a configuration value ${wrong}`);
        if (value.default !== undefined && looksLikeSecret(value.default)) {
            problems.add(place, "its default looks like a secret", "Make it a field of a document");
        }
        checkRequirement(platform, place, value.required, problems);
        claim(value.variable, place);
    }
    checkConsumers(name, consumers, variables, problems);
    checkEachDocumentIsRead(platform, problems);
    checkOrder(platform, problems);
}

/** Documents are declared one after the other, so none can be composed of one that is composed of it. */
function checkOrder(platform: Platform, problems: Problems): void {
    try {
        documentOrder(platform);
    } catch (error) {
        if (error instanceof RangeError) {
            problems.add(
                platform.name,
                error.message,
                "Move the fields of one of them into a document of their own",
            );
        } else if (!(error instanceof SyntaxError)) throw error; // a template that is wrong has been told
    }
}

function checkDocument(platform: Platform, name: string, document: Document, problems: Problems): void {
    const place = documentId(platform.name, name);
    const fault = labelFault(name);
    if (fault !== undefined) problems.add(place, `the name of a document ${fault}`);
    const fields = Object.entries(document.fields);
    if (fields.length === 0) problems.add(place, "it has no fields", "Add one or remove the document");
    if (document.holders.length === 0)
        problems.add(place, "it has no holders", "Name who has seen its values");
    if (document.format === "text") {
        if (fields.length !== 1)
            problems.add(place, "a text document has exactly one field", "Use the format 'json'");
        if (fields.some(([, field]) => field.rotation.rotationClass.strategy === "overlap")) {
            problems.add(
                place,
                "a text document holds one generation, and its field rotates by overlap",
                "Use 'swap'",
            );
        }
    }
    checkAccessKey(place, document, problems);
    for (const [fieldName, field] of fields) checkField(platform, name, fieldName, field, problems);
}

/** An access key is an id and a secret, which one entry of a store holds together. */
function checkAccessKey(place: string, { fields, format }: Document, problems: Problems): void {
    const parts = Object.values(fields).flatMap((field) => (field.kind === "access-key" ? [field.part] : []));
    if (parts.length === 0) return;
    if (format === "text") {
        const message = "a text document holds one value, and an access key has two";
        problems.add(place, message, "Use the format 'json'");
    }
    for (const part of ["id", "secret"] as const) {
        const count = parts.filter((each) => each === part).length;
        if (count === 1) continue;
        const message = count === 0 ? `has no ${part}` : `has ${String(count)} ${part}s`;
        problems.add(place, `its access key ${message}`, "Make both halves with one accessKey(…)");
    }
}

/** Shortest drawn password: 22 letters and digits have 131 bits. */
const MIN_PASSWORD_CHARS = 22;
/** Shortest drawn key in bytes: 128 bits. */
const MIN_KEY_BYTES = 16;

function checkField(
    platform: Platform,
    documentName: string,
    name: string,
    field: Field,
    problems: Problems,
): void {
    const place = fieldId(platform.name, documentName, name);
    const fault = fieldNameFault(name);
    if (fault !== undefined) problems.add(place, `the name of a field ${fault}`);
    const { every } = field.rotation;
    if (every !== undefined && !Duration.isValid(every)) {
        problems.add(place, `its rotation period '${every}' is not a duration`, "Write it like '90 days'");
    } else if (every !== undefined && classProblems(field.rotation.rotationClass, place).length === 0) {
        problems.addAll(periodProblems(field.rotation.rotationClass, every, place));
    }
    checkRequirement(platform, place, field.required, problems);
    const document = platform.documents[documentName];
    if (document !== undefined) problems.addAll(hintProblems(place, platform, document, field));
    switch (field.kind) {
        case "literal":
            if (looksLikeSecret(field.value)) {
                problems.add(
                    place,
                    "a literal is not a secret, and this value looks like one",
                    "Make it external",
                );
            }
            break;
        case "generated": {
            const { generated } = field;
            if (generated.form === "password" && generated.lengthChars < MIN_PASSWORD_CHARS) {
                problems.add(place, `a password has ${String(MIN_PASSWORD_CHARS)} characters or more`);
            } else if ("bytes" in generated && generated.bytes < MIN_KEY_BYTES) {
                problems.add(place, `a key has ${String(MIN_KEY_BYTES)} bytes or more`);
            }
            break;
        }
        case "composed":
            checkTemplate(platform, documentName, place, field.template, problems);
            break;
        case "access-key":
        case "external":
            if (field.issuer === "") problems.add(place, "it does not say who issues the value");
            break;
    }
}

function checkRequirement(
    platform: Platform,
    place: string,
    required: Requirement,
    problems: Problems,
): void {
    if (typeof required === "boolean" || required.config in platform.config) return;
    problems.add(
        place,
        `it is required when '${required.config}' is '${required.is}', and there is no such configuration value`,
        suggest(required.config, Object.keys(platform.config)),
    );
}

function checkTemplate(
    platform: Platform,
    document: string,
    place: string,
    template: string,
    problems: Problems,
): void {
    let parts;
    try {
        parts = parseTemplate(template, document);
    } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        problems.add(place, `its template is wrong: ${error.message}`);
        return;
    }
    for (const part of parts) {
        if ("config" in part) {
            if (part.config in platform.config) continue;
            const fix = suggest(part.config, Object.keys(platform.config));
            problems.add(
                place,
                `it is composed of the configuration value '${part.config}', which is missing`,
                fix,
            );
        } else if ("field" in part) {
            const target = platform.documents[part.document];
            const label = `${part.document}.${part.field}`;
            if (target === undefined) {
                const fix = suggest(part.document, Object.keys(platform.documents));
                problems.add(
                    place,
                    `it is composed of '${label}', and there is no document '${part.document}'`,
                    fix,
                );
            } else if (target.fields[part.field] === undefined) {
                const fix = suggest(part.field, Object.keys(target.fields));
                problems.add(place, `it is composed of '${label}', and that document has no such field`, fix);
            } else if (target.fields[part.field]?.kind === "composed") {
                problems.add(
                    place,
                    `it is composed of '${label}', which is itself composed`,
                    "Write its parts out",
                );
            }
        }
    }
}
