import { counted } from "../../components/domain/counted";
import { addTo } from "../../components/domain/grouped";
import { filled, wordsOf } from "../../preview/report/layout";
import type { Style } from "../../preview/report/style";
import type { Finding, Status } from "../finding";

/** What was found as people read it: the worst first, what was not looked at together, and a line that sums it up. */
export function findingsText(findings: readonly Finding[], style: Style): string {
    const of = (status: Status): readonly Finding[] => findings.filter((each) => each.status === status);
    const told = [...of("problem"), ...of("warning")];
    const lines = [
        ...grouped(told).flatMap((group) => groupLines(group, style)),
        ...skippedLines(of("skipped"), style),
    ];
    return `${[...lines, summary(findings, style)].join("\n")}\n`;
}

/** Places of which the same is said are told together. */
function grouped(findings: readonly Finding[]): readonly (readonly [Finding, ...Finding[]])[] {
    const groups = new Map<string, [Finding, ...Finding[]]>();
    for (const finding of findings) {
        const { stack, status, check, message } = finding;
        const key = JSON.stringify([stack, status, check, message]);
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [finding]);
        else group.push(finding);
    }
    return [...groups.values()];
}

function groupLines([first, ...others]: readonly [Finding, ...Finding[]], style: Style): string[] {
    const { status, symptom, stack, check, place, message, why, next } = first;
    const { bold, bad, warn, faint, columns } = style;
    const head = `${(status === "problem" ? bad : warn)(status)} `;
    const where = others.length === 0 ? place : counted(others.length + 1, "place");
    const what = [...wordsOf(`${stack}: ${where}`).map(bold), faint(`[${symptom}, ${check}]`)];
    const begin = [
        ...filled(head, "  ", what, columns),
        ...filled("  ", "  ", wordsOf(sentence(message)), columns),
    ];
    if (others.length === 0) {
        const reason = why === "" ? [] : filled("  ", "  ", wordsOf(sentence(why)), columns);
        return [...begin, ...reason, ...commandLines(next), ""];
    }
    const each = [first, ...others].flatMap((finding) => [
        ...filled("  ", "    ", wordsOf(`${finding.place}: ${finding.why}`), columns),
        ...commandLines(finding.next),
    ]);
    return [...begin, ...each, ""];
}

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

/** Commands are copied, so they are never broken. */
const commandLines = (next: readonly string[]): string[] => next.map((command) => `    ${command}`);

/** What is missing for the same reason is told once, with a command that would show it. */
function skippedLines(skipped: readonly Finding[], { columns, bold, faint }: Style): string[] {
    const groups = new Map<string, Finding[]>();
    for (const finding of skipped) addTo(groups, finding.why, finding);
    if (groups.size === 0) return [];
    const lines = [...groups].flatMap(([why, group]) => {
        const checks = [...new Set(group.map(({ check }) => check))].join(", ");
        const what = `${counted(group.length, "place")}, since ${why} (${checks})`;
        const next = [...new Set(group.flatMap((finding) => finding.next))];
        const shown = next.slice(0, SHOWN);
        const more = next.length - shown.length;
        return [
            ...filled("  ", "    ", wordsOf(what), columns),
            ...commandLines(shown),
            ...(more === 0 ? [] : [faint(`    and ${String(more)} more: --json lists them`)]),
        ];
    });
    return [bold("Not looked at"), ...lines, ""];
}

const SHOWN = 3;

function summary(findings: readonly Finding[], { good, bad, warn, bold }: Style): string {
    const count = (status: Status): number => findings.filter((each) => each.status === status).length;
    const [problems, warnings, skipped] = [count("problem"), count("warning"), count("skipped")];
    const said = [
        problems === 0 ? good("no problem") : bold(bad(counted(problems, "problem"))),
        ...(warnings === 0 ? [] : [warn(counted(warnings, "warning"))]),
        ...(skipped === 0 ? [] : [`${String(skipped)} not looked at`]),
        `${String(count("ok"))} well`,
    ];
    return said.join(", ");
}
