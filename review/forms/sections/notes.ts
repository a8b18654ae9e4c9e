import { counted } from "../../../components/domain/counted";
import type { Compared, Review, Side, StackReview } from "../../review";
import { code, codes, t } from "../text";
import type { Text } from "../text";
import { sectionOf } from "./section";
import type { Section } from "./section";

const COMPARED: Readonly<Record<Exclude<Compared, "both">, string>> = {
    added: "is new: all of it appears",
    removed: "is gone",
    "head-only": "is not compared: what is told of it is the head alone",
};

/** What was compared, and what the reader has to know of that. */
export function notesSection({ base, head, stacks, notes }: Review): readonly Section[] {
    const texts: readonly Text[] = [
        t`${sideText(base)} was compared with ${sideText(head)}.`,
        ...stacks.flatMap(comparedText),
        ...notes.map((note) => t`${note}`),
    ];
    return sectionOf({
        title: "What was compared",
        tone: "plain",
        items: texts.map((text) => ({ stacks: [], text, below: [] })),
    });
}

const comparedText = ({ stack, compared }: StackReview): readonly Text[] =>
    compared === "both" ? [] : [t`The stack ${code(stack)} ${COMPARED[compared]}.`];

function sideText({ name, commit, changed }: Side): Text {
    const at = commit === undefined ? [] : t` (${code(commit.slice(0, 10))})`;
    if (changed === undefined || changed.count === 0) return t`${code(name)}${at}`;
    const more = changed.count - changed.files.length;
    const others = more > 0 ? `, ${String(more)} more` : "";
    return t`${code(name)}${at} with ${counted(changed.count, "changed file")}: ${codes(changed.files)}${others}`;
}
