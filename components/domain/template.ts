/** A part of a composed field's template: text as it is, or a reference in braces. */
export type TemplatePart =
    | { readonly text: string }
    | { readonly field: string; readonly document: string }
    | { readonly config: string };

const REFERENCE = /\{([^{}]*)\}/g;
const PATH = /^(?:([a-z][a-z0-9-]*)\.)?([a-z][a-z0-9_-]*)$/;

/**
 * Takes a template apart.
 *
 * @param document the document of the composed field, which `{field}` refers to.
 * @throws {SyntaxError} for braces that are not closed and for what is no reference.
 */
export function parseTemplate(template: string, document: string): TemplatePart[] {
    const parts: TemplatePart[] = [];
    let end = 0;
    const addText = (text: string): void => {
        if (/[{}]/.test(text)) throw new SyntaxError("a brace is not closed or not opened");
        if (text !== "") parts.push({ text });
    };
    for (const match of template.matchAll(REFERENCE)) {
        addText(template.slice(end, match.index));
        const path = PATH.exec(match[1] ?? "");
        const [, scope, name] = path ?? [];
        if (name === undefined) {
            throw new SyntaxError(
                `'{${match[1] ?? ""}}' is neither {field}, {document.field} nor {config.name}`,
            );
        }
        parts.push(scope === "config" ? { config: name } : { document: scope ?? document, field: name });
        end = match.index + match[0].length;
    }
    addText(template.slice(end));
    return parts;
}

/** Puts values in the place of references, in the order of the parts. */
export function fillTemplate(
    parts: readonly TemplatePart[],
    valueOf: (part: Exclude<TemplatePart, { text: string }>) => string,
): string {
    return parts.map((part) => ("text" in part ? part.text : valueOf(part))).join("");
}
