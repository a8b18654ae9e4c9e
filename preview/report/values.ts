import type { Rendering } from "../rendering";
import { counted } from "../../components/domain/counted";
import { filled, listed, padded, wordsOf } from "./layout";
import type { Style } from "./style";
import type { FieldSummary, StackSummary } from "./summary";

/** Fields of one list that a folded report shows; the rest is counted. */
const FOLDED_FIELDS = 40;

function moreLine(hidden: number, { faint }: Style): readonly string[] {
    return hidden === 0 ? [] : [faint(`  ${hidden} more: --verbose lists them`)];
}

/** What people still have to set, with the command that does it. */
export function needsValueSection({ needsValue }: StackSummary, style: Style): readonly string[] {
    const [first] = needsValue;
    if (first === undefined) return [];
    const names = Math.max(...needsValue.map(({ id }) => id.length));
    const shown = style.full ? needsValue : needsValue.slice(0, FOLDED_FIELDS);
    const lines = shown.flatMap((field) =>
        style.full
            ? [`  ${field.id}`, ...commandLines(field.command, style)]
            : filled(
                  `  ${padded(field.id, names)}  `,
                  " ".repeat(6),
                  wordsOf(field.issuer ?? ""),
                  style.columns,
              ),
    );
    const how =
        needsValue.length === 1 || style.full ? "Set it with" : "Set each with its own path, the first with";
    return [
        style.bold(`Needs a value (${needsValue.length})`),
        ...lines,
        ...moreLine(needsValue.length - shown.length, style),
        ...(style.full ? [] : [`  ${how}:`, ...commandLines(first.command, style)]),
        "",
    ];
}

/** One line if it fits, else broken where a shell lets it be broken. */
function commandLines(command: string, { columns }: Style): readonly string[] {
    const line = `    ${command}`;
    if (line.length <= columns) return [line];
    const [head, path] = command.split(" --path ");
    return [`    ${head ?? ""} \\`, `      --path ${path ?? ""}`];
}

/** Which generations live: what is on its way in or out by itself, the rest by the day since when. */
export function generationsSection({ platforms }: StackSummary, style: Style): readonly string[] {
    const fields = platforms
        .flatMap(({ documents }) => documents.flatMap((document) => document.fields))
        .filter(({ generations }) => generations?.current !== undefined);
    if (fields.length === 0) return [];
    const isMoving = ({ generations }: FieldSummary): boolean =>
        generations?.next !== undefined || generations?.previous !== undefined;
    const moving = fields.filter(isMoving);
    const steady = new Map<string, string[]>();
    for (const { id, generations } of fields.filter((field) => !isMoving(field))) {
        const { generation = 0, since = "?", reason = "?" } = generations?.current ?? {};
        const key = `since ${since} (${reason}): `;
        const ids = steady.get(key);
        if (ids === undefined) steady.set(key, [`${id} g${generation}`]);
        else ids.push(`${id} g${generation}`);
    }
    const names = Math.max(0, ...moving.map(({ id }) => id.length));
    return [
        style.bold(`Generations live (${counted(fields.length, "field")}, ${moving.length} rotating)`),
        ...moving.flatMap((field) =>
            filled(`  ${padded(field.id, names)}  `, " ".repeat(6), stageWords(field, style), style.columns),
        ),
        ...[...steady]
            .sort(([a], [b]) => (a < b ? 1 : -1))
            .flatMap(([key, ids]) => {
                const shown = style.full ? ids : ids.slice(0, FOLDED_FIELDS);
                const more = ids.length - shown.length;
                const words = listed([...shown, ...(more === 0 ? [] : [`${more} more`])]);
                return filled(`  ${key}`, " ".repeat(6), words, style.columns);
            }),
        "",
    ];
}

/** The stages in the order in which they matter: what signs now, what comes, what is still accepted. */
function stageWords({ generations }: FieldSummary, { warn, faint }: Style): readonly string[] {
    const { next, current, previous } = generations ?? {};
    const stages = [
        current && `g${current.generation} since ${current.since} (${current.reason})`,
        next && warn(`next g${next.generation} announced ${next.since} (${next.reason})`),
        previous && faint(`g${previous.generation} until ${previous.until}`),
    ];
    return listed(stages.filter((stage) => stage !== undefined));
}

/** Configuration that is encrypted and stayed so. */
export function opaqueSection({ opaqueConfigKeys }: Rendering, style: Style): readonly string[] {
    if (opaqueConfigKeys.length === 0) return [];
    const count = counted(opaqueConfigKeys.length, "encrypted configuration value");
    const note =
        `${count} took part as opaque secrets (set PULUMI_CONFIG_PASSPHRASE to decrypt): ` +
        listed(opaqueConfigKeys).join(" ");
    return [...filled("", "  ", wordsOf(note).map(style.faint), style.columns), ""];
}
