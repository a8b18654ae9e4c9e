import type { DocumentChange, FieldChange, Review, RotationChange, StackReview } from "../../review";
import { code, codes, list, t } from "../text";
import { sectionOf, together } from "./section";
import type { Section, Told } from "./section";

/** Secrets that rotate, appear, change or go: what leaked comes first. */
export const secretsSection = (review: Review): readonly Section[] =>
    sectionOf({ title: "Secrets", tone: "plain", items: together(review, secrets) });

function secrets({ documents, fields, rotations }: StackReview): readonly Told[] {
    const ofDocuments = new Set(
        documents.flatMap((each) => each.fields.map((field) => `${each.kind} ${each.document}.${field}`)),
    );
    return [
        ...rotations.map(rotated),
        ...documents.map(document),
        // A field of a document that comes or goes is told with it.
        ...fields.filter(({ kind, field }) => !ofDocuments.has(`${kind} ${field}`)).map(changed),
    ];
}

const rotated = ({ field, what, why, oldValue, isCompromise }: RotationChange): Told => ({
    rank: isCompromise ? 0 : 1,
    text: isCompromise
        ? t`COMPROMISED ${code(field)}: ${what} (${why}); old value: ${oldValue}`
        : t`${code(field)}: ${what} (${why}); old value: ${oldValue}`,
});

function document({ kind, document: name, owner, store, path, former, fields }: DocumentChange): Told {
    const what = fields.length === 0 ? [] : t` with ${codes(fields)}`;
    const where = t`${code(path)} of ${store}`;
    if (kind === "added")
        return { rank: 2, text: t`${code(name)} appears as ${where}${what}, owned by ${owner}` };
    if (kind === "removed") return { rank: 4, text: t`${code(name)} goes from ${where}${what}` };
    const from = former === undefined ? [] : t` from ${code(former.path)} of ${former.store}`;
    return { rank: 3, text: t`${code(name)} moves${from} to ${where}` };
}

function changed({ kind, field, fieldKind, rotation, what }: FieldChange): Told {
    if (kind === "added")
        return { rank: 2, text: t`${code(field)} appears: ${fieldKind}, rotates as ${rotation}` };
    if (kind === "removed") return { rank: 4, text: t`${code(field)} goes` };
    return { rank: 3, text: t`${code(field)} changes: ${list(what.map((each) => t`${each}`))}` };
}
