import type { Review, Side, StackReview } from "../../review";
import { counted, grouped } from "../client/texts";
import { markup } from "../html";
import type { Html, Part } from "../html";
import { chip, code, section, table } from "../parts";
import { access } from "./access";
import { blockerCounts, blockers, protectedOnes } from "./blockers";
import { toSet, workloads } from "./consequences";
import { cost, difference, dollars } from "./cost";
import { exemptions, policies } from "./policies";
import { documents, fields, rotations } from "./secrets";

/** What a reader with two minutes has to know, in the order of the comment on the pull request. */
export function summary(review: Review): Html {
    const sections = [
        blockers,
        protectedOnes,
        rotations,
        documents,
        fields,
        access,
        workloads,
        toSet,
        policies,
        exemptions,
        cost,
    ].map((each) => each(review));
    const some = sections.filter(({ count }) => count > 0);
    const none = sections.filter(({ count, id }) => count === 0 && !QUIET.has(id));
    return markup`${glance(review)} ${review.notes.length > 0 && notes(review.notes)} ${some.map(section)}
        ${
            none.length > 0 &&
            markup`<p class="nothing">
            <strong>Nothing about:</strong> ${none.map(({ noun }) => noun).join(", ")}
        </p>`
        }`;
}

/** Where nothing is said, nothing is meant: the verdict tells of these. */
const QUIET = new Set(["must-not-be-merged", "protected"]);

/** The one sentence, with how it was come to. */
export function verdictLine(review: Review): {
    readonly tone: "good" | "bad";
    readonly title: string;
    readonly why: Part;
} {
    const { all, appeared } = blockerCounts(review);
    if (review.verdict === "failed")
        return {
            tone: "bad",
            title: "Do not merge: the program fails",
            why: "What failed was not rendered whole, so what follows is not all there is.",
        };
    if (review.verdict === "violated")
        return {
            tone: "bad",
            // Where nothing could be compared, a verdict may rest on what no list here has.
            title:
                all === 0
                    ? "Do not merge: the preview of the head is not clean"
                    : `Do not merge: ${counted(all, "thing stands", "things stand")} against it`,
            why:
                all === 0
                    ? "See what `npm run preview` says of it."
                    : appeared === all
                      ? "The change brings all of it."
                      : `The change brings ${grouped(appeared)} of ${grouped(all)}; the base has the others too.`,
        };
    const changes = review.stacks.some(({ resources }) => resources.length > 0);
    return {
        tone: "good",
        title: changes
            ? "Nothing stands against merging"
            : "Nothing changes, and nothing stands against merging",
        why: "The head is rendered whole, no mandatory policy is violated, and grants agree with the catalogue.",
    };
}

const notes = (all: readonly string[]): Html =>
    markup`<section class="notes" aria-labelledby="notes">
        <h3 id="notes">To read it rightly</h3>
        <ul>
            ${all.map((each) => markup`<li>${each}</li> `)}
        </ul>
    </section>`;

const COMPARED: Readonly<Record<StackReview["compared"], string>> = {
    both: "base and head",
    added: "new in the head",
    removed: "only in the base",
    "head-only": "head alone: the base could not be rendered",
};

/** Each stack in one line. */
function glance({ stacks }: Review): Part {
    if (stacks.length === 0) return markup`<p class="nothing">This review has no stack.</p>`;
    return table(
        "Each stack at a glance",
        [
            {
                title: "Stack",
                cell: (each) => [
                    each.stack,
                    each.compared !== "both" && markup`<div class="muted">${COMPARED[each.compared]}</div>`,
                ],
            },
            { title: "Verdict", cell: ({ verdict }) => verdictChip(verdict) },
            { title: "Resources", cell: resources },
            { title: "Rotates", cell: ({ rotations: all }) => number(all.length) },
            { title: "Access", cell: ({ access: all }) => gainedLost(all) },
            {
                title: "Restarts",
                cell: (each) => number(each.workloads.filter(({ restarts }) => restarts).length),
            },
            { title: "Policies", cell: ({ violations }) => failedFixed(violations) },
            { title: "A month", cell: month, kind: "number" },
        ],
        stacks,
    );
}

export const verdictChip = (verdict: Review["verdict"]): Html =>
    verdict === "clean" ? chip("good", "✓ clean") : chip("bad", `✗ ${verdict}`);

const none = markup`<span class="muted">none</span>`;
const number = (count: number): Part => (count === 0 ? none : grouped(count));

function resources({ resources: all, unchanged }: StackReview): Part {
    const kinds = ["added", "changed", "replaced", "removed", "renamed"] as const;
    const told = kinds.flatMap((kind) => {
        const count = all.filter((each) => each.kind === kind).length;
        return count === 0 ? [] : [`${grouped(count)} ${kind}`];
    });
    return [
        told.length === 0 ? none : told.join(", "),
        markup`<div class="muted">${grouped(unchanged)} as before</div>`,
    ];
}

function gainedLost(all: StackReview["access"]): Part {
    const of = (kind: "gained" | "lost" | "changed"): number =>
        all.filter((each) => each.kind === kind).length;
    const told = (["gained", "lost", "changed"] as const).flatMap((kind) =>
        of(kind) === 0 ? [] : [`${grouped(of(kind))} ${kind}`],
    );
    return told.length === 0 ? none : told.join(", ");
}

function failedFixed({ appeared, gone, stayed }: StackReview["violations"]): Part {
    const told = [
        appeared.length > 0 && `${grouped(appeared.length)} newly failing`,
        gone.length > 0 && `${grouped(gone.length)} fixed`,
        stayed.length > 0 && `${grouped(stayed.length)} as before`,
    ].filter((each) => each !== false);
    return told.length === 0 ? none : told.join(", ");
}

function month({ cost: { before, after } }: StackReview): Part {
    if (after === undefined) return none;
    const change =
        before === undefined ? undefined : difference(before.dollarsPerMonth, after.dollarsPerMonth, dollars);
    return [
        dollars(after.dollarsPerMonth),
        change !== undefined && markup`<div class="muted">${change}</div>`,
    ];
}

/** `origin/main (3f786850e387)`, with what a working tree has beside its commit. */
export function sideLine({ name, commit, changed }: Side): Part {
    return [
        code(name),
        commit !== undefined && markup` <span class="muted">${commit.slice(0, 12)}</span>`,
        changed !== undefined &&
            markup` <span class="muted" >with ${counted(changed.count, "changed file")}</span>`,
    ];
}
