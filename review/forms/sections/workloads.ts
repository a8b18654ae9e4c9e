import { addTo } from "../../../components/domain/grouped";
import { counted } from "../../../components/domain/counted";
import type { Review, StackReview, WorkloadChange } from "../../review";
import { code, codes, list, t } from "../text";
import type { Text } from "../text";
import { sectionOf, together } from "./section";
import type { Section, Told } from "./section";

/** Workloads that restart or are cut off: one line for all that the same happens to. */
export const workloadsSection = (review: Review): readonly Section[] =>
    sectionOf({
        title: "Workloads",
        tone: review.stacks.some(({ workloads }) => workloads.some(({ isCut }) => isCut)) ? "warn" : "plain",
        items: together(review, workloads),
    });

function workloads({ workloads: changes }: StackReview): readonly Told[] {
    const groups = new Map<string, WorkloadChange[]>();
    for (const change of changes) {
        const { kind, restarts, generations, appeared, gone, isCut } = change;
        addTo(groups, JSON.stringify([kind, restarts, generations, appeared, gone, isCut]), change);
    }
    return [...groups.values()].flatMap((group) => {
        const [first] = group;
        return first === undefined ? [] : [{ rank: rankOf(first), text: line(first, group) }];
    });
}

function line(change: WorkloadChange, group: readonly WorkloadChange[]): Text {
    const { generations, appeared, gone } = change;
    const effects = [
        ...(generations.length === 0 ? [] : [t`other values of ${codes(generations)}`]),
        ...(appeared.length === 0 ? [] : [t`newly ${codes(appeared)}`]),
        ...(gone.length === 0 ? [] : [t`no longer ${codes(gone)}`]),
    ];
    const why = effects.length === 0 ? [] : t`: ${list(effects)}`;
    return t`${codes(group.map(({ consumer }) => consumer))} ${does(change, group.length > 1)}${why}`;
}

function does({ kind, restarts, isCut }: WorkloadChange, many: boolean): string {
    if (kind === "added") return many ? "are new" : "is new";
    if (kind === "removed") return many ? "go" : "goes";
    const restart = many ? "restart" : "restarts";
    if (isCut) {
        const until = restarts ? `${restart}; until then ` : "";
        return `${until}${many ? "are" : "is"} refused with the value in use`;
    }
    return restarts ? restart : `${many ? "get" : "gets"} it without a restart`;
}

function rankOf({ isCut, restarts, kind }: WorkloadChange): number {
    if (isCut) return 0;
    if (restarts) return 1;
    return kind === "changed" ? 3 : 2;
}

/** What somebody newly has to set, with the command; beside it, how much was open before. */
export function toSetSection(review: Review): readonly Section[] {
    const items = together(review, ({ toSet }) => {
        const fresh = toSet.filter(({ isNew }) => isNew);
        const before = toSet.length - fresh.length;
        return [
            ...fresh.map(({ field }) => ({ text: t`${code(field)}` })),
            ...(before === 0 || fresh.length === 0
                ? []
                : [
                      {
                          rank: 1,
                          text: t`${counted(before, "value")} as before: ${code("npm run preview")} has the commands`,
                      },
                  ]),
        ];
    });
    const commands = review.stacks.flatMap(({ toSet }) =>
        toSet.filter(({ isNew }) => isNew).map(({ command }) => command),
    );
    return sectionOf({
        title: "Still to be set by hand",
        tone: commands.length > 0 ? "warn" : "plain",
        items,
        commands,
    });
}
