import type { RotationEvent } from "./events";
import { STEP_DONE } from "./events";

/** The steps of one stack that a message tells of. */
export interface StackNotice {
    readonly stack: string;
    /** In the order of the log. */
    readonly events: readonly RotationEvent[];
}

export interface NoticeOptions {
    /** Where the run can be looked at; https. */
    readonly link?: string | undefined;
}

/** A message for an incoming webhook of Slack. @see https://docs.slack.dev/block-kit/ */
export interface SlackMessage {
    /** What notifications show, and clients that know no blocks. */
    readonly text: string;
    readonly blocks: readonly SlackBlock[];
}

export type SlackBlock =
    | { readonly type: "header"; readonly text: { readonly type: "plain_text"; readonly text: string } }
    | { readonly type: "section"; readonly text: SlackText }
    | { readonly type: "context"; readonly elements: readonly SlackText[] };

interface SlackText {
    readonly type: "mrkdwn";
    readonly text: string;
}

/** Slack refuses a message beyond: characters of a header and of a section, blocks of a message. */
export const SLACK_LIMITS = { header: 150, section: 3000, blocks: 50 } as const;
/** How many fields a step lists before it counts the rest: a message is read on a telephone. */
const LISTED = 20;

/** `Rotation in dev and prod: 3 steps`. */
function noticeTitle(notices: readonly StackNotice[]): string {
    const names = notices.map(({ stack }) => stack).join(" and ");
    const count = notices.reduce((sum, { events }) => sum + events.length, 0);
    return `Rotation in ${names}: ${count === 1 ? "1 step" : `${String(count)} steps`}`;
}

/** The message for Slack. Nothing of a person's text can mention, link or format anything. */
export function slackNotice(notices: readonly StackNotice[], { link }: NoticeOptions = {}): SlackMessage {
    const title = noticeTitle(notices);
    const sections = notices.flatMap(({ stack, events }) => [
        ...(notices.length > 1 ? [section(`*${slackPlain(stack)}*`)] : []),
        ...(events.length === 0 ? [section(NOTHING)] : []),
        ...stepsOf(events).flatMap(({ step, fields, more }) =>
            sectionsOf([`*${capital(STEP_DONE[step])}*`, ...fields.map(slackLine), ...more]),
        ),
    ]);
    const room = SLACK_LIMITS.blocks - 3;
    const left = sections.length - room;
    return {
        text: slackEscaped(title),
        blocks: [
            { type: "header", text: { type: "plain_text", text: clipped(title, SLACK_LIMITS.header) } },
            ...sections.slice(0, room),
            ...(left > 0 ? [section(`… and ${String(left)} more, in the log beside the ledger`)] : []),
            ...(link === undefined
                ? []
                : [{ type: "context" as const, elements: [mrkdwn(`<${slackEscaped(link)}|The run>`)] }]),
        ],
    };
}

/** The message as plain text, for a topic of SNS: mail and pagers. */
export function textNotice(notices: readonly StackNotice[], { link }: NoticeOptions = {}): string {
    const parts = notices.map(({ stack, events }) =>
        [
            ...(notices.length > 1 ? [`${stack}:`] : []),
            ...(events.length === 0 ? [NOTHING] : []),
            ...stepsOf(events).flatMap(({ step, fields, more }) => [
                `${capital(STEP_DONE[step])}:`,
                ...fields.map((event) => `  ${event.field}, ${detail(event)}`),
                ...more.map((line) => `  ${line}`),
            ]),
        ].join("\n"),
    );
    return `${[`${noticeTitle(notices)}.`, ...parts, ...(link === undefined ? [] : [link])].join("\n\n")}\n`;
}

const NOTHING = "The log beside the ledger has no step of it.";

/** Events by step, the urgent steps first. */
function stepsOf(events: readonly RotationEvent[]): {
    readonly step: RotationEvent["step"];
    readonly fields: readonly RotationEvent[];
    readonly more: readonly string[];
}[] {
    const order = Object.keys(STEP_DONE) as RotationEvent["step"][];
    return order.flatMap((step) => {
        const all = events.filter((event) => event.step === step);
        if (all.length === 0) return [];
        const left = all.length - LISTED;
        return [{ step, fields: all.slice(0, LISTED), more: left > 0 ? [`… and ${String(left)} more`] : [] }];
    });
}

function slackLine(event: RotationEvent): string {
    return `• \`${event.field}\`, ${slackPlain(detail(event))}`;
}

function detail({ generation, reason, reference, by }: RotationEvent): string {
    const why = reference === undefined ? reason : `${reason} ${clipped(reference, 80)}`;
    return `generation ${String(generation)}, ${why}, by ${clipped(by, 80)}`;
}

/** As many sections as the lines need. */
function sectionsOf(lines: readonly string[]): SlackBlock[] {
    const texts: string[] = [];
    for (const line of lines) {
        const last = texts.at(-1);
        const longer = last === undefined ? line : `${last}\n${line}`;
        if (last !== undefined && longer.length <= SLACK_LIMITS.section) texts[texts.length - 1] = longer;
        else texts.push(line);
    }
    return texts.map(section);
}

/** Without what Slack reads as a mention or a link. @see https://docs.slack.dev/messaging/formatting-message-text/ */
function slackEscaped(text: string): string {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Escaped, and nothing in it formats: a zero-width space keeps a mark from opening. */
function slackPlain(text: string): string {
    return slackEscaped(text).replace(/[*_~`]/g, (mark) => `\u200b${mark}\u200b`);
}

const section = (text: string): SlackBlock => ({ type: "section", text: mrkdwn(text) });
const mrkdwn = (text: string): SlackText => ({ type: "mrkdwn", text });
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function clipped(text: string, length: number): string {
    return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
