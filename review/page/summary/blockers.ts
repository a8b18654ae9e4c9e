import type { Review, SourcePlace, StackReview, ViolationTold } from "../../review";
import { anchorOf, isBlocking } from "../anchors";
import { markup } from "../html";
import type { Html, Part } from "../html";
import { capped, chip, code, list, sentence } from "../parts";
import type { Section } from "../parts";
import { acrossStacks } from "./across";

/** One thing that stands against merging. */
interface Blocker {
    readonly kind: string;
    readonly message: string;
    readonly place?: string;
    readonly fix?: string;
    /** False for what the base has too. */
    readonly isNew: boolean;
    readonly source?: SourcePlace;
    readonly href?: string;
}

/** Everything that breaks the verdict: first what the change brings, then what was so before. */
export function blockers(review: Review): Section {
    const all = [...acrossStacks(review, blockersOf), ...isolationBlockers(review)];
    const ordered = [...all.filter(({ it }) => it.isNew), ...all.filter(({ it }) => !it.isNew)];
    return {
        id: "must-not-be-merged",
        title: "Must not be merged",
        noun: "blockers",
        count: ordered.length,
        body: capped(ordered, (some) => list(some, ({ stacks, it }) => blocker(it, stacks), "cards bad")),
    };
}

/** How many things the verdict rests on, and how many of them the change brings. */
export function blockerCounts(review: Review): { readonly all: number; readonly appeared: number } {
    const found = [...acrossStacks(review, blockersOf), ...isolationBlockers(review)];
    return { all: found.length, appeared: found.filter(({ it }) => it.isNew).length };
}

/** A resource that is protected, and would be deleted all the same: an engine refuses, or a value is lost. */
export function protectedOnes(review: Review): Section {
    const gone = acrossStacks(
        review,
        ({ resources }) =>
            resources.filter(
                ({ isProtected, kind }) => isProtected && (kind === "removed" || kind === "replaced"),
            ),
        ({ urn }) => urn,
    );
    const one = ({ stacks, it }: (typeof gone)[number]): Part => [
        markup`<a href="#${anchorOf(it.urn)}">${code(it.name)}</a>
            <span class="muted">${it.type}</span> `,
        it.kind === "replaced" ? "would be deleted and made anew" : "would be deleted",
        it.replacedBecauseOf !== undefined &&
            markup`, because of ${it.replacedBecauseOf.map((each, at) => [at > 0 && ", ", code(each)])}`,
        inStacks(stacks),
    ];
    return {
        id: "protected",
        title: "Protected, and would go",
        noun: "protected resources",
        count: gone.length,
        body: capped(gone, (some) => list(some, one, "cards warn")),
    };
}

function blockersOf(stack: StackReview): readonly Blocker[] {
    const { errors, refused, violations, accessFindings } = stack;
    return [
        ...errors.map((message) => ({ kind: "Program", message, isNew: true })),
        ...refused.map((each) => ({ kind: "Ledger", isNew: true, ...each })),
        ...violations.appeared.filter(isBlocking).map((each) => ofViolation(each, stack.stack, true)),
        ...accessFindings.appeared.map((each) => ({ ...ofFinding(each), isNew: true })),
        ...violations.stayed.filter(isBlocking).map((each) => ofViolation(each, stack.stack, false)),
        ...accessFindings.stayed.map((each) => ({ ...ofFinding(each), isNew: false })),
    ];
}

function ofViolation(each: ViolationTold, stack: string, isNew: boolean): Blocker {
    const { id, policy, message, resource, source } = each;
    return {
        kind: id === undefined ? `Policy ${policy}` : `Policy ${id}`,
        message,
        isNew,
        href: anchorOf(stack, policy, each.urn ?? "", message),
        ...(resource === undefined ? {} : { place: resource }),
        ...(source === undefined ? {} : { source }),
    };
}

const ofFinding = ({ message, place, fix }: StackReview["accessFindings"]["appeared"][number]) => ({
    kind: "Access",
    message,
    place,
    fix,
});

function isolationBlockers({ isolation }: Review): { stacks: readonly string[]; it: Blocker }[] {
    const of = (isNew: boolean) => (each: (typeof isolation.appeared)[number]) => ({
        stacks: [...new Set(each.places.map(({ stack }) => stack))],
        it: {
            kind: "Isolation",
            message: each.message,
            place: [...new Set(each.places.map(({ what }) => what))].join(", "),
            fix: each.fix,
            isNew,
        },
    });
    return [...isolation.appeared.map(of(true)), ...isolation.stayed.map(of(false))];
}

function blocker(
    { kind, message, place, fix, isNew, source, href }: Blocker,
    stacks: readonly string[],
): Html {
    return markup`<p class="head">
            ${chip("bad", kind)} ${!isNew && chip("plain", "as before")} ${inStacks(stacks)}
            ${href !== undefined && markup`<a class="to" href="#${href}">Details</a>`}
        </p>
        <p>${sentence(message)}</p>
        ${fix !== undefined && markup`<p><strong>Fix:</strong> ${withCode(sentence(fix))}</p>`}
        ${
            (place !== undefined || source !== undefined) &&
            markup`<p class="muted">
            ${place !== undefined && code(place)}
            ${source !== undefined && markup` declared in ${code(`${source.file}:${source.line}`)}`}
        </p>`
        }`;
}

/** Stacks as quiet marks at the end of a line. */
export const inStacks = (stacks: readonly string[]): Html =>
    markup` ${stacks.map((stack) => markup`<span class="stack">${stack}</span> `)}`;

/** A command in backticks is set as one. */
export const withCode = (text: string): Part =>
    text.split("`").map((part, at) => (at % 2 === 1 ? code(part) : part));
