import { nameOf } from "../access/text";
import { VERBS } from "../access";
import type { Cell, Entry } from "../access";
import type { AccessAnswer } from "../access/query";
import { addTo } from "../../components/domain/grouped";
import { counted } from "../../components/domain/counted";
import { answerJson, edgeJson, findingJson } from "./access-json";
import type { Json } from "./redact";

/** What somebody asked, stack by stack: an entry a paragraph, with what may be done to it, by whom and by what. */
export function accessAnswersText(answers: readonly AccessAnswer[]): string {
    return `${answers.map(ofStack).join("\n\n")}\n`;
}

function ofStack({ matrix, entries, verbs, identities, cells, edges }: AccessAnswer): string {
    const byEntry = new Map<Entry, Cell[]>();
    for (const cell of cells) addTo(byEntry, cell.entry, cell);
    // Of one identity only what it may is worth a line; of an entry also that nobody may.
    const shown = identities === undefined ? entries : entries.filter((entry) => byEntry.has(entry));
    const paragraphs = shown.map((entry) => {
        const title = [entry.store, entry.realm, entry.path].filter((part) => part !== undefined).join(" ");
        const lines = verbs
            .filter((verb) => entry.verbs.includes(verb))
            .flatMap((verb) => {
                const some = (byEntry.get(entry) ?? []).filter((cell) => cell.verb === verb);
                const nobody = identities === undefined && some.length === 0 ? ["nobody"] : [];
                return [...some.map(cellText), ...nobody].map((text) => `    ${verb}: ${text}`);
            });
        const documents = entry.documents.length === 0 ? "" : ` = ${entry.documents.join(", ")}`;
        return [`${title}${documents}`, ...lines].join("\n");
    });
    const trust = edges.map(
        ({ from, to, decision, by }) =>
            `    ${nameOf(from)} ${decision === "allowed" ? "can" : "may be able to"} become ${nameOf(to)} by ${by.join(" + ")}`,
    );
    const { findings } = matrix;
    return [
        `── ${matrix.stack}: ${counted(cells.length, "answer")} with yes, of ${counted(questionsOf(entries, verbs, identities?.length ?? matrix.identities.length), "question")}`,
        ...paragraphs,
        ...(trust.length === 0 ? [] : [["Becoming:", ...trust].join("\n")]),
        ...(findings.length === 0
            ? []
            : [
                  [
                      `Findings (${findings.length}):`,
                      ...findings.map(({ place, message, fix }) => `    ${place}: ${message}. ${fix}.`),
                  ].join("\n"),
              ]),
    ].join("\n\n");
}

function questionsOf(entries: readonly Entry[], verbs: AccessAnswer["verbs"], identities: number): number {
    const each = entries.reduce(
        (sum, entry) => sum + entry.verbs.filter((verb) => verbs.includes(verb)).length,
        0,
    );
    return each * identities;
}

function cellText({ identity, via, by, decision, reason }: Cell): string {
    const way = via.map((each) => ` as ${nameOf(each)}`).join("");
    const doubt = decision === "undecided" ? "undecided, " : "";
    return `${doubt}${nameOf(identity)}${way}, by ${by.join(" + ")}${reason === undefined ? "" : ` (${reason})`}`;
}

/** The same for programs: every answer with yes or undecided, who can become whom, and the findings. */
export function accessAnswersJson(answers: readonly AccessAnswer[]): Json {
    return {
        verbs: { ...VERBS },
        stacks: answers.map(({ matrix, entries, verbs, identities, cells, edges }) => ({
            stack: matrix.stack,
            environment: matrix.environment,
            questions: questionsOf(entries, verbs, identities?.length ?? matrix.identities.length),
            answers: cells.map(answerJson),
            becomes: edges.map(edgeJson),
            findings: matrix.findings.map(findingJson),
        })),
    };
}
