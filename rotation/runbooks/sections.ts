import { addTo } from "../../components/domain/grouped";
import { isIssued, rotationText } from "../../components/domain/catalogue";
import { code, markdownList as list, markdownTable as table } from "../../components/domain/markdown";
import { timingOf } from "../../components/domain/rotation/rotation-class";
import { alsoSetOf } from "./also-set";
import { proposed, proposedStep, proposedValue, rotate, TICKET, verify } from "./commands";
import { leaked } from "./leaked";
import { block, listed, page, steps } from "./markdown";
import { arrival, composedOf } from "./readers";
import { isDrawn, toldOf } from "./subject";
import type { Place, Subject } from "./subject";

/** The parts of a page on one field, each with its heading. */

export function leakedSections(subject: Subject): string {
    const parts = subject.places.map((place) => {
        const { intro, steps: all } = leaked(subject, place);
        return [`## Leaked in ${place.stack.stack}`, intro, steps(all)].join("\n\n");
    });
    return parts.join("\n\n");
}

export function whereSection({ places, field }: Subject): string {
    const row = (name: string, of: (place: Place) => string): string[] => [name, ...places.map(of)];
    const rows = [
        row("store", ({ at }) => at.store),
        row("in", ({ at }) => at.system),
        row("entry", ({ at }) => code(at.entry)),
        row("reference", ({ at }) =>
            at.reference === undefined ? "inside composed values only" : code(at.reference),
        ),
        row("value comes from", (place) =>
            isDrawn(place)
                ? "drawn by the stack"
                : place.isOutOfBand
                  ? "set in the store by hand"
                  : isIssued(field, false)
                    ? `${field.issuer}, set in ${code(`Pulumi.${place.stack.stack}.yaml`)}`
                    : "other fields",
        ),
        ...(places.some(({ rotating }) => rotating !== undefined)
            ? [
                  row("generations", ({ rotating, stack }) =>
                      rotating === undefined ? "none" : code(stack.place),
                  ),
              ]
            : []),
    ];
    return section("Where it lives", table(["", ...stacksOf(places)], rows));
}

const stacksOf = (places: readonly Place[]): string[] => places.map(({ stack }) => stack.stack);

export function readersSection({ platform, documentName, fieldName, readers, places }: Subject): string {
    const composed = composedOf(platform, documentName, fieldName).map((name) =>
        link(`${platform.name}/${name}`),
    );
    if (readers.length === 0) {
        return section("Who reads it", `No workload reads it${composed.length === 0 ? "" : " by itself"}.`);
    }
    const rows = readers.map(({ consumer, variables }) => [
        code(consumer.workload),
        code(consumer.secretName),
        variables.map(code).join(", "),
        consumer.takes === "env" ? "variables: after a restart" : "files: in the running pod",
        ...places.map(({ stack }) => arrival(stack.config, platform, consumer).toString()),
    ]);
    const head = [
        "workload",
        "Secret",
        "as",
        "takes",
        ...stacksOf(places).map((stack) => `${stack}, at most`),
    ];
    const namespaces = places.map(({ kubectl }) => code(kubectl.split(" ").at(-1) ?? ""));
    return section(
        "Who reads it",
        `In the ${namespaces.length === 1 ? "namespace" : "namespaces"} ${listed(namespaces)}. The last columns say how long a change takes to arrive if nobody hurries it.`,
        table(head, rows),
        composed.length === 0 ? "" : `It is a part of ${listed(composed)}.`,
    );
}

const link = (id: string): string => `[${id}](../${id}.md)`;

export function holdersSection({ document, platform }: Subject): string {
    const { owner } = platform;
    const names = [...new Set([...document.holders, owner])];
    return section(
        "Who knows it",
        list(
            names.map((name) =>
                !document.holders.includes(name)
                    ? `${name}: answers for it, and has not seen it`
                    : name === owner
                      ? `${name}: has seen its values, and answers for it`
                      : `${name}: has seen its values`,
            ),
        ),
    );
}

