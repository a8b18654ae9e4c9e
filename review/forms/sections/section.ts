import type { Review, StackReview } from "../../review";
import type { Text } from "../text";

/** A part of what is told, in an order of its own: the first items are those that must not be missed. */
export interface Section {
    readonly title: string;
    /** `bad` stops a merge or is lost for good, `warn` is worth a second look. */
    readonly tone: "bad" | "warn" | "plain";
    readonly items: readonly Item[];
    /** True where the title says enough for most readers. */
    readonly isFolded?: boolean;
    readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly Text[])[] };
    /** Commands to copy, after the items. */
    readonly commands?: readonly string[];
    /** What holds for all of it. */
    readonly remark?: Text;
}

export interface Item {
    /** The stacks that it is true of, in the order of the review; empty where it is about no stack. */
    readonly stacks: readonly string[];
    readonly text: Text;
    readonly below: readonly Text[];
}

/** An item of one stack; the lower the rank, the sooner it is told. */
export interface Told {
    readonly text: Text;
    readonly below?: readonly Text[];
    readonly rank?: number;
}

/** What every stack tells, once where several tell the same but for the environment in their names. */
export function together(
    { stacks }: Pick<Review, "stacks">,
    tell: (stack: StackReview) => readonly Told[],
): readonly Item[] {
    const groups = new Map<
        string,
        { readonly rank: number; readonly all: { stack: StackReview; told: Told }[] }
    >();
    for (const stack of stacks) {
        for (const told of tell(stack)) {
            const rank = told.rank ?? 0;
            const key = JSON.stringify([
                rank,
                ...textsOf(told).map((text) => named(text, stack.environment, HERE)),
            ]);
            const group = groups.get(key);
            if (group === undefined) groups.set(key, { rank, all: [{ stack, told }] });
            // Twice in one stack is two things.
            else if (group.all.some((each) => each.stack === stack))
                groups.set(`${key}${groups.size}`, { rank, all: [{ stack, told }] });
            else group.all.push({ stack, told });
        }
    }
    return [...groups.values()]
        .sort((a, b) => a.rank - b.rank)
        .flatMap(({ all }) => {
            const [first] = all;
            if (first === undefined) return [];
            const environments = [...new Set(all.map(({ stack }) => stack.environment))];
            const both = environments.length === 1 ? undefined : `{${environments.join(",")}}`;
            const texts = textsOf(first.told).map((text) =>
                both === undefined ? text : named(text, first.stack.environment, both),
            );
            const [text = [], ...below] = texts;
            return [{ stacks: all.map(({ stack }) => stack.stack), text, below }];
        });
}

/** Stands for the environment while items are compared; no text has it. */
const HERE = "\u0000";

const textsOf = ({ text, below = [] }: Told): readonly Text[] => [text, ...below];

/** The same with another word for an environment in its names. */
const named = (text: Text, environment: string, instead: string): Text =>
    text.map((span) =>
        typeof span === "string" ? span : { code: renamed(span.code, environment, instead) },
    );

/** Another word for an environment, where that stands as a whole word: not in `devplatform`. */
export function renamed(name: string, environment: string, instead: string): string {
    if (!/^[\w-]+$/u.test(environment)) return name;
    return name.replace(new RegExp(`(?<![A-Za-z0-9])${environment}(?![A-Za-z0-9])`, "gu"), () => instead);
}

/** Sections without content are none. */
export const sectionOf = (section: Section): readonly Section[] =>
    section.items.length === 0 && (section.table?.rows.length ?? 0) === 0 ? [] : [section];
