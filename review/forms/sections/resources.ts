import { counted } from "../../../components/domain/counted";
import type { PropertyChange, ResourceChange, Review, StackReview } from "../../review";
import { code, codes, plain, t } from "../text";
import type { Text } from "../text";
import { sectionOf, together } from "./section";
import type { Section, Told } from "./section";

const KINDS = ["added", "changed", "replaced", "removed", "renamed"] as const;

/** What is protected from deletion and would be deleted, or deleted and made anew. */
export const protectedSection = (review: Review): readonly Section[] =>
    sectionOf({
        title: "PROTECTED, and would be deleted",
        tone: "bad",
        items: together(review, ({ resources }) => resources.filter(isLost).map(lost)),
    });

export const isLost = ({ kind, isProtected }: ResourceChange): boolean =>
    isProtected && (kind === "removed" || kind === "replaced");

function lost(change: ResourceChange): Told {
    const { kind, replacedBecauseOf = [] } = change;
    const because = replacedBecauseOf.length === 0 ? [] : t` because of ${codes(replacedBecauseOf)}`;
    return { text: t`${nameOf(change)} would be ${kind}${because}` };
}

/** All resources that change; the count is in the title. */
export function resourcesSection(review: Review): readonly Section[] {
    const all = review.stacks.flatMap(({ resources }) => resources);
    const counts = KINDS.map((kind) => ({ kind, count: all.filter((each) => each.kind === kind).length }));
    const told = counts.filter(({ count }) => count > 0).map(({ kind, count }) => `${String(count)} ${kind}`);
    const unchanged = review.stacks.reduce((sum, each) => sum + each.unchanged, 0);
    return sectionOf({
        title: `${counted(all.length, "resource")} changed: ${told.join(", ")}; ${String(unchanged)} as before`,
        tone: "plain",
        isFolded: true,
        items: together(review, changes),
    });
}

const changes = ({ resources }: StackReview): readonly Told[] =>
    resources.map((change) => ({
        text: t`${change.kind} ${nameOf(change)}${former(change)}`,
        below: change.properties.map(property),
    }));

const former = ({ formerUrn }: ResourceChange): Text =>
    formerUrn === undefined ? [] : t`, was ${code(formerUrn)}`;

function nameOf({ type, name, belongsTo }: ResourceChange): Text {
    const kind = plain(type).split(":").pop() ?? type;
    return belongsTo === undefined ? t`${kind} ${code(name)}` : t`${kind} ${code(name)} of ${belongsTo}`;
}

/** A property, with both sides unless it is secret. */
function property({ path, kind, isSecret, before, after }: PropertyChange): Text {
    if (isSecret) return t`${code(path)} ${kind} (secret)`;
    const from = before === undefined ? [] : t` ${code(shown(before))}`;
    const to = after === undefined ? [] : t` → ${code(shown(after))}`;
    return t`${code(path)} ${kind}:${from}${to}`;
}

const shown = (value: Exclude<PropertyChange["before"], undefined>): string =>
    typeof value === "string" ? value : JSON.stringify(value);
