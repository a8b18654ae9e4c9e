import type { Catalogue } from "../../components/domain/catalogue";
import { order } from "../../preview/access/estate";
import { setCommand } from "../../preview/report/summary";
import { compareResources } from "../compare/resources";
import type { ComparedResources } from "../compare/resources";
import type { Cost } from "../cost/cost";
import type { AccessFindingTold, Compared, SourcePlace, StackReview } from "../review";
import type { StackSnapshot } from "../snapshot";
import { compareAccess, questionsOf } from "./access";
import { calendarOf, generationsBefore } from "./calendar";
import { declaredBy } from "./declared";
import { deltaOf, stayedAll, withoutPlaces } from "./delta";
import { documentChanges, documentsOf, pairDocuments } from "./documents";
import { fieldChanges } from "./fields";
import { workloadsOf } from "./pods";
import { revokedFields, rotationChanges } from "./rotations";
import { stackVerdict } from "./verdict";
import { violationChanges } from "./violations";
import { resourceNodes } from "./whole";
import { workloadChanges } from "./workloads";

/** What a comparison takes beside the two snapshots. */
export interface Means {
    /** The catalogue of the head. */
    readonly catalogue: Catalogue;
    /** What a stack costs; left out where nobody reckons. */
    readonly costOf?: ((stack: StackSnapshot) => Cost) | undefined;
    /** Where in the project's files a resource of the head is declared; undefined where that is not known for sure. */
    readonly sourceOf?: ((urn: string, stack: StackSnapshot) => SourcePlace | undefined) | undefined;
}

/** One stack, and what has to be said beside the lists. */
export interface ReviewedStack {
    readonly review: StackReview;
    readonly notes: readonly string[];
}

/** @param before undefined where the base does not have the stack, or nothing of the base is known. */
export function reviewStack(
    before: StackSnapshot | undefined,
    after: StackSnapshot | undefined,
    compared: Compared,
    means: Means,
): ReviewedStack {
    const isCompared = compared !== "head-only";
    const base = isCompared ? before : undefined;
    const resources: ComparedResources = isCompared
        ? compareResources(base?.resources ?? [], after?.resources ?? [])
        : NOT_COMPARED;
    const { renamed } = resources.pairing;
    const documents = pairDocuments(base, after, renamed);
    const [was, is] = [sideOf(base), sideOf(after)];
    const access = compareAccess(base?.access, after?.access, isCompared);
    const fields = new Set(
        [...documentsOf(base), ...documentsOf(after)].flatMap((each) => each.fields.map(({ id }) => id)),
    );
    const stack = after?.stack ?? before?.stack ?? "";
    const { costOf, sourceOf } = means;
    const source = (urn: string): SourcePlace | undefined =>
        after === undefined ? undefined : sourceOf?.(urn, after);
    const revoked = revokedFields(after?.rotation);
    const formerGenerations = generationsBefore(base, documents);
    const review: StackReview = {
        stack,
        environment: after?.environment ?? before?.environment ?? stack,
        compared,
        verdict: stackVerdict(after),
        resources: resources.changes,
        unchanged: resources.unchanged,
        documents: isCompared ? documentChanges(documents) : [],
        fields: isCompared ? fieldChanges(documents, was, is) : [],
        rotations: rotationChanges(after?.rotation),
        refused: after?.rotation?.refused ?? [],
        access: access.changes,
        accessFindings: isCompared
            ? deltaOf(findingsOf(base), findingsOf(after), findingKey)
            : stayedAll(findingsOf(after)),
        workloads: isCompared ? workloadChanges(was.workloads, is.workloads, fields, revoked, renamed) : [],
        ...violationChanges(base, after, isCompared, renamed, source),
        errors: (after?.diagnostics ?? []).flatMap(({ severity, message }) =>
            severity === "error" ? [message.trimEnd()] : [],
        ),
        toSet: toSet(base, after, isCompared),
        cost: costOf === undefined ? {} : costs(base, after, costOf),
        whole: {
            resources: resourceNodes(after?.resources ?? [], resources.changes),
            access: access.cells,
            questions: questionsOf(after?.access),
            calendar: calendarOf(after, is.declared, formerGenerations, means.catalogue, isCompared),
        },
    };
    return { review, notes: ignoredNotes(stack, resources.ignored) };
}

const NOT_COMPARED: ComparedResources = {
    changes: [],
    unchanged: 0,
    pairing: { pairs: [], added: [], removed: [], renamed: new Map() },
    ignored: [],
};

const sideOf = (stack: StackSnapshot | undefined) => ({
    stack,
    declared: declaredBy(stack),
    workloads: workloadsOf(stack),
});

const findingsOf = (stack: StackSnapshot | undefined): readonly AccessFindingTold[] =>
    (stack?.access.findings ?? []).map(({ kind, who, what, message, place, fix }) => ({
        ...{ kind, who, what, message, place, fix },
    }));

const findingKey = ({ kind, who, what, message }: AccessFindingTold): string =>
    [kind, who, what, withoutPlaces(message)].join("|");

/** Fields without a value that somebody else issues. */
function toSet(
    before: StackSnapshot | undefined,
    after: StackSnapshot | undefined,
    isCompared: boolean,
): StackReview["toSet"] {
    const missing = (stack: StackSnapshot | undefined): readonly string[] =>
        documentsOf(stack).flatMap(({ fields }) =>
            fields.filter(({ needsValue }) => needsValue).map(({ id }) => id),
        );
    const already = new Set(missing(before));
    return missing(after)
        .map((field) => ({
            field,
            command: setCommand(after?.stack ?? "", field),
            isNew: isCompared && !already.has(field),
        }))
        .sort((a, b) => order(a.field, b.field));
}

const costs = (
    before: StackSnapshot | undefined,
    after: StackSnapshot | undefined,
    costOf: (stack: StackSnapshot) => Cost,
): StackReview["cost"] => ({
    ...(before === undefined ? {} : { before: costOf(before) }),
    ...(after === undefined ? {} : { after: costOf(after) }),
});

/** How many are named: the rest is counted. */
const NAMED = 5;

function ignoredNotes(stack: string, ignored: readonly string[]): readonly string[] {
    if (ignored.length === 0) return [];
    const more = ignored.length - NAMED;
    const names = [...ignored.slice(0, NAMED), ...(more > 0 ? [`${String(more)} more`] : [])].join(", ");
    return [
        `${stack}: ignoreChanges leaves as it is deployed what is declared otherwise from now on: ${names}.`,
    ];
}
