import { counted } from "../../components/domain/counted";
import type { Checked } from "./index";
import type { Environment } from "./subject";

/** What was checked, in the caller's own words: no line of a report holds what was read. */
export interface ReportHead {
    /** `.env`, or `the variables of this process`. */
    readonly place: string;
    readonly platform: string;
    readonly environment: Environment;
}

/**
 * Faults as people read them, a line each and how to mend it below; the verdict is the last line. A
 * command or an address ends its line, to be copied.
 */
export function checkText(
    { place, platform, environment }: ReportHead,
    { faults, given, unseen }: Checked,
): string {
    const lines = faults.flatMap(({ level, line, variable, message, fix }) => {
        const at = line === undefined ? place : `${place}:${line}`;
        const about = variable === undefined ? "" : ` ${variable}`;
        const told = `${level === "error" ? "error  " : "warning"} ${at}${about}: ${message}.`;
        return fix === undefined ? [told] : [told, `        ${fix}${/[?.]$|: /.test(fix) ? "" : "."}`];
    });
    const not =
        unseen.length === 0 ? [] : [`not looked at, since their files are elsewhere: ${unseen.join(", ")}`];
    const count = (level: string): number => faults.filter((each) => each.level === level).length;
    const verdict =
        faults.length === 0
            ? "clean"
            : `${counted(count("error"), "error")}, ${counted(count("warning"), "warning")}`;
    const where = environment.isProtected ? `${environment.name} (protected)` : environment.name;
    return [
        ...lines,
        ...not,
        `${platform} in ${where}: ${counted(given, "variable")} given: ${verdict}`,
        "",
    ].join("\n");
}

/** The same for programs. */
export function checkJson({ place, platform, environment }: ReportHead, checked: Checked): unknown {
    const { name, isProtected } = environment;
    const faults = checked.faults.map(({ level, kind, line, variable, message, fix }) => ({
        level,
        kind,
        line: line ?? null,
        variable: variable ?? null,
        message,
        fix: fix ?? null,
    }));
    return {
        place,
        platform,
        environment: name,
        protected: isProtected,
        clean: faults.length === 0,
        given: checked.given,
        unseen: checked.unseen,
        faults,
    };
}
