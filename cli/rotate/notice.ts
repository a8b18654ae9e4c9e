import { readFileSync } from "node:fs";

import { Problems } from "../../components/domain/problems";
import { isDay } from "../../components/domain/rotation/day";
import { UserError } from "../../preview/errors";
import { eventsFile, readEvents } from "../../rotation/events";
import type { RotationEvent } from "../../rotation/events";
import { slackNotice, textNotice } from "../../rotation/notice";
import type { StackNotice } from "../../rotation/notice";
import { ExitCode } from "../exit-code";
import { projectDirectory } from "../project-directory";
import { loadRotation } from "./load";

const NOTICE_FORMATS = ["slack", "text"] as const;

export interface NoticeCommand {
    /** The stacks to tell of; all, when empty. */
    readonly stack: readonly string[];
    /** `slack`: JSON for an incoming webhook; `text`: for a topic of SNS. */
    readonly format: string;
    /** The steps from this day on, 00:00 UTC. Either this or `events`. */
    readonly since?: string | undefined;
    /** So many steps of each stack, the last ones of its log; 0 says that none is logged. */
    readonly events?: string | undefined;
    /** Where the run can be looked at; https. */
    readonly link?: string | undefined;
}

/**
 * Runs `rotate notice`: prints the message that tells what was rotated. Sending it is the workflow's work, which has
 * the addresses.
 *
 * @throws {UserError} naming every wrong option, or every bad line of a log.
 */
export async function notice(
    options: NoticeCommand,
    directory: string = projectDirectory(),
): Promise<ExitCode> {
    refuseBadOptions(options);
    const { chosen } = await loadRotation(options.stack, directory);
    const problems = new Problems();
    const notices = chosen.map(({ stack, file, place }): StackNotice => {
        const { events, problems: found } = readEvents(textOf(eventsFile(file)), eventsFile(place));
        problems.addAll(found);
        return {
            stack,
            events: chosenEvents(
                events.filter((event) => event.stack === stack),
                options,
            ),
        };
    });
    if (!problems.empty) throw new UserError("The log of rotation", problems.all);
    const { format, link } = options;
    process.stdout.write(
        format === "slack"
            ? `${JSON.stringify(slackNotice(notices, { link }), null, 2)}\n`
            : textNotice(notices, { link }),
    );
    return ExitCode.clean;
}

function chosenEvents(
    events: readonly RotationEvent[],
    { since, events: count }: NoticeCommand,
): readonly RotationEvent[] {
    if (since !== undefined) return events.filter(({ at }) => at.slice(0, since.length) >= since);
    const last = Number(count);
    return last === 0 ? [] : events.slice(-last);
}

function refuseBadOptions({ format, since, events, link }: NoticeCommand): void {
    const problems = new Problems();
    if (!NOTICE_FORMATS.some((known) => known === format))
        problems.add("--format", "there is no such format", `Choose one of ${NOTICE_FORMATS.join(", ")}`);
    if ((since === undefined) === (events === undefined))
        problems.add("--since, --events", "exactly one of them says which steps are told", "Give one");
    if (since !== undefined && !isDay(since))
        problems.add("--since", "a day is written YYYY-MM-DD and is in the calendar");
    if (events !== undefined && !/^\d{1,6}$/.test(events))
        problems.add("--events", "it must be a whole number from 0");
    if (link !== undefined && !/^https:\/\/[^\s<>|"]{1,2000}$/.test(link))
        problems.add("--link", 'a link begins with https:// and has no space and none of < > | "');
    if (!problems.empty) throw new UserError("The command", problems.all);
}

/** A stack that never rotated has no log. */
function textOf(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
        throw error;
    }
}
