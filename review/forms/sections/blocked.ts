import { addTo } from "../../../components/domain/grouped";
import type { Review, StackReview, ViolationTold } from "../../review";
import { code, list, plain, t } from "../text";
import type { Text } from "../text";
import { sectionOf, together } from "./section";
import type { Item, Section, Told } from "./section";

/** What must not be merged: a ledger that leaps, a mandatory policy that newly fails, a finding, a program that fails. */
export const blockedSection = (review: Review): readonly Section[] =>
    sectionOf({
        title: "Must not be merged",
        tone: "bad",
        items: [...together(review, blocked), ...between(review)],
    });

function blocked(stack: StackReview): readonly Told[] {
    return [
        ...stack.errors.map((message) => ({ rank: 0, text: t`The program fails: ${message}` })),
        ...stack.refused.map(({ place, message, fix }) => ({
            rank: 1,
            text: t`The ledger refuses a step: ${code(place)}: ${message}`,
            below: fix === undefined ? [] : [t`${fix}`],
        })),
        ...byMessage(
            stack.violations.appeared.filter(({ level }) => level === "mandatory"),
            2,
        ),
        ...stack.accessFindings.appeared.map(({ message, place, fix }) => ({
            rank: 3,
            text: t`${message}`,
            below: [t`${code(place)}: ${fix}`],
        })),
    ];
}

/** What environments share, newly. */
function between({ isolation }: Review): readonly Item[] {
    return isolation.appeared.map(({ places, message, fix }) => ({
        stacks: [],
        text: t`${message}`,
        below: [list(places.map(({ stack, what }) => t`${code(what)} of ${stack}`)), t`${fix}`],
    }));
}

/** Each message of a policy once, with the resources that it is about. */
export function byMessage(violations: readonly ViolationTold[], rank = 0): readonly Told[] {
    const groups = new Map<string, ViolationTold[]>();
    for (const each of violations)
        addTo(groups, JSON.stringify([each.policy, each.message, each.undecided]), each);
    return [...groups.values()].flatMap((group) => {
        const [first] = group;
        if (first === undefined) return [];
        const { message, id = "", policy, undecided } = first;
        const begins = id !== "" && plain(message).startsWith(plain(id));
        const head = begins ? t`${message}` : t`${code(id === "" ? policy : id)}: ${message}`;
        const where = group.flatMap((each) => placesOf(each));
        return [
            {
                rank,
                text: undecided ? t`Not decided before a deployment: ${head}` : head,
                below: where.length === 0 ? [] : [list(where)],
            },
        ];
    });
}

function placesOf({ resource, urn, source }: ViolationTold): readonly Text[] {
    const name = resource ?? urn;
    const place = source === undefined ? [] : t` (${code(`${source.file}:${String(source.line)}`)})`;
    return name === undefined ? [] : [[code(name), ...place]];
}
