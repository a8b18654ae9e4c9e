import { addTo } from "../../components/domain/grouped";
import type { Rendering, RenderedResource } from "../rendering";
import { order } from "../access/estate";
import { counted } from "../../components/domain/counted";
import { filled, listed, padded, widthOf } from "./layout";
import type { Style } from "./style";
import { kindOf } from "./summary";
import type {
    ComponentSummary,
    ConsumerSummary,
    Counts,
    DocumentSummary,
    FieldSummary,
    PlatformSummary,
    StackSummary,
} from "./summary";

/** Documents of one platform that a folded tree shows; the rest is counted. */
const FOLDED_DOCUMENTS = 40;

/** What is declared: platforms, their documents with fields, their consumers; then everything else by component. */
export function treeSection(rendering: Rendering, summary: StackSummary, style: Style): readonly string[] {
    const children = style.full ? childrenOf(rendering) : new Map<string, RenderedResource[]>();
    const platforms = summary.platforms.flatMap((platform) => platformLines(platform, children, style));
    const others = summary.others.flatMap((other) => [
        ...filled(
            `${style.bold(other.name)}  `,
            "   ",
            [kindOf(other.type), ...folded(other.resources, style)],
            style.columns,
        ),
        ...leaves(other, children, "   ", style),
    ]);
    const loose =
        summary.loose.length === 0
            ? []
            : filled(
                  `${style.bold("in no component")}  `,
                  "   ",
                  folded(summary.loose, style),
                  style.columns,
              );
    const rest = [...others, ...loose];
    return [...platforms, ...(rest.length === 0 ? [] : [...rest, ""])];
}

/** A platform as a tree of two levels: more would bury what a reviewer looks for. */
function platformLines(
    platform: PlatformSummary,
    children: ReadonlyMap<string, readonly RenderedResource[]>,
    style: Style,
): readonly string[] {
    const { name, owner, documents, consumers, resources } = platform;
    const total = resources.reduce((sum, [, count]) => sum + count, 0);
    const facts = [
        counted(documents.length, "document"),
        counted(consumers.length, "consumer"),
        counted(total, "resource"),
        `owner ${owner}`,
    ];
    const shown = style.full ? documents : documents.slice(0, FOLDED_DOCUMENTS);
    const hidden = documents.length - shown.length;
    const names = Math.max(0, ...shown.map((each) => own(each, platform).length));
    const branches = [
        ...shown.map((document) => documentLines(document, platform, names, children, style)),
        ...(hidden === 0 ? [] : [[style.faint(`${counted(hidden, "more document")}: --verbose lists them`)]]),
        ...consumers.map((consumer) => consumerLines(consumer, platform, children, style)),
    ];
    return [
        ...filled(`${style.bold(name)}  `, "   ", listed(facts), style.columns),
        ...branches.flatMap((lines, index) => branch(lines, index === branches.length - 1)),
        "",
    ];
}

/** Three columns, taken off the width of what stands on the branch. */
function branch(lines: readonly string[], last: boolean): readonly string[] {
    const [first = "", ...rest] = lines;
    return [`${last ? "└─" : "├─"} ${first}`, ...rest.map((line) => `${last ? "  " : "│ "} ${line}`)];
}

/** A document: where it is, then its fields by kind, as many to a line as fit. */
function documentLines(
    document: DocumentSummary,
    platform: PlatformSummary,
    names: number,
    children: ReadonlyMap<string, readonly RenderedResource[]>,
    style: Style,
): readonly string[] {
    const { store, path, fields } = document;
    const columns = style.columns - 3;
    const heading = `${padded(own(document, platform), names)}  ${store}  ${path}`;
    const groups = new Map<string, FieldSummary[]>();
    for (const field of fields) {
        const key = `${padded(field.kind, 9)}  `;
        addTo(groups, key, field);
    }
    return [
        widthOf(heading) <= columns ? heading : `${own(document, platform)}  ${store}`,
        ...(widthOf(heading) <= columns ? [] : [`   ${path}`]),
        ...[...groups].flatMap(([key, some]) =>
            filled(`   ${style.faint(key)}`, " ".repeat(14), fieldWords(some, style), columns),
        ),
        ...leaves(document, children, "   ", style),
    ];
}