/** Its class in words; where environments differ, each of them. */
export function rotationSection(subject: Subject): string {
    const groups = new Map<string, string[]>();
    for (const place of subject.places) {
        const text = rotationWords(subject, place);
        addTo(groups, text, place.stack.stack);
    }
    const parts = [...groups].map(([text, stacks]) =>
        groups.size === 1 ? text : `In ${listed(stacks)}: ${text}`,
    );
    const rows = subject.places.map(({ stack: { stack, config } }) => [
        stack,
        config.rotation.after ?? "nothing",
        listed(config.rotation.windows?.days ?? ["any day"]),
        config.rotation.deployWithin,
    ]);
    const isRotating = subject.places.some(({ rotating }) => rotating !== undefined);
    return section(
        "How it rotates",
        ...parts,
        ...(isRotating
            ? [
                  "Rotation by schedule waits for its environment; a compromise does not. Freezes are in the configuration of the stack.",
                  table(["stack", "waits for", "on", "deployed within"], rows),
                  "By hand, the same as the schedule does, and in the same pull request for everything that is due:",
                  block(subject.places.flatMap(({ stack }) => [rotate(`due --stack ${stack.stack}`)])),
              ]
            : []),
    );
}

function rotationWords({ field }: Subject, { rotating, allowances }: Place): string {
    if (rotating === undefined || allowances === undefined)
        return "It has no schedule, and the ledger has no entry for it: it changes when somebody changes it.";
    const { rotationClass } = rotating;
    const { announce, grace } = timingOf(rotationClass);
    const every = `Class ${code(rotationClass.name)}, ${rotationText(field.rotation)}.`;
    if (rotationClass.strategy === "external")
        return `${every} Somebody has to fetch a new value from its issuer; the ledger records the day on which it was set, and ${code("rotate status")} says when the next one is due.`;
    const end = allowances.needsRewrite
        ? `and goes after ${grace.toString()} at the earliest, once everything that it encrypted was written anew and that is recorded`
        : `and goes after ${grace.toString()}`;
    if (allowances.isAnnounced)
        return `${every} On the first day the new value is announced: readers accept it, and nobody uses it. After ${announce.toString()} it is used, and the old one is still accepted ${end}. Each of the three is a deployment.${byHand(field, "the second one")}`;
    const kept =
        rotationClass.strategy === "two-key"
            ? "The issuer takes the old one as well"
            : "The old one is kept for the way back, delivered to nobody";
    return `${every} The new value is used from the first deployment on. ${kept}, ${end}.${byHand(field, "that deployment")}`;
}

/** What a schedule can't do. */
function byHand(field: Subject["field"], deployment: string): string {
    const alsoSet = alsoSetOf(field);
    if (alsoSet === undefined) return "";
    const { producerLag } = timingOf(field.rotation.rotationClass);
    const within = producerLag.minutes === 0 ? "at once" : `within ${producerLag.toString()}`;
    const where = alsoSet.in === "place" ? alsoSet.where : SYSTEMS[alsoSet.in];
    return ` A person has to set it in ${where} ${within} after ${deployment}, by the step after a leak that does.`;
}

const SYSTEMS = { postgresql: "PostgreSQL", redis: "Redis", minio: "MinIO" } as const;

export function requestSection(subject: Subject): string {
    const { id, places, field } = subject;
    const alsoSet = alsoSetOf(field);
    const parts = places.flatMap((place) => {
        const { stack } = place.stack;
        if (!isDrawn(place)) {
            const lines = proposedValue(subject, place, TICKET, undefined);
            const first = `In ${stack}, get another one from its issuer, then set it:`;
            return lines.length === 0 ? [] : [first, block(lines)];
        }
        return [`In ${stack}:`, block(proposedStep("request", id, stack, TICKET))];
    });
    const isAnnounced = places.some((place) => isDrawn(place) && place.allowances?.isAnnounced === true);
    const then = isAnnounced
        ? `Then merge it and deploy, as after a leak. ${code("rotate due")} takes each further step when its day has come.`
        : "Then merge it, and go on as after a leak, from the deployment on.";
    const first =
        alsoSet?.in === "redis" || alsoSet?.in === "minio"
            ? " Before it, take the step that stands before the change of the ledger there, if there is one."
            : "";
    return section(
        "Rotate now",
        `Nothing has leaked, and somebody asks for it: set ${code("TICKET")} to the number of the ticket.${first}`,
        ...parts,
        then,
    );
}

