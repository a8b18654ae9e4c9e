import { diagnose, withNetwork, withSeen, withStores } from "../../doctor";
import type { Facts, SeenConsumer } from "../../doctor/facts";
import { worstFirst } from "../../doctor/finding";
import type { Finding } from "../../doctor/finding";
import { seenInCluster } from "../../doctor/readers/cluster";
import { declared } from "../../doctor/readers/declared";
import type { Declared } from "../../doctor/readers/declared";
import { readRecording, seenInRecording } from "../../doctor/readers/recorded";
import type { Recording } from "../../doctor/readers/recorded";
import { findingsJson } from "../../doctor/report/json";
import { findingsText } from "../../doctor/report/text";
import { chosenOf } from "../../doctor/scope";
import { Problems } from "../../components/domain/problems";
import { UserError } from "../../preview/errors";
import { styleOf } from "../../preview/report/style";
import { readIfThere } from "../../rotation/files";
import { catalogue } from "../../stacks/catalogue";
import { ExitCode } from "../exit-code";
import { projectDirectory } from "../project-directory";
import { dayOption } from "../rotate/options";
import { terminalOf } from "../terminal";
import { contextsOf } from "./contexts";
import { loadStacks } from "./load";

export interface DoctorOptions {
    readonly stack: readonly string[];
    readonly platform?: string;
    readonly document?: string;
    readonly consumer?: string;
    readonly context: readonly string[];
    readonly from: readonly string[];
    readonly stores?: boolean;
    readonly network?: boolean;
    readonly json?: boolean;
    /** The day that rotations reckon from. @default now */
    readonly today?: string;
}

/**
 * Looks for what keeps secrets from those who need them, as far as it can see, and says the next step.
 *
 * @returns violated when a problem was found. What could not be looked at is none.
 * @throws {UserError} naming every mistake of the call.
 */
export async function doctor(options: DoctorOptions): Promise<ExitCode> {
    const problems = new Problems();
    const { chosen, problems: names } = chosenOf(options, catalogue);
    problems.addAll(names);
    const recordings = options.from.flatMap((file) => recordingOf(file, problems));
    if (options.from.length > 0 && options.context.length > 0) {
        problems.add(
            "--from",
            "a context is named as well",
            "Look at a cluster, or at what was recorded of it",
        );
    }
    const now = instantOf(options.today, problems);
    const { stacks, refused, hide } = await loadStacks(projectDirectory(), options.stack, now, problems);
    const known = [...refused, ...stacks.map((stack) => declared(stack, catalogue, chosen, now))];
    const contexts = contextsOf(
        options.context,
        known.map(({ facts }) => facts),
        problems,
    );
    if (!problems.empty) throw new UserError("The command", problems.all);
    const found: Finding[] = [];
    for (const each of known) {
        const facts = await looked(each, { contexts, recordings, options });
        found.push(...diagnose(facts));
    }
    const findings = worstFirst(found).map((finding) => hidden(finding, hide));
    print(findings, options.json === true);
    return findings.some(({ status }) => status === "problem") ? ExitCode.violated : ExitCode.clean;
}

interface Looking {
    readonly contexts: ReadonlyMap<string, string>;
    readonly recordings: readonly Recording[];
    readonly options: DoctorOptions;
}

async function looked(known: Declared, { contexts, recordings, options }: Looking): Promise<Facts> {
    let facts = options.network === true ? await withNetwork(known) : known.facts;
    if (options.stores === true) facts = await withStores(facts);
    const items = recordings.flatMap((each) => each.items);
    if (items.length > 0) return withSeen(facts, (consumer) => seenInRecording({ items }, consumer));
    const seen = new Map<string, SeenConsumer>();
    for (const cluster of new Set(facts.consumers.map((each) => each.cluster))) {
        const context = contexts.get(cluster);
        if (context === undefined) continue;
        const own = facts.consumers.filter((each) => each.cluster === cluster);
        const read = await seenInCluster(own, { context });
        for (const [at, { id }] of own.entries()) {
            const one = read[at];
            if (one !== undefined) seen.set(id, one);
        }
    }
    const named = facts.consumers.map((each) => ({
        ...each,
        context: contexts.get(each.cluster) ?? each.context,
    }));
    return withSeen({ ...facts, consumers: named }, ({ id }) => seen.get(id));
}

function recordingOf(file: string, problems: Problems): readonly Recording[] {
    const text = readIfThere(file);
    if (text === undefined) {
        problems.add(`--from ${file}`, "there is no such file");
        return [];
    }
    const read = readRecording(text, file);
    problems.addAll(read.problems);
    return read.recording === undefined ? [] : [read.recording];
}

/** The second line of defence: a value that the configuration holds is masked wherever it turns up. */
function hidden(finding: Finding, hide: (text: string) => string): Finding {
    const { place, message, why } = finding;
    return { ...finding, place: hide(place), message: hide(message), why: hide(why) };
}

/** Noon of a day that is named, where a time of that day is wanted. */
function instantOf(today: string | undefined, problems: Problems): string {
    if (today === undefined) return new Date().toISOString();
    return `${dayOption("--today", today, problems)}T12:00:00.000Z`;
}

function print(findings: readonly Finding[], isJson: boolean): void {
    if (isJson) {
        process.stdout.write(`${JSON.stringify(findingsJson(findings), null, 2)}\n`);
        return;
    }
    process.stdout.write(findingsText(findings, styleOf(terminalOf())));
}