/** Fields that rotate alike stand together: `jwt_secret g4, api_key g1 (90 days)`. */
function fieldWords(fields: readonly FieldSummary[], style: Style): readonly string[] {
    const byRotation = new Map<string, FieldSummary[]>();
    for (const field of fields) addTo(byRotation, field.rotation, field);
    const groups = [...byRotation].map(([rotation, some]) => {
        const words = listed(some.map((field) => fieldText(field, style)));
        // What a composed or a literal field does follows from its kind.
        const plain = rotation === "never" || rotation === "?" || rotation === "with its parts";
        return plain ? words : [...words, style.faint(`(${rotation})`)];
    });
    return groups.flatMap((words, index) =>
        index < groups.length - 1 ? [...words.slice(0, -1), `${words.at(-1) ?? ""};`] : words,
    );
}

/** A field with its live generations, and what people have to know of it: still to set, or optional. */
function fieldText(field: FieldSummary, { warn, faint }: Style): string {
    const { name, required, needsValue, generations } = field;
    const { next, current, previous } = generations ?? {};
    const stages = [
        current === undefined ? [] : [`g${current.generation}`],
        next === undefined ? [] : [`next g${next.generation}`],
        previous === undefined ? [] : [`previous g${previous.generation}`],
    ].flat();
    const text = [name, ...(stages.length === 0 ? [] : [stages.join("/")])].join(" ");
    if (needsValue) return warn(`${text} (to set)`);
    return required ? text : `${text} ${faint("(optional)")}`;
}

/** A consumer: its service account, and the documents it reads, those of its own platform without its name. */
function consumerLines(
    consumer: ConsumerSummary,
    platform: PlatformSummary,
    children: ReadonlyMap<string, readonly RenderedResource[]>,
    style: Style,
): readonly string[] {
    const prefix = `${platform.name}/`;
    const reads = consumer.reads.map((each) => (each.startsWith(prefix) ? each.slice(prefix.length) : each));
    const words = [consumer.serviceAccount, reads.length === 0 ? "reads nothing" : "reads", ...listed(reads)];
    return [
        ...filled(`→ ${own(consumer, platform)}  `, "     ", words, style.columns - 3),
        ...leaves(consumer, children, "   ", style),
    ];
}

/** The name within the platform. */
const own = ({ name }: ComponentSummary, platform: PlatformSummary): string =>
    name.startsWith(`${platform.name}/`) ? name.slice(platform.name.length + 1) : name;

/** `Secret, RolePolicy 2`: the kinds of what stands beneath. */
export function folded(counts: Counts, { faint }: Pick<Style, "faint">): readonly string[] {
    return listed(counts.map(([kind, count]) => (count === 1 ? kind : `${kind} ${faint(String(count))}`)));
}

function childrenOf(rendering: Rendering): ReadonlyMap<string, readonly RenderedResource[]> {
    const children = new Map<string, RenderedResource[]>();
    // Registration has no order of its own.
    for (const resource of [...rendering.resources].sort((a, b) => order(a.urn, b.urn))) {
        const above = resource.parent ?? "";
        const siblings = children.get(above);
        if (siblings === undefined) children.set(above, [resource]);
        else siblings.push(resource);
    }
    return children;
}

/** Every resource beneath a component, each with its type and name; nothing where the tree is folded. */
function leaves(
    component: ComponentSummary,
    children: ReadonlyMap<string, readonly RenderedResource[]>,
    indent: string,
    style: Style,
): readonly string[] {
    const found = (urn: string, depth: number): readonly string[] =>
        (children.get(urn) ?? []).flatMap(({ type, name, urn: child }) => [
            ...filled(
                `${indent}${"  ".repeat(depth)}· `,
                `${indent}${"  ".repeat(depth)}  `,
                [style.faint(type), name],
                style.columns - 3,
            ),
            ...found(child, depth + 1),
        ]);
    return found(component.urn, 0);
}