export function offboardSection({ document: { holders }, places }: Subject): string {
    if (places.every(({ rotating }) => rotating === undefined)) return "";
    // An environment that waits for another one comes after it.
    const ordered = [...places].sort(
        (a, b) =>
            Number(a.stack.config.rotation.after !== undefined) -
            Number(b.stack.config.rotation.after !== undefined),
    );
    const waits = ordered.some(({ stack }) => stack.config.rotation.after !== undefined);
    const blocks = holders.flatMap((holder) =>
        ordered.map(({ stack: { stack } }) =>
            block(
                proposed([rotate(`offboard ${holder} --stack ${stack} --ref ${TICKET}`)], TICKET, {
                    branch: `${stack}-offboard-${holder}`,
                    message: `what ${holder} has seen in ${stack}`,
                    mayBeHeld: true,
                }),
            ),
        ),
    );
    return section(
        "Somebody leaves",
        `When somebody of ${listed(holders, "or")} leaves who has seen values, everything that the team has seen rotates, not this field alone. What others issue is listed: renew it at its issuer.`,
        ...blocks,
        waits
            ? "Something may be held back: by a window, by a rotation that is under way, or until the environment before has rotated. The command says what and until when, and ends with 2. Nothing remembers it: run the block again then, until the command ends with 0."
            : "",
        "Then go on for each field by its own page, as under “Rotate now”.",
    );
}

export function backSection(subject: Subject): string {
    const { id, places } = subject;
    const able = places.filter((place) => isDrawn(place) && place.allowances?.rollsBack === true);
    const [first] = able;
    if (first === undefined) {
        return section(
            "Go back",
            "There is no previous value here to go back to. While its issuer still accepts the old one, set that again by the same steps; otherwise go forward with another new one.",
        );
    }
    const { allowances, rotating } = first;
    const { grace } = timingOf(rotating?.rotationClass ?? subject.field.rotation.rotationClass);
    const announced =
        allowances?.isAnnounced === true
            ? " While the new one is only announced, the same command withdraws it."
            : "";
    const compromised =
        allowances?.needsRewrite === true
            ? "After a compromise there is no way back: the leaked key still reads what it encrypted, and the ledger refuses to write with it again. Go forward with one more."
            : "After a compromise there is no way back: the leaked value is gone, and the ledger refuses its return. Go forward with one more.";
    return section(
        "Go back",
        `While the previous value is kept, ${grace.toString()} from the change, it can be used again; ${code("rotate status")} shows until when.${announced}`,
        ...able.flatMap(({ stack: { stack } }) => [
            `In ${stack}:`,
            block(proposedStep("rollback", id, stack, TICKET)),
        ]),
        `Then merge it, and go on as after a leak, from the deployment on${alsoSetOf(subject.field) === undefined ? "" : ": what was set elsewhere is set there again"}.`,
        list([
            compromised,
            "Once the previous value is gone it is never made again. “Rotate now” draws another one.",
        ]),
    );
}

export function checkSection({ places, readers }: Subject): string {
    const secrets = [...new Set(readers.map(({ consumer }) => consumer.secretName))];
    return section(
        "Check",
        `${code("status")} tells generation, stage, age and next step; ${code("verify")} reads the cluster and proves that each reader runs the new one. No value is printed.`,
        ...places.map((place) =>
            block([
                ...verify(place),
                ...(secrets.length === 0 ? [] : [`${place.kubectl} describe secret ${secrets.join(" ")}`]),
                `${place.kubectl} get pods`,
            ]),
        ),
    );
}

export function tellSection(subject: Subject): string {
    const { platform, document, readers } = subject;
    const told = (team: string): string => {
        const why = [
            ...(team === platform.owner ? ["answers for it"] : []),
            ...(document.holders.includes(team) ? ["knows it"] : []),
            ...(team === platform.owner && readers.length > 0
                ? [`runs ${listed(readers.map(({ consumer }) => code(consumer.workload)))}`]
                : []),
        ];
        return `${team}: ${why.length === 0 ? "hears of every leak" : listed(why)}`;
    };
    return section("Who to tell", list(toldOf(subject).map(told)), subject.field.breaks ?? "");
}

export const section = (heading: string, ...parts: readonly string[]): string =>
    page(`## ${heading}`, ...parts).trimEnd();
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
